/* SPDX-License-Identifier: MIT */
/*
 * blk - what is on a block device: the only user of libblkid, which decides
 * types and tags. Reads only; never opens a device for writing.
 */
#ifndef LINUXRC_LIB_BLK_H
#define LINUXRC_LIB_BLK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/err.h"

enum blk_usage {
	BLK_NOTHING,		/* no signature known */
	BLK_FILESYSTEM,
	BLK_MEMBER,		/* of md, LVM, LUKS, multipath ... */
	BLK_OTHER,		/* swap and the like */
	BLK_AMBIVALENT		/* several signatures: refuse to guess */
};

struct blk_info {
	enum blk_usage usage;
	char type[32];		/* libblkid's TYPE: "ext4", "vfat" */
	char uuid[48];		/* 36 characters, or 22 of iso9660 */
	char uuid_sub[48];	/* UUID_SUB: which one of the devices of a
				   file system that has several (btrfs) */
	char label[384];	/* UTF-8: 127 UTF-16 units of UDF are most */
};

/*
 * Probe the superblock of the device (or file) open at fd. 0 (also when
 * nothing is found, or when the device is empty) or -1: it cannot be read.
 * Not looked for, because no driver of the kernel takes them and it would
 * cost more reads than all else: ZFS, VMFS, XFS logs, Promise FastTrak. UFS,
 * System V and Xenix are looked for where nothing else was found.
 */
int
blk_probe(int fd, struct blk_info *info, struct err *e);

/* The same for a part of it: size bytes from offset on. */
int
blk_probe_part(int fd, uint64_t offset, uint64_t size, struct blk_info *info,
	struct err *e);

/* True for swap, with or without a suspended system in it. */
bool
blk_is_swap(const struct blk_info *info);

struct blk_part {
	unsigned number;	/* as in the kernel's name of it */
	uint64_t start, size;	/* bytes */
	char uuid[48];		/* PARTUUID: GPT, or SSSSSSSS-PP of MBR */
	char label[145];	/* PARTLABEL, UTF-8: 36 UTF-16 units */
};

/* The partition table of a whole disk, read from its first sectors. */
struct blk_table {
	void *probe;
	void *list;		/* NULL: no table */
	unsigned count;		/* entries */
};

/*
 * Read the partition table of the disk open at fd, which must stay open
 * until blk_table_close(). 0 (also when there is none) or -1: it cannot be
 * read; then there is nothing to close.
 */
int
blk_table_open(struct blk_table *t, int fd, struct err *e);

/* Entry 0 <= i < t->count, in the order of the table. */
void
blk_table_entry(const struct blk_table *t, unsigned i, struct blk_part *part);

void
blk_table_close(struct blk_table *t);

#endif
