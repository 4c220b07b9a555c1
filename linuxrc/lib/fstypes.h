/* SPDX-License-Identifier: MIT */
/*
 * fstypes - a list of types of file systems to try, in order.
 */
#ifndef LINUXRC_LIB_FSTYPES_H
#define LINUXRC_LIB_FSTYPES_H

#include <stdbool.h>

#include "lib/err.h"

enum {
	FSTYPES_MAX = 64,	/* kernels register half of that for disks */
	FSTYPES_NAME_SIZE = 32	/* longest registered name is under 16 */
};

struct fstypes {
	unsigned count;		/* 0 at first; the caller's to set */
	char name[FSTYPES_MAX][FSTYPES_NAME_SIZE];
};

/* Add a comma list, in which empty items are passed over. 0, or -1: one is
 * longer than any type's name, or there are too many (E2BIG). */
int
fstypes_add(struct fstypes *types, const char *list, struct err *e);

/* Add a type that libblkid has seen, and those drivers that take it as well:
 * ext4 for ext2. Those that the kernel knows come first, in its own order, for
 * the kernel by itself would take the first of them; the others as they stand.
 * proc may be -1. As fstypes_add(). */
int
fstypes_add_seen(struct fstypes *types, const char *type, int proc,
	struct err *e);

/* Add the types for block devices that /proc/filesystems has, in its order,
 * that of registration. As fstypes_add(); also -1 without /proc. */
int
fstypes_add_registered(struct fstypes *types, int proc, struct err *e);

/* True when each type of the comma list is one that is known to mount
 * something else than a block device ("nodev" in /proc/filesystems, where a
 * driver that is a module is not to be seen). Pure. */
bool
fstypes_need_no_device(const char *list);

#endif
