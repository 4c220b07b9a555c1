/* SPDX-License-Identifier: MIT */
/*
 * seen - the block devices that were looked at, and what was found on them,
 * so that none is read twice and a failure can say what is there.
 */
#ifndef LINUXRC_LIB_SEEN_H
#define LINUXRC_LIB_SEEN_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/blk.h"
#include "lib/blockdev.h"

enum { SEEN_MAX = 256 };	/* disks and partitions of one machine that
				   are remembered; of further ones only what
				   fits is */

struct seen_device {
	char name[BLOCKDEV_NAME_SIZE];
	unsigned major, minor;
	bool probed;			/* its superblock was looked for */
	bool unreadable;
	bool table_read;		/* its partition table was */
	unsigned fits;			/* for the caller: bit N, it is what
					   is wanted as number N */
	enum blk_usage usage;
	char type[32];
	char uuid[48];
	char uuid_sub[48];		/* of blk_info */
	char label[64];			/* cut, for showing only */
	char partuuid[48];
	char partlabel[64];		/* cut as well */
	char holder[BLOCKDEV_NAME_SIZE];	/* what is built on it, if
					   that was asked */
};

struct seen {
	struct blockdevs at;
	unsigned count;			/* entries of device[] */
	bool overflowed;		/* there were more than those */
	struct seen_device device[SEEN_MAX];
};

/* The entry of this name, or NULL. */
struct seen_device *
seen_find(struct seen *s, const char *name);

/* The entry of this name, or a new empty one; in a full table one that does
 * not fit makes room. */
struct seen_device *
seen_remember(struct seen *s, const char *name);

void
seen_forget(struct seen *s, const char *name);

/* Look for a superblock on the device and note what was found; all of it is
 * in *info, with usage BLK_NOTHING when it cannot be read. The entry. */
struct seen_device *
seen_probe(struct seen *s, const char *name, struct blk_info *info);

/* In the order in which a person counts, sda2 before sda10: the first device
 * (after is NULL), or the one that follows after; NULL behind the last. Left
 * out is what every machine has, RAM disks and loop devices with nothing in
 * them, and partitions that are in a table only. */
const struct seen_device *
seen_next(const struct seen *s, const struct seen_device *after);

/* "vda1 (ext4 LABEL=boot)", written to text. */
void
seen_text(const struct seen_device *p, char *text, size_t size);

/* Append "vda1 (ext4 LABEL=boot), vda2 (xfs UUID=...)" or "no block device";
 * with parts true, the tags of partitions and not those of file systems; what
 * does not fit is left out, and ", ..." says so. */
void
seen_list(const struct seen *s, bool parts, char *text, size_t size);

#endif
