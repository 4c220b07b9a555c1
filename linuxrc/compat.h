/* SPDX-License-Identifier: MIT */
/*
 * compat - classic initrd images on kernels that have dropped them: the part
 * that init/do_mounts_initrd.c played. An adapter: what is asked for, when the
 * image's /linuxrc is run, and what follows from what it leaves.
 */
#ifndef LINUXRC_COMPAT_H
#define LINUXRC_COMPAT_H

#include "run.h"

/* Decide, once the options are known, whether initramfs is compat. */
void
compat_decide(struct boot *b, const struct places *at);

/* Is there an image to look for; is it mounted; is a root left to be found
 * and mounted. */
bool
compat_is_asked(const struct boot *b);
bool
compat_has_initrd(const struct boot *b);
bool
compat_wants_root(const struct boot *b);

/*
 * Step: have the image unpacked and mounted, once. When that fails and root=
 * names another root, that is said and the boot goes on without, as the
 * kernel's; -1: no root is left.
 */
int
step_unpack(struct boot *b, char note[static NOTE_SIZE], struct err *e);

/*
 * Step: run its /linuxrc, once, and let what it left decide about the root:
 * b->options.root, or b->root when that is mounted already. What is typed at
 * the question has the last word. 0, or -1: what it left means no root.
 */
int
step_linuxrc(struct boot *b, char note[static NOTE_SIZE], struct err *e);

#endif
