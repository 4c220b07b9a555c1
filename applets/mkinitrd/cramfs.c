/* SPDX-License-Identifier: MIT */
/*
 * cramfs.c - the compressed ROM file system (the kernel's
 * Documentation/filesystems/cramfs.rst and include/uapi/linux/cramfs_fs.h):
 * files in blocks of 4 KiB, each compressed by itself. It has no times.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "form.h"
#include "gzstream.h"
#include "memory.h"
#include "temp.h"
#include "unixfs.h"

enum {
	BLOCK = 4096,
	INODE = 12,		/* bytes */
	SUPER = 64,		/* bytes before the inode of the top */
	TOP = SUPER + INODE,	/* the first byte behind both */
	SIZE_MAX_BITS = 24,	/* of a file */
	OFFSET_MAX_BITS = 28,	/* 26 bits, of words */
	NAME_LENGTH = 252,	/* 63 words */
	MAGIC = 0x28cd3d45,
	FLAGS = 1 | 2,		/* has a sum; directories are sorted */
	SUM = 32		/* where that is */
};

struct cramfs {
	const struct tree *tree;
	struct unixfs fs;	/* for its fd */
	uint64_t *place;	/* of each directory's entries */
	uint64_t *inode;	/* of each node */
	uint64_t next;		/* free byte */
	uint32_t blocks;
};

static uint64_t
words(uint64_t n)
{
	return (n + 3) & ~(uint64_t)3;
}

/* ------------------------------------------------------------ directories */

static uint64_t
directory_size(const struct tree *t, unsigned of)
{
	uint64_t size = 0;

	for (unsigned i = 1; i < t->count; i++)
		if (t->node[i]->parent == of)
			size += INODE + words(strlen(t->node[i]->name));
	return size;
}

/* All directories come first, the data of files behind them. */
static void
place_directories(struct cramfs *c)
{
	const struct tree *t = c->tree;

	for (unsigned of = 0; of < t->count; of++) {
		uint64_t at = c->next;

		if (!S_ISDIR(t->node[of]->mode))
			continue;
		c->place[of] = at;
		for (unsigned i = 1; i < t->count; i++)
			if (t->node[i]->parent == of) {
				c->inode[i] = at;
				at += INODE + words(strlen(t->node[i]->name));
			}
		c->next = at;
	}
}

/* The inode of node i, and its name behind it. */
static int
put_inode(const struct cramfs *c, unsigned i, uint64_t size, uint64_t place,
	struct err *e)
{
	const struct node *node = c->tree->node[i];
	size_t len = i > 0 ? strlen(node->name) : 0;
	unsigned char data[INODE + NAME_LENGTH] = { 0 };

	put_le16(data, node->mode);
	put_le32(data + 4, (uint32_t)size);
	put_le32(data + 8, (uint32_t)(words(len) / 4) |
		(uint32_t)(place / 4) << 6);
	if (i > 0)
		memcpy(data + INODE, node->name, len);
	return unixfs_write(&c->fs, c->inode[i], data, INODE +
		(size_t)words(len), e);
}

/* ----------------------------------------------------------------- files */

/* A table of where each block ends, and the blocks. */
static int
put_blocks(struct cramfs *c, const unsigned char *data, uint64_t size,
	struct err *e)
{
	static unsigned char block[2 * BLOCK];
	uint32_t count = (uint32_t)((size + BLOCK - 1) / BLOCK);
	unsigned char *ends = memory_get(count, 4);
	uint64_t table = c->next;
	int result = 0;

	c->next += (uint64_t)count * 4;
	for (uint32_t i = 0; i < count && result == 0; i++) {
		uint64_t at = (uint64_t)i * BLOCK;
		size_t room = sizeof block;

		result = gz_block_pack(data + at, size - at < BLOCK ?
			(size_t)(size - at) : BLOCK, block, &room, e);
		if (result == 0)
			result = unixfs_write(&c->fs, c->next, block, room, e);
		c->next += room;
		put_le32(ends + (size_t)i * 4, (uint32_t)c->next);
	}
	if (result == 0)
		result = unixfs_write(&c->fs, table, ends, (size_t)count * 4,
			e);
	c->next = words(c->next);
	c->blocks += count;
	free(ends);
	return result;
}

static int
put_content(struct cramfs *c, const struct node *node, uint64_t size,
	struct err *e)
{
	void *data;
	int result;

	if (size == 0)
		return 0;
	if (S_ISLNK(node->mode))
		return put_blocks(c, (const unsigned char *)node->target,
			size, e);
	data = tree_load(c->tree, node, e);
	if (!data)
		return -1;
	result = put_blocks(c, data, size, e);
	free(data);
	return result;
}

static int
check(const struct node *node, uint64_t size, struct err *e)
{
	if (strlen(node->name) > NAME_LENGTH)
		return fail(e, 0, "%s: names in cramfs have %d bytes at most",
			node->path, NAME_LENGTH);
	return size >> SIZE_MAX_BITS ? fail(e, EFBIG, "%s: a file in cramfs "
		"has less than 16 MiB", node->path) : 0;
}

static int
put_node(struct cramfs *c, unsigned i, struct err *e)
{
	const struct node *node = c->tree->node[i];
	uint64_t size = node->size, place = c->next;
	uint32_t device = 0;

	if (S_ISDIR(node->mode)) {
		size = directory_size(c->tree, i);
		place = c->place[i];
	} else if (S_ISLNK(node->mode)) {
		size = strlen(node->target);
	} else if (S_ISCHR(node->mode) || S_ISBLK(node->mode)) {
		if (unixfs_old_device(node, "cramfs", &device, e) < 0)
			return -1;
		size = device;
	}
	if (check(node, size, e) < 0)
		return -1;
	if ((S_ISREG(node->mode) || S_ISLNK(node->mode)) &&
	    put_content(c, node, size, e) < 0)
		return -1;
	return put_inode(c, i, size, size > 0 && !device ? place : 0, e);
}

/* ----------------------------------------------------------------- super */

/* Over the whole image, with zeros where it will stand. */
static int
put_sum(const struct cramfs *c, struct err *e)
{
	static unsigned char piece[64 * 1024];
	unsigned char text[4];
	uint32_t sum = 0;
	ssize_t n;

	for (uint64_t at = 0; at < c->next; at += (uint64_t)n) {
		n = pread(c->fs.fd, piece, sizeof piece, (off_t)at);
		if (n <= 0)
			return fail(e, errno, "temporary file");
		sum = gz_sum(sum, piece, (size_t)n);
	}
	put_le32(text, sum);
	return unixfs_write(&c->fs, SUM, text, sizeof text, e);
}

static int
put_super(struct cramfs *c, struct err *e)
{
	unsigned char super[SUPER] = { 0 };

	c->next = (c->next + BLOCK - 1) & ~(uint64_t)(BLOCK - 1);
	if (c->next >> OFFSET_MAX_BITS)
		return fail(e, EFBIG, "%llu bytes: cramfs has less than 256 "
			"MiB", (unsigned long long)c->next);
	if (ftruncate(c->fs.fd, (off_t)c->next) < 0)
		return fail(e, errno, "temporary file");
	put_le32(super, MAGIC);
	put_le32(super + 4, (uint32_t)c->next);
	put_le32(super + 8, FLAGS);
	memcpy(super + 16, "Compressed ROMFS", 16);
	put_le32(super + 40, c->blocks);
	put_le32(super + 44, c->tree->count);
	memcpy(super + 48, "initrd", 6);
	return unixfs_write(&c->fs, 0, super, sizeof super, e) < 0 ? -1 :
		put_sum(c, e);
}

int
form_cramfs(const struct tree *t, uint32_t time, struct sink *s,
	struct err *e)
{
	struct cramfs c = { .tree = t, .next = TOP };

	(void)time;
	c.fs.fd = temp_file(e);
	if (c.fs.fd < 0)
		return -1;
	c.place = memory_get(t->count, sizeof *c.place);
	c.inode = memory_get(t->count, sizeof *c.inode);
	c.inode[0] = SUPER;
	place_directories(&c);
	for (unsigned i = 0; i < t->count; i++)
		if (put_node(&c, i, e) < 0)
			return -1;
	if (put_super(&c, e) < 0)
		return -1;
	return unixfs_send(&c.fs, c.next / UNIXFS_BLOCK, s, e);
}
