/* SPDX-License-Identifier: MIT */
/*
 * fstypes - a list of types of file systems to try, in order.
 */
#ifndef LINUXRC_LIB_FSTYPES_H
#define LINUXRC_LIB_FSTYPES_H

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

/* Add a type that libblkid has seen, and then those drivers that take it as
 * well: ext4 for ext2. As fstypes_add(). */
int
fstypes_add_seen(struct fstypes *types, const char *type, struct err *e);

/* Add the types for block devices that /proc/filesystems has, in its order,
 * that of registration. As fstypes_add(); also -1 without /proc. */
int
fstypes_add_registered(struct fstypes *types, int proc, struct err *e);

#endif
