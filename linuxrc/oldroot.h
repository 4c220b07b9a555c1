/* SPDX-License-Identifier: MIT */
/*
 * oldroot - what becomes of the file system that we came from: our own mounts
 * and directories are taken away from it, or, when it is the kernel's
 * rootfs, everything in it is deleted. Called by handover.c only.
 */
#ifndef LINUXRC_OLDROOT_H
#define LINUXRC_OLDROOT_H

#include "boot.h"

enum { OLDROOT_PATH_SIZE = 2 * BASE_SIZE + NAME_SIZE };

/* The path of name on the old root: prefix is "" before the change of roots
 * and the directory where that root is kept after it. Returns path. */
const char *
oldroot_path(char path[static OLDROOT_PATH_SIZE], const struct boot *b,
	const char *prefix, const char *name);

/* Take away what kernfs.c put on it. What is busy is detached: the end of
 * its last user frees it. */
void
oldroot_clean(struct boot *b, const char *prefix);

/*
 * Delete everything on the kernel's rootfs when "/" is that (st_dev is
 * b->rootfs_dev), never across a mount. Always before rootfs is left: since
 * 7.0 a copy of its mount may live on and would keep what is in it
 * (kdevtmpfs has one: drivers/base/devtmpfs.c).
 */
void
oldroot_empty(const struct boot *b);

#endif
