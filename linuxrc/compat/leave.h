/* SPDX-License-Identifier: MIT */
/*
 * leave - what becomes of the old initrd once the real root is mounted: what
 * handle_initrd() of init/do_mounts_initrd.c did with it. Called by handover.c
 * only.
 */
#ifndef LINUXRC_COMPAT_LEAVE_H
#define LINUXRC_COMPAT_LEAVE_H

#include "boot.h"

/*
 * Move the initrd with what is mounted in it to b->options.putold (initrd) of
 * the real root when that has the directory, else unmount it and give its
 * memory back; a busy one is detached. Nothing when it is the root itself.
 */
void
leave_initrd(const struct boot *b);

#endif
