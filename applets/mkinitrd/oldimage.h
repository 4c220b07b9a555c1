/* SPDX-License-Identifier: MIT */
/*
 * oldimage - --compat: an old initrd image, unchanged, as the file
 * initrd.image of the initramfs, and the modules without which linuxrc could
 * not mount it.
 */
#ifndef MKINITRD_OLDIMAGE_H
#define MKINITRD_OLDIMAGE_H

#include "lib/err.h"
#include "modules.h"
#include "tree.h"

/* Put the image in; everything else is in the tree already. 0; -1: it is none
 * that linuxrc knows, or it needs a program that the tree does not have. */
int
oldimage_put(struct tree *t, const char *file, struct err *e);

/* Want a RAM disk and the image's file system. 0; -1: the kernel has none. */
int
oldimage_want(struct modules *m, const char *file, struct err *e);

#endif
