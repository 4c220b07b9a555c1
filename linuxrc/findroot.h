/* SPDX-License-Identifier: MIT */
/*
 * findroot - root= and its fallbacks: what is waited for, and how long
 * (linuxrc.conf(5)). The waiting itself is wait.c's.
 */
#ifndef LINUXRC_FINDROOT_H
#define LINUXRC_FINDROOT_H

#include "boot.h"

/*
 * Find the device of b->spec into b->device, waiting for it as the options
 * say (linuxrc.conf(5), rootwait and linuxrc.rootfallback). When a fallback
 * is taken that is said, and b->spec is then that one. 0; -1: none came in
 * time, and what was seen instead.
 */
int
findroot_device(struct boot *b, const struct places *at, struct err *e);

#endif
