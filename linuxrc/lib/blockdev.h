/* SPDX-License-Identifier: MIT */
/*
 * blockdev - the block devices that the kernel has now: their names, numbers
 * and nodes, from /sys, or from /proc/partitions where there is no /sys. A
 * name is the kernel's own: "vda2", and "cciss!c0d0p1" where the node has a
 * slash. In a /dev that is no devtmpfs a node is made when it is wanted.
 */
#ifndef LINUXRC_LIB_BLOCKDEV_H
#define LINUXRC_LIB_BLOCKDEV_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/dir.h"
#include "lib/err.h"

enum {
	BLOCKDEV_NAME_SIZE = 32,	/* DISK_NAME_LEN of the kernel */
	BLOCKDEV_LIST_SIZE = 16384	/* /proc/partitions: 400 devices */
};

struct blockdevs {
	int proc, sys, dev;	/* directories; proc and sys may be -1 */
	bool look_only;		/* make no node (rehearsals) */
};

/* A walk over all of them; the text is used without /sys only. */
struct blockdev_walk {
	const char *line;
	struct dir dir;
	char text[BLOCKDEV_LIST_SIZE];
};

/* 0, or -1: there is neither /sys/class/block nor /proc/partitions. */
int
blockdev_walk_open(struct blockdev_walk *w, const struct blockdevs *b,
	struct err *e);
/* The next name, in no order; false at the end. */
bool
blockdev_walk_next(struct blockdev_walk *w,
	char name[static BLOCKDEV_NAME_SIZE]);
void
blockdev_walk_close(struct blockdev_walk *w);

/* The kernel's name of the device whose node is dev/PATH. 0, or -1: it is
 * longer than the kernel allows. */
int
blockdev_kernel_name(char name[static BLOCKDEV_NAME_SIZE], const char *path);

/*
 * True when the device is there; then its number is known and its node made
 * if it was missing or had another number (a static /dev).
 */
bool
blockdev_find(const struct blockdevs *b, const char *name, unsigned *major,
	unsigned *minor);

/* True when a device with this number is there; its name. Without /sys one
 * that is not in /proc/partitions (a floppy) is called "MAJOR:MINOR". */
bool
blockdev_find_number(const struct blockdevs *b, unsigned major,
	unsigned minor, char name[static BLOCKDEV_NAME_SIZE]);

/* Open the device for reading; that a drive has no medium is no error here.
 * The fd, or -1 with errno. */
int
blockdev_open(const struct blockdevs *b, const char *name);

/*
 * The node's path relative to the directory dev: the name, with / where that
 * is there (devtmpfs), else with ! (what is made here: no directories).
 */
void
blockdev_node(int dev, const char *name, char path[static BLOCKDEV_NAME_SIZE]);

/*
 * The name of partition number of the disk (block/partitions/core.c: a p
 * stands between when the disk's name ends in a digit); 0 is the disk. 0, or
 * -1: too long, as no name of the kernel is.
 */
int
blockdev_partition(const char *disk, unsigned number,
	char name[static BLOCKDEV_NAME_SIZE]);

/* True for a RAM disk (/dev/ram holds the initrd) and for a floppy, which is
 * slow to ask and easy to name: neither is found by a tag. Pure. */
bool
blockdev_never_by_tag(const char *name);

/* True when name is, by that rule, a partition of the disk. Pure. */
bool
blockdev_is_partition_of(const char *name, const char *disk);

/* Split a name that could be, by that rule, a partition's: the disk's name
 * and the number behind it. False when it could not. Pure. */
bool
blockdev_split(const char *name, char disk[static BLOCKDEV_NAME_SIZE],
	unsigned *number);

/* True when name is a partition of a disk that is there. */
bool
blockdev_is_partition(const struct blockdevs *b, const char *name);

#endif
