/* SPDX-License-Identifier: MIT */
/*
 * tags - what blkid(8) tells of one block device, and the device that has a
 * tag: NAME=VALUE as in fstab(5). Other than a root, any device counts: swap,
 * members of a RAID, RAM disks. For the applets.
 */
#ifndef LINUXRC_LIB_TAGS_H
#define LINUXRC_LIB_TAGS_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/blk.h"
#include "lib/blockdev.h"

enum tag {	/* in the order in which blkid(8) prints them */
	TAG_LABEL, TAG_UUID, TAG_UUID_SUB, TAG_TYPE, TAG_PARTLABEL,
	TAG_PARTUUID, TAG_COUNT
};

extern const char *const tag_names[TAG_COUNT];

struct tags {
	struct blk_info info;
	struct blk_part part;	/* number 0: it is no partition */
};

/* "" where the device has no such tag. */
const char *
tags_value(const struct tags *t, enum tag tag);

/* Read the device of this kernel name, and the partition table that it
 * stands in. 0, also when it has no tag; -1: it cannot be read. */
int
tags_read(const struct blockdevs *b, const char *name, struct tags *t,
	struct err *e);

enum { TAGS_DEVICES_MAX = 512 };	/* disks and partitions of a machine */

struct tags_devices {
	unsigned count;
	char name[TAGS_DEVICES_MAX][BLOCKDEV_NAME_SIZE];
};

/* All block devices, in the order in which a person counts. 0 or -1. */
int
tags_devices(const struct blockdevs *b, struct tags_devices *all,
	struct err *e);

/*
 * The kernel name of the first device in that order on which this
 * "NAME=VALUE" is, a pair of quotes around VALUE not counting.
 * 1, 0 there is none, or -1: NAME is no tag.
 */
int
tags_find(const struct blockdevs *b, const char *text,
	char name[static BLOCKDEV_NAME_SIZE], struct err *e);

/* This machine's /proc, /sys and /dev. */
void
tags_here(struct blockdevs *b);

#endif
