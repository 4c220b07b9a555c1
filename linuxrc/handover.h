/* SPDX-License-Identifier: MIT */
/*
 * handover - the exits, one for each contract. The only room with
 * irreversible calls; each exit checks everything before its first one.
 * README, "Contracts"; Documentation/admin-guide/initrd.rst.
 */
#ifndef LINUXRC_HANDOVER_H
#define LINUXRC_HANDOVER_H

#include <stdbool.h>

#include "boot.h"

/*
 * Leave for b->init with argv (argv[0] is replaced by init's path) and envp
 * as the kernel gave them to us. As PID 1 this returns only on failure: -1
 * and the sentence; b->switched tells whether the new root is "/" already
 * (then another call only tries exec again). Under contract linuxrc 0 means:
 * exit now, the kernel does the rest.
 */
int
handover(struct boot *b, char **argv, char **envp, struct err *e);

/* True when the kernel is to mount the root, by the number that we leave in
 * real-root-dev: nothing has to be mounted or checked here. */
bool
handover_is_change_root(const struct boot *b);

/*
 * Contract linuxrc: see to it that the kernel, when we end and 0x100 is in
 * real-root-dev, starts us once more, as init of the initrd: process 1 can do
 * what a helper of the kernel cannot. Then handover() with b->again leaves
 * like that; configure.c knows us again. 0; -1: the initrd cannot be written,
 * or has another init.
 */
int
handover_prepare_again(struct boot *b, struct err *e);

/* Contract linuxrc, and the kernel is left to try by itself: what we mounted
 * is taken away. */
void
handover_give_up(struct boot *b);

#endif
