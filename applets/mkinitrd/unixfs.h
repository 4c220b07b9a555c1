/* SPDX-License-Identifier: MIT */
/*
 * unixfs - what Minix and ext2 have in common: blocks of 1 KiB, inodes that
 * name the first blocks of a file and then blocks of block numbers. Blocks
 * are given out in order, so a file lies in one piece.
 *
 * We write these file systems ourselves: the usual tools put the time of day,
 * the owner's number or the order of a directory of this machine into an
 * image (mke2fs 1.47.0, mkfs.cramfs, genromfs), and none makes a device
 * without root rights. fsck of each finds nothing to say (test/applet).
 */
#ifndef MKINITRD_UNIXFS_H
#define MKINITRD_UNIXFS_H

#include <stdint.h>

#include "lib/err.h"
#include "sink.h"
#include "tree.h"

enum {
	UNIXFS_BLOCK = 1024,	/* bytes */
	UNIXFS_POINTERS = 15	/* in an inode, at most */
};

struct unixfs {
	int fd;			/* a nameless file: the image */
	unsigned width;		/* bytes of a block number: 2 or 4 */
	unsigned direct;	/* blocks that the inode itself names */
	unsigned levels;	/* further pointers, each of one more level */
	uint32_t next;		/* block to be given out */
	uint32_t used;		/* blocks given out */
	/* The first block from this one on that is for files, or NULL: each
	 * is. */
	uint32_t (*skip)(const struct unixfs *fs, uint32_t block);
	const void *layout;	/* for skip */
};

/* How many blocks a file of this size takes, with those of numbers. */
uint64_t
unixfs_count(const struct unixfs *fs, uint64_t size);

/* Write data; the pointers for the inode (UNIXFS_POINTERS, the rest 0).
 * 0, or -1: also when the file is too long. */
int
unixfs_put(struct unixfs *fs, const void *data, uint64_t size,
	uint32_t *pointer, struct err *e);

/* The content of a file, or the target of a link. As unixfs_put(). */
int
unixfs_put_node(struct unixfs *fs, const struct tree *t,
	const struct node *node, uint32_t *pointer, struct err *e);

/* Write size bytes at byte at of the image. 0 or -1. */
int
unixfs_write(const struct unixfs *fs, uint64_t at, const void *data,
	size_t size, struct err *e);

/* The whole image, of this many blocks, goes to the sink; closes it. */
int
unixfs_send(struct unixfs *fs, uint64_t blocks, struct sink *s,
	struct err *e);

/* Little-endian numbers. */
void
put_le16(unsigned char *p, unsigned value);
void
put_le32(unsigned char *p, uint32_t value);

/* As MKDEV of old: major and minor below 256. 0 or -1. */
int
unixfs_old_device(const struct node *node, const char *fstype,
	uint32_t *number, struct err *e);

#endif
