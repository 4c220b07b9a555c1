/* SPDX-License-Identifier: MIT */
/*
 * squashmeta - what squashfs keeps apart from the data of files: blocks of at
 * most 8 KiB, compressed one by one, which hold inodes, directories and
 * tables one after the other (Documentation/filesystems/squashfs.rst).
 */
#ifndef MKINITRD_SQUASHMETA_H
#define MKINITRD_SQUASHMETA_H

#include "fsread.h"

/* A place in it. */
struct squashmeta {
	uint64_t at;		/* of a block, in the image */
	uint32_t offset;	/* in what is in the block */
};

/* A piece of the image. */
struct squashpiece {
	uint64_t at;
	uint32_t length;	/* bytes there */
	bool plain;		/* not compressed */
};

/* Forget what was read of another image. */
void
squashmeta_begin(void);

/* size bytes from the place on, which is moved behind them. 0 or -1. */
int
squashmeta_read(const struct fsimage *f, struct squashmeta *place, void *to,
	size_t size, struct err *e);

/* The place of this byte of a table, the list of whose blocks is at byte list
 * of the image. 0 or -1. */
int
squashmeta_find(const struct fsimage *f, uint64_t list, uint64_t byte,
	struct squashmeta *place, struct err *e);

/* The piece becomes at most *room bytes; *room says how many. 0 or -1. */
int
squashmeta_unpack(const struct fsimage *f, const struct squashpiece *piece,
	unsigned char *to, size_t *room, struct err *e);

#endif
