/* SPDX-License-Identifier: MIT */
/*
 * ext2.c - the second extended file system, in the smallest form that every
 * kernel since 2.2 reads: blocks of 1 KiB, types in directories, copies of
 * the superblock in some groups (Documentation/filesystems/ext2.rst,
 * fs/ext2/ext2.h). Some room is left free: an initrd may be written to.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ext2.h"
#include "form.h"
#include "memory.h"
#include "temp.h"

enum {
	GROUP_BLOCKS = EXT2_GROUP_BLOCKS,
	FREE_INODES = 32,
	FREE_BLOCKS = 128,	/* at least; else a twentieth */
	LAST_GROUP_LEAST = 64,	/* blocks for files in the last group */
	FAST_LINK = 60,		/* bytes of a link that need no block */
	ROOT_INODE = 2,
	FIRST_INODE = 11,	/* for files; those before have a meaning */
	LINKS_MAX = 32000
};

/* The inode of node i of the tree. */
static uint32_t
inode_of(unsigned i)
{
	return i == 0 ? ROOT_INODE : FIRST_INODE + i - 1;
}

/* ------------------------------------------------------------ directories */

/* A directory's data: entries that do not cross a block's end. */
struct directory {
	unsigned char *data;
	size_t size;		/* whole blocks */
	size_t at;		/* behind the last entry */
	size_t last;		/* the last entry */
};

static unsigned
type_of(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG: return 1;
	case S_IFDIR: return 2;
	case S_IFCHR: return 3;
	case S_IFBLK: return 4;
	case S_IFIFO: return 5;
	case S_IFSOCK: return 6;
	case S_IFLNK: return 7;
	default: return 0;
	}
}

/* The last entry of a block reaches to its end. */
static void
end_block(struct directory *d)
{
	if (d->size == 0)
		return;
	put_le16(d->data + d->last + 4, (unsigned)(d->size - d->last));
	d->at = d->size;
}

static void
add_entry(struct directory *d, uint32_t inode, const char *name, mode_t mode)
{
	size_t len = strlen(name), need = (8 + len + 3) & ~(size_t)3;
	unsigned char *entry;

	if (d->at + need > d->size) {
		end_block(d);
		d->data = memory_more(d->data, d->size + UNIXFS_BLOCK, 1);
		memset(d->data + d->size, 0, UNIXFS_BLOCK);
		d->size += UNIXFS_BLOCK;
	}
	entry = d->data + d->at;
	put_le32(entry, inode);
	put_le16(entry + 4, (unsigned)need);
	entry[6] = (unsigned char)len;
	entry[7] = (unsigned char)type_of(mode);
	memcpy(entry + 8, name, len);
	d->last = d->at;
	d->at += need;
}

static struct directory
directory(const struct tree *t, unsigned of)
{
	struct directory d = { NULL, 0, 0, 0 };

	add_entry(&d, inode_of(of), ".", S_IFDIR);
	add_entry(&d, inode_of(t->node[of]->parent), "..", S_IFDIR);
	for (unsigned i = 1; i < t->count; i++)
		if (t->node[i]->parent == of)
			add_entry(&d, inode_of(i), t->node[i]->name,
				t->node[i]->mode);
	end_block(&d);
	return d;
}

/* ---------------------------------------------------------------- inodes */

static uint64_t
size_of(const struct tree *t, unsigned i)
{
	const struct node *node = t->node[i];
	struct directory d;

	if (S_ISLNK(node->mode))
		return strlen(node->target);
	if (!S_ISDIR(node->mode))
		return node->size;
	d = directory(t, i);
	free(d.data);
	return d.size;
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

/* i_block of a device: as of old where it fits, else as in new_encode_dev()
 * of include/linux/kdev_t.h. */
static void
put_device(unsigned char *block, const struct node *node)
{
	if (node->major < 256 && node->minor < 256)
		put_le32(block, node->major << 8 | node->minor);
	else
		put_le32(block + 4, (node->minor & 0xff) | node->major << 8 |
			(node->minor & ~0xffU) << 12);
}

/* Its blocks, and their numbers into i_block. */
static int
put_content(struct ext2 *x, unsigned i, unsigned char *block, struct err *e)
{
	const struct node *node = x->tree->node[i];
	uint32_t pointer[UNIXFS_POINTERS];
	struct directory d;
	int result;

	if (S_ISLNK(node->mode) && strlen(node->target) < FAST_LINK) {
		memcpy(block, node->target, strlen(node->target));
		return 0;
	}
	if (S_ISDIR(node->mode)) {
		d = directory(x->tree, i);
		result = unixfs_put(&x->fs, d.data, d.size, pointer, e);
		free(d.data);
	} else {
		result = unixfs_put_node(&x->fs, x->tree, node, pointer, e);
	}
	for (unsigned j = 0; j < UNIXFS_POINTERS && result == 0; j++)
		put_le32(block + 4 * j, pointer[j]);
	return result;
}

static int
put_inode(struct ext2 *x, unsigned i, struct err *e)
{
	const struct node *node = x->tree->node[i];
	unsigned char *inode = ext2_inode(x, inode_of(i));
	unsigned count = links(x->tree, i);
	uint32_t before = x->fs.used;

	if (strlen(node->name) > 255)
		return fail(e, 0, "%s: names have 255 bytes at most",
			node->path);
	if (count > LINKS_MAX)
		return fail(e, 0, "%s: a directory of ext2 has %d others in "
			"it at most", node->path, LINKS_MAX - 2);
	put_le16(inode, node->mode);
	put_le32(inode + 4, (uint32_t)size_of(x->tree, i));
	for (unsigned at = 8; at < 20; at += 4)
		put_le32(inode + at, x->time);
	put_le16(inode + 26, count);
	if (S_ISCHR(node->mode) || S_ISBLK(node->mode))
		put_device(inode + 40, node);
	else if (put_content(x, i, inode + 40, e) < 0)
		return -1;
	/* in sectors */
	put_le32(inode + 28, (x->fs.used - before) * 2);
	if (S_ISDIR(node->mode))
		ext2_count_directory(x, inode_of(i));
	return 0;
}

/* ---------------------------------------------------------------- layout */

/* Blocks for files if there are this many groups and blocks. */
static uint64_t
room_in(struct ext2 *x, uint32_t groups, uint64_t data)
{
	uint64_t overhead = 0;

	ext2_set_groups(x, groups);
	for (uint32_t g = 0; g < groups; g++)
		overhead += ext2_overhead(x, g);
	x->blocks = (uint32_t)(1 + data + overhead);
	return (uint64_t)groups * GROUP_BLOCKS - overhead;
}

static int
lay_out(struct ext2 *x, struct err *e)
{
	const struct tree *t = x->tree;
	uint64_t data = 0, last;
	uint32_t groups = 1;

	for (unsigned i = 0; i < t->count; i++)
		if (!S_ISLNK(t->node[i]->mode) || size_of(t, i) >= FAST_LINK)
			data += unixfs_count(&x->fs, size_of(t, i));
	data += data / 20 > FREE_BLOCKS ? data / 20 : FREE_BLOCKS;
	if (data > (uint64_t)1 << 31)
		return fail(e, 0, "%llu KiB are too much for ext2 with "
			"blocks of 1 KiB", (unsigned long long)data);
	x->inodes = FIRST_INODE - 1 + t->count + FREE_INODES;
	while (room_in(x, groups, data) < data)
		groups++;
	/* the last one has to be worth its overhead */
	last = x->blocks - 1 - (uint64_t)(groups - 1) * GROUP_BLOCKS;
	if (last < ext2_overhead(x, groups - 1) + LAST_GROUP_LEAST)
		x->blocks += (uint32_t)(ext2_overhead(x, groups - 1) +
			LAST_GROUP_LEAST - last);
	x->fs.next = 1;
	return 0;
}

int
form_ext2(const struct tree *t, uint32_t time, struct sink *s,
	struct err *e)
{
	struct ext2 x = { .tree = t, .time = time, .fs = { .width = 4,
		.direct = 12, .levels = 3, .skip = ext2_skip } };

	x.fs.layout = &x;
	x.fs.fd = temp_file(e);
	if (x.fs.fd < 0 || lay_out(&x, e) < 0)
		return -1;
	ext2_begin(&x);
	for (unsigned i = 0; i < t->count; i++)
		if (put_inode(&x, i, e) < 0)
			return -1;
	if (ext2_put_groups(&x, e) < 0)
		return -1;
	return unixfs_send(&x.fs, x.blocks, s, e);
}
