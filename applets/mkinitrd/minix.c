/* SPDX-License-Identifier: MIT */
/*
 * minix.c - the Minix file system, version 1 with names of 30 characters: of
 * its kinds the one that kernels know by sight on /dev/ram0 (see the kernel's
 * init/do_mounts_rd.c and include/uapi/linux/minix_fs.h). Some room is left
 * free: an initrd may be written to.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "form.h"
#include "memory.h"
#include "temp.h"
#include "unixfs.h"

enum {
	NAME_LENGTH = 30,
	ENTRY_SIZE = 2 + NAME_LENGTH,
	INODE_SIZE = 32,
	BITS = UNIXFS_BLOCK * 8,	/* in a block of a map */
	NUMBER_MAX = 65535,		/* of inodes and of blocks */
	MAGIC = 0x138f,
	VALID = 1,			/* unmounted cleanly */
	LINKS_MAX = 250,
	FREE_INODES = 32,
	FREE_BLOCKS = 64		/* at least; else a twentieth */
};

struct minix {
	const struct tree *tree;
	struct unixfs fs;
	uint32_t time;
	uint32_t inodes, blocks;
	unsigned imap, zmap;	/* blocks of the two maps */
	uint32_t first;		/* block for files */
	unsigned char *inode;	/* the table */
};

static uint32_t
divided(uint64_t a, uint64_t b)
{
	return (uint32_t)((a + b - 1) / b);
}

/* ------------------------------------------------------------ directories */

static unsigned
children(const struct tree *t, unsigned of)
{
	unsigned count = 0;

	for (unsigned i = 1; i < t->count; i++)
		count += t->node[i]->parent == of;
	return count;
}

/* The inode of node i is i + 1: node 0 is the top, inode 1 the root. */
static void
put_entry(unsigned char *entry, unsigned inode, const char *name)
{
	size_t len = strlen(name);

	put_le16(entry, inode);
	memcpy(entry + 2, name, len < NAME_LENGTH ? len : NAME_LENGTH);
}

static unsigned char *
directory(const struct tree *t, unsigned of, uint64_t *size)
{
	unsigned char *data, *entry;

	*size = (uint64_t)(children(t, of) + 2) * ENTRY_SIZE;
	data = entry = memory_get((size_t)*size, 1);
	put_entry(entry, of + 1, ".");
	put_entry(entry += ENTRY_SIZE, t->node[of]->parent + 1, "..");
	for (unsigned i = 1; i < t->count; i++)
		if (t->node[i]->parent == of)
			put_entry(entry += ENTRY_SIZE, i + 1,
				t->node[i]->name);
	return data;
}

static unsigned
links(const struct tree *t, unsigned of)
{
	unsigned count = 2;

	if (!S_ISDIR(t->node[of]->mode))
		return 1;
	for (unsigned i = 1; i < t->count; i++)
		count += t->node[i]->parent == of &&
			S_ISDIR(t->node[i]->mode);
	return count;
}

/* ---------------------------------------------------------------- inodes */

/* What the node has in blocks; its size in bytes. */
static int
put_content(struct minix *m, unsigned i, uint64_t *size, uint32_t *pointer,
	struct err *e)
{
	const struct node *node = m->tree->node[i];
	unsigned char *data;
	int result;

	*size = 0;
	memset(pointer, 0, UNIXFS_POINTERS * sizeof *pointer);
	switch (node->mode & S_IFMT) {
	case S_IFDIR:
		data = directory(m->tree, i, size);
		result = unixfs_put(&m->fs, data, *size, pointer, e);
		free(data);
		return result;
	case S_IFCHR:
	case S_IFBLK:
		return unixfs_old_device(node, "Minix", &pointer[0], e);
	case S_IFREG:
	case S_IFLNK:
		*size = S_ISLNK(node->mode) ? strlen(node->target) :
			node->size;
		return unixfs_put_node(&m->fs, m->tree, node, pointer, e);
	default:
		return 0;
	}
}

static int
put_inode(struct minix *m, unsigned i, struct err *e)
{
	const struct node *node = m->tree->node[i];
	unsigned char *inode = m->inode + (size_t)i * INODE_SIZE;
	uint32_t pointer[UNIXFS_POINTERS];
	unsigned count = links(m->tree, i);
	uint64_t size;

	if (strlen(node->name) > NAME_LENGTH)
		return fail(e, 0, "%s: names in a Minix file system have %d "
			"characters at most", node->path, NAME_LENGTH);
	if (count > LINKS_MAX)
		return fail(e, 0, "%s: a directory of a Minix file system has "
			"%d others in it at most", node->path, LINKS_MAX - 2);
	if (put_content(m, i, &size, pointer, e) < 0)
		return -1;
	put_le16(inode, node->mode);
	put_le32(inode + 4, (uint32_t)size);
	put_le32(inode + 8, m->time);
	inode[13] = (unsigned char)count;
	for (unsigned j = 0; j < m->fs.direct + m->fs.levels; j++)
		put_le16(inode + 14 + 2 * j, pointer[j]);
	return 0;
}

/* ---------------------------------------------------------------- layout */

static int
lay_out(struct minix *m, struct err *e)
{
	const struct tree *t = m->tree;
	uint64_t data = 0, room;

	for (unsigned i = 0; i < t->count; i++) {
		const struct node *node = t->node[i];

		data += unixfs_count(&m->fs, S_ISDIR(node->mode) ?
			(uint64_t)(children(t, i) + 2) * ENTRY_SIZE :
			S_ISLNK(node->mode) ? strlen(node->target) :
			node->size);
	}
	room = data / 20 > FREE_BLOCKS ? data / 20 : FREE_BLOCKS;
	m->inodes = divided(t->count + FREE_INODES, 32) * 32;
	m->imap = divided(m->inodes + 1, BITS);
	m->zmap = divided(data + room + 1, BITS);
	m->first = 2 + m->imap + m->zmap +
		divided((uint64_t)m->inodes * INODE_SIZE, UNIXFS_BLOCK);
	if (data + room + m->first > NUMBER_MAX || m->inodes > NUMBER_MAX)
		return fail(e, 0, "%llu KiB are too much for a Minix file "
			"system, which has 64 MiB at most", (unsigned long
			long)(data + m->first));
	m->blocks = (uint32_t)(data + room) + m->first;
	m->fs.next = m->first;
	return 0;
}

/* Bits below used are set, and those from end on, which stand for nothing. */
static int
put_map(const struct minix *m, unsigned block, unsigned blocks,
	const uint32_t used_end[2], struct err *e)
{
	unsigned char *map = memory_get(blocks, UNIXFS_BLOCK);
	int result;

	for (uint32_t i = 0; i < blocks * BITS; i++)
		if (i < used_end[0] || i >= used_end[1])
			map[i / 8] |= (unsigned char)(1U << i % 8);
	result = unixfs_write(&m->fs, (uint64_t)block * UNIXFS_BLOCK, map,
		(size_t)blocks * UNIXFS_BLOCK, e);
	free(map);
	return result;
}

static int
put_tables(const struct minix *m, struct err *e)
{
	unsigned char super[UNIXFS_BLOCK] = { 0 };
	/* bit 0 of either map stands for nothing */
	const uint32_t inodes[2] = { m->tree->count + 1, m->inodes + 1 };
	const uint32_t zones[2] = { m->fs.next - m->first + 1,
		m->blocks - m->first + 1 };

	put_le16(super, m->inodes);
	put_le16(super + 2, m->blocks);
	put_le16(super + 4, m->imap);
	put_le16(super + 6, m->zmap);
	put_le16(super + 8, m->first);
	put_le32(super + 12, (7 + 512 + 512 * 512) * UNIXFS_BLOCK);
	put_le16(super + 16, MAGIC);
	put_le16(super + 18, VALID);
	if (unixfs_write(&m->fs, UNIXFS_BLOCK, super, sizeof super, e) < 0 ||
	    put_map(m, 2, m->imap, inodes, e) < 0 ||
	    put_map(m, 2 + m->imap, m->zmap, zones, e) < 0)
		return -1;
	return unixfs_write(&m->fs, (uint64_t)(2 + m->imap + m->zmap) *
		UNIXFS_BLOCK, m->inode, (size_t)m->inodes * INODE_SIZE, e);
}

int
form_minix(const struct tree *t, uint32_t time, struct sink *s,
	struct err *e)
{
	struct minix m = { .tree = t, .time = time,
		.fs = { .width = 2, .direct = 7, .levels = 2 } };

	m.fs.fd = temp_file(e);
	if (m.fs.fd < 0 || lay_out(&m, e) < 0)
		return -1;
	m.inode = memory_get(m.inodes, INODE_SIZE);
	for (unsigned i = 0; i < t->count; i++)
		if (put_inode(&m, i, e) < 0)
			return -1;
	if (put_tables(&m, e) < 0)
		return -1;
	return unixfs_send(&m.fs, m.blocks, s, e);
}
