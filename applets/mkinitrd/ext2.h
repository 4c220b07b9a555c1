/* SPDX-License-Identifier: MIT */
/*
 * ext2 - between ext2.c, which knows files, and ext2group.c, which knows what
 * lies around them: groups of blocks, each with maps of what is used, a part
 * of the inodes, and in some of them a copy of the superblock.
 */
#ifndef MKINITRD_EXT2_H
#define MKINITRD_EXT2_H

#include <stdint.h>

#include "lib/err.h"
#include "tree.h"
#include "unixfs.h"

enum {
	EXT2_GROUP_BLOCKS = 8192,	/* one block of map */
	EXT2_INODE_SIZE = 128
};

struct ext2 {
	const struct tree *tree;
	struct unixfs fs;
	uint32_t time;
	uint32_t inodes;		/* at first: how many are needed */
	uint32_t blocks;		/* with block 0, which is in no group */
	uint32_t groups;
	uint32_t group_inodes;
	uint32_t table_blocks;		/* of the inodes of a group */
	uint32_t descriptor_blocks;	/* of all groups */
	unsigned char *inode;		/* all of them */
	uint32_t *directories;		/* of each group */
};

/* Decide how the inodes are spread over so many groups. */
void
ext2_set_groups(struct ext2 *x, uint32_t groups);

/* Blocks of the group that are not for files. */
uint32_t
ext2_overhead(const struct ext2 *x, uint32_t group);

/* Memory for the tables. */
void
ext2_begin(struct ext2 *x);

unsigned char *
ext2_inode(const struct ext2 *x, uint32_t inode);

void
ext2_count_directory(struct ext2 *x, uint32_t inode);

/* For struct unixfs. */
uint32_t
ext2_skip(const struct unixfs *fs, uint32_t block);

/* Everything but the files. 0 or -1. */
int
ext2_put_groups(const struct ext2 *x, struct err *e);

#endif
