/* SPDX-License-Identifier: MIT */
/*
 * layers - what lies on what until there is a root: the device or the source
 * without one, a file in it (linuxrc.image=), a tmpfs over either
 * (linuxrc.overlay=). An adapter: carries data between drivers, rootfs, image
 * and overlay.
 */
#ifndef LINUXRC_LAYERS_H
#define LINUXRC_LAYERS_H

#include "rootfs.h"
#include "run.h"

/*
 * Mount all of it at new-root beside b->kernfs's /sys, loading the driver of
 * each type that the kernel does not know; drivers_open() was called before.
 * Fills b->root, and note with what was mounted. Afterwards only the topmost
 * is in the mount table, and the file system with the image at host/ in the
 * root if that has the directory. 0 or -1.
 */
int
layers_mount(struct boot *b, const struct places *at,
	char note[static NOTE_SIZE], struct err *e);

/*
 * Mount the device of *w at root->dir, likewise; through a node of this name
 * in /dev, which then stands in the mount table, unless node is NULL. 0 or -1.
 */
int
layers_mount_device(struct rootfs_wish *w, const char *node,
	const struct places *at, struct mounted_root *root, struct err *e);

/* The kernel is to mount the root, but cannot load its driver. 0, or -1: it
 * cannot mount what was asked for either. */
int
layers_leave(struct boot *b, const struct places *at, struct err *e);

#endif
