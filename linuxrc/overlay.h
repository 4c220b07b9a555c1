/* SPDX-License-Identifier: MIT */
/*
 * overlay - linuxrc.overlay=tmpfs: the root can be written to, and what is
 * written lies in memory and is gone with the next boot. Follows
 * Documentation/filesystems/overlayfs.rst.
 */
#ifndef LINUXRC_OVERLAY_H
#define LINUXRC_OVERLAY_H

#include "boot.h"

/*
 * Put a tmpfs over what is mounted at root->dir, which becomes the lower layer
 * of an overlay there; side is a directory that is not needed meanwhile: the
 * layers lie there, and are detached when the overlay holds them. The words
 * of rootflags= that are flags hold for the overlay, too. 0: *root is that of
 * the overlay. -1: nothing is mounted at either; e->code is ENODEV when the
 * kernel has no driver.
 */
int
overlay_mount(struct mounted_root *root, const char *side, struct err *e);

#endif
