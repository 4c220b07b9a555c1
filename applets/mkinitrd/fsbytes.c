/* SPDX-License-Identifier: MIT */
/*
 * fsbytes.c - what the kinds of fsread.h are read with: bytes, numbers,
 * names, devices, and files that name their blocks.
 */
#include <stdlib.h>
#include <string.h>

#include "fsread.h"
#include "memory.h"

const unsigned char *
fsread_bytes(const struct fsimage *f, uint64_t at, uint64_t size,
	struct err *e)
{
	if (at <= f->size && size <= f->size - at)
		return f->data + at;
	fail(e, 0, "%s file system: cut short or damaged: %llu bytes at byte "
		"%llu are wanted, and it has %zu", f->kind->name,
		(unsigned long long)size, (unsigned long long)at, f->size);
	return NULL;
}

int
fsread_damaged(const struct fsimage *f, const char *what, uint64_t where,
	struct err *e)
{
	return fail(e, 0, "%s file system: damaged: %s (%llu)",
		f->kind->name, what, (unsigned long long)where);
}

/* ------------------------------------------------------------------ names */

static bool
is_dots(const char *name, size_t len)
{
	return (len == 1 || len == 2) && memcmp(name, "..", len) == 0;
}

int
fsread_name(const struct fsimage *f, struct fsnames *names,
	const struct fsname *entry, size_t len, struct err *e)
{
	char *name;

	if (is_dots(entry->name, len))
		return 0;
	if (len == 0 || len > FS_NAME_MAX || memchr(entry->name, '/', len) ||
	    memchr(entry->name, '\0', len))
		return fsread_damaged(f, "a name that no file can have",
			entry->id, e);
	if (*names->budget == 0)
		return fsread_damaged(f, "more names than an image has",
			entry->id, e);
	--*names->budget;
	name = memory_get(len + 1, 1);
	memcpy(name, entry->name, len);
	if (names->count % 64 == 0)
		names->entry = memory_more(names->entry, names->count + 64,
			sizeof *names->entry);
	names->entry[names->count++] = (struct fsname){ name, entry->id };
	return 0;
}

/* ---------------------------------------------------------------- numbers */

uint32_t
get_le16(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8;
}

uint32_t
get_le32(const unsigned char *p)
{
	return get_le16(p) | get_le16(p + 2) << 16;
}

uint64_t
get_le64(const unsigned char *p)
{
	return get_le32(p) | (uint64_t)get_le32(p + 4) << 32;
}

uint32_t
get_be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		(uint32_t)p[2] << 8 | p[3];
}

void
fsread_old_device(struct fsinode *inode, uint32_t number)
{
	inode->major = number >> 8 & 0xff;
	inode->minor = number & 0xff;
}

void
fsread_new_device(struct fsinode *inode, uint32_t number)
{
	inode->major = number >> 8 & 0xfff;
	inode->minor = (number & 0xff) | (number >> 12 & 0xfff00);
}

/* ----------------------------------------------------------------- blocks */

/* What is still to be read of a file. */
struct rest {
	const struct fsblocks *b;
	unsigned char *to;
	uint64_t size;
};

static uint64_t
step(struct rest *r, uint64_t bytes)
{
	if (bytes > r->size)
		bytes = r->size;
	r->to += bytes;
	r->size -= bytes;
	return bytes;
}

/* What is behind a pointer of this level (0: to data); pointer 0 is a hole,
 * whose bytes are zeros. */
static int
read_level(const struct fsimage *f, struct rest *r, uint32_t pointer,
	unsigned level, struct err *e)
{
	const struct fsblocks *b = r->b;
	unsigned char *to = r->to;
	const unsigned char *block = f->data;
	uint64_t bytes = b->block;

	if (pointer != 0) {
		block = fsread_bytes(f, (uint64_t)pointer * b->block,
			b->block, e);
		if (!block)
			return -1;
	}
	if (level == 0 || pointer == 0) {
		for (unsigned i = 0; i < level; i++)
			bytes *= b->block / b->width;
		bytes = step(r, bytes);
		if (pointer != 0)
			memcpy(to, block, (size_t)bytes);
		return 0;
	}
	for (uint32_t at = 0; at < b->block && r->size > 0; at += b->width)
		if (read_level(f, r, b->width == 2 ? get_le16(block + at) :
		    get_le32(block + at), level - 1, e) < 0)
			return -1;
	return 0;
}

int
fsread_blocks(const struct fsimage *f, const struct fsblocks *b,
	const struct fsinode *inode, unsigned char *to, struct err *e)
{
	struct rest r = { b, to, inode->size };

	for (unsigned i = 0; i < b->direct + b->levels && r.size > 0; i++)
		if (read_level(f, &r, inode->block[i], i < b->direct ? 0 :
		    i - b->direct + 1, e) < 0)
			return -1;
	return r.size == 0 ? 0 : fsread_damaged(f, "a file is longer than "
		"its blocks can be", inode->id, e);
}

unsigned char *
fsread_directory(const struct fsimage *f, const struct fsblocks *b,
	const struct fsinode *dir, struct err *e)
{
	unsigned char *data;

	if (dir->size > f->size) {
		fsread_damaged(f, "a directory is larger than the image",
			dir->id, e);
		return NULL;
	}
	data = memory_get((size_t)dir->size, 1);
	if (fsread_blocks(f, b, dir, data, e) == 0)
		return data;
	free(data);
	return NULL;
}
