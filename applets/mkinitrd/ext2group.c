/* SPDX-License-Identifier: MIT */
/*
 * ext2group.c - the groups of ext2, see ext2.h: [superblock, descriptors of
 * all groups,] map of blocks, map of inodes, inodes, files. The first block
 * is number 1.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "ext2.h"
#include "memory.h"

enum {
	GROUP_BLOCKS = EXT2_GROUP_BLOCKS,
	INODE_SIZE = EXT2_INODE_SIZE,
	DESCRIPTOR_SIZE = 32,
	RESERVED_INODES = 10,
	TYPES_IN_DIRECTORIES = 2,	/* EXT2_FEATURE_INCOMPAT_FILETYPE */
	FEW_COPIES = 1		/* EXT2_FEATURE_RO_COMPAT_SPARSE_SUPER */
};

static uint32_t
divided(uint32_t a, uint32_t b)
{
	return (a + b - 1) / b;
}

static bool
is_power_of(uint32_t n, uint32_t base)
{
	while (n > 1 && n % base == 0)
		n /= base;
	return n == 1;
}

static bool
has_super(uint32_t group)
{
	return group == 0 || is_power_of(group, 3) || is_power_of(group, 5) ||
		is_power_of(group, 7);
}

void
ext2_set_groups(struct ext2 *x, uint32_t groups)
{
	x->groups = groups;
	x->group_inodes = divided(divided(x->inodes, groups), 8) * 8;
	x->table_blocks = divided(x->group_inodes * INODE_SIZE, UNIXFS_BLOCK);
	x->descriptor_blocks = divided(groups * DESCRIPTOR_SIZE, UNIXFS_BLOCK);
}

uint32_t
ext2_overhead(const struct ext2 *x, uint32_t group)
{
	return (has_super(group) ? 1 + x->descriptor_blocks : 0) + 2 +
		x->table_blocks;
}

static uint32_t
start_of(uint32_t group)
{
	return 1 + group * GROUP_BLOCKS;
}

/* Its map of blocks; the map of inodes and the inodes come behind it. */
static uint32_t
map_of(const struct ext2 *x, uint32_t group)
{
	return start_of(group) + (has_super(group) ?
		1 + x->descriptor_blocks : 0);
}

uint32_t
ext2_skip(const struct unixfs *fs, uint32_t block)
{
	const struct ext2 *x = fs->layout;
	uint32_t group = (block - 1) / GROUP_BLOCKS;
	uint32_t first = start_of(group) + ext2_overhead(x, group);

	return block < first ? first : block;
}

void
ext2_begin(struct ext2 *x)
{
	x->inode = memory_get((size_t)x->groups * x->group_inodes, INODE_SIZE);
	x->directories = memory_get(x->groups, sizeof *x->directories);
}

unsigned char *
ext2_inode(const struct ext2 *x, uint32_t inode)
{
	return x->inode + (size_t)(inode - 1) * INODE_SIZE;
}

void
ext2_count_directory(struct ext2 *x, uint32_t inode)
{
	x->directories[(inode - 1) / x->group_inodes]++;
}

/* ----------------------------------------------------------------- tables */

/* Blocks of the group; the last one may be shorter. */
static uint32_t
length_of(const struct ext2 *x, uint32_t group)
{
	uint32_t left = x->blocks - start_of(group);

	return left < GROUP_BLOCKS ? left : GROUP_BLOCKS;
}

static uint32_t
used_blocks(const struct ext2 *x, uint32_t group)
{
	uint32_t start = start_of(group), overhead = ext2_overhead(x, group);

	if (x->fs.next <= start + overhead)
		return overhead;
	return x->fs.next - start < GROUP_BLOCKS ? x->fs.next - start :
		GROUP_BLOCKS;
}

static uint32_t
used_inodes(const struct ext2 *x, uint32_t group)
{
	uint32_t used = RESERVED_INODES + x->tree->count - 1;
	uint32_t before = group * x->group_inodes;

	if (used <= before)
		return 0;
	return used - before < x->group_inodes ? used - before :
		x->group_inodes;
}

/* The first used bits, and those from end on, which stand for nothing. */
static int
put_map(const struct ext2 *x, uint32_t block, uint32_t used, uint32_t end,
	struct err *e)
{
	unsigned char map[UNIXFS_BLOCK] = { 0 };

	for (uint32_t i = 0; i < UNIXFS_BLOCK * 8; i++)
		if (i < used || i >= end)
			map[i / 8] |= (unsigned char)(1U << i % 8);
	return unixfs_write(&x->fs, (uint64_t)block * UNIXFS_BLOCK, map,
		sizeof map, e);
}

static void
fill_descriptor(const struct ext2 *x, uint32_t group, unsigned char *d)
{
	uint32_t map = map_of(x, group);

	put_le32(d, map);
	put_le32(d + 4, map + 1);
	put_le32(d + 8, map + 2);
	put_le16(d + 12, length_of(x, group) - used_blocks(x, group));
	put_le16(d + 14, x->group_inodes - used_inodes(x, group));
	put_le16(d + 16, x->directories[group]);
}

/* The copy in this group. */
static void
fill_super(const struct ext2 *x, uint32_t group, unsigned char *s)
{
	uint32_t free_blocks = 0, free_inodes = 0;

	for (uint32_t g = 0; g < x->groups; g++) {
		free_blocks += length_of(x, g) - used_blocks(x, g);
		free_inodes += x->group_inodes - used_inodes(x, g);
	}
	put_le32(s, x->groups * x->group_inodes);
	put_le32(s + 4, x->blocks);
	put_le32(s + 12, free_blocks);
	put_le32(s + 16, free_inodes);
	put_le32(s + 20, 1);			/* first block */
	put_le32(s + 32, GROUP_BLOCKS);
	put_le32(s + 36, GROUP_BLOCKS);		/* in fragments */
	put_le32(s + 40, x->group_inodes);
	put_le32(s + 48, x->time);		/* written */
	put_le16(s + 54, 0xffff);		/* mounts before a check */
	put_le16(s + 56, 0xef53);
	put_le16(s + 58, 1);			/* clean */
	put_le16(s + 60, 1);			/* on errors: continue */
	put_le32(s + 64, x->time);		/* checked */
	put_le32(s + 76, 1);			/* revision */
	put_le32(s + 84, RESERVED_INODES + 1);
	put_le16(s + 88, INODE_SIZE);
	put_le16(s + 90, group);
	put_le32(s + 96, TYPES_IN_DIRECTORIES);
	put_le32(s + 100, FEW_COPIES);
	put_le32(s + 264, x->time);		/* made */
}

static int
put_super(const struct ext2 *x, uint32_t group,
	const unsigned char *descriptors, struct err *e)
{
	unsigned char super[UNIXFS_BLOCK] = { 0 };
	uint64_t at = (uint64_t)start_of(group) * UNIXFS_BLOCK;

	if (!has_super(group))
		return 0;
	fill_super(x, group, super);
	if (unixfs_write(&x->fs, at, super, sizeof super, e) < 0)
		return -1;
	return unixfs_write(&x->fs, at + UNIXFS_BLOCK, descriptors,
		(size_t)x->descriptor_blocks * UNIXFS_BLOCK, e);
}

static int
put_group(const struct ext2 *x, uint32_t group, struct err *e)
{
	uint32_t map = map_of(x, group);

	if (put_map(x, map, used_blocks(x, group), length_of(x, group),
	    e) < 0 || put_map(x, map + 1, used_inodes(x, group),
	    x->group_inodes, e) < 0)
		return -1;
	return unixfs_write(&x->fs, (uint64_t)(map + 2) * UNIXFS_BLOCK,
		x->inode + (size_t)group * x->group_inodes * INODE_SIZE,
		(size_t)x->group_inodes * INODE_SIZE, e);
}

int
ext2_put_groups(const struct ext2 *x, struct err *e)
{
	unsigned char *descriptors = memory_get(x->descriptor_blocks,
		UNIXFS_BLOCK);

	for (uint32_t g = 0; g < x->groups; g++)
		fill_descriptor(x, g, descriptors + g * DESCRIPTOR_SIZE);
	for (uint32_t g = 0; g < x->groups; g++)
		if (put_super(x, g, descriptors, e) < 0 ||
		    put_group(x, g, e) < 0)
			return -1;
	return 0;
}
