/* SPDX-License-Identifier: MIT */
/*
 * readext2.c - the second extended file system, and ext3 without what waits
 * in its journal (Documentation/filesystems/ext2.rst, fs/ext2/ext2.h): see
 * fsread.h and ext2.c. What only ext4 knows is refused.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fsread.h"

enum {
	SUPER = 1024,		/* the byte where it begins */
	SUPER_SIZE = 1024,
	MAGIC = 0xef53,
	FILETYPE = 2,		/* of the features, the only one we know */
	DESCRIPTOR = 32,	/* bytes of a group's */
	INODE = 128,		/* bytes, at least */
	BLOCK_BITS_MAX = 6,	/* 64 KiB */
	FAST_LINK = 60,		/* bytes of a link that need no block */
	ROOT_INODE = 2
};

static uint32_t
super32(const struct fsimage *f, unsigned at)
{
	return get_le32(f->data + SUPER + at);
}

static uint32_t
block_size(const struct fsimage *f)
{
	return 1024U << super32(f, 24);
}

static struct fsblocks
blocks_of(const struct fsimage *f)
{
	return (struct fsblocks){ block_size(f), 4, 12, 3 };
}

/* Version 0 has them all of one size. */
static uint32_t
inode_size(const struct fsimage *f)
{
	return super32(f, 76) == 0 ? INODE :
		get_le16(f->data + SUPER + 88);
}

static bool
is_ext2(const unsigned char *data, size_t size)
{
	return size >= SUPER + SUPER_SIZE &&
		get_le16(data + SUPER + 56) == MAGIC;
}

static int
open_ext2(const struct fsimage *f, uint64_t *top, struct err *e)
{
	uint32_t features = super32(f, 76) == 0 ? 0 : super32(f, 96);

	if (features & ~(uint32_t)FILETYPE)
		return fail(e, 0, "a file system of ext4, or one with a "
			"journal to be replayed (features %#x): debugfs(8) "
			"reads it", (unsigned)features);
	if (super32(f, 24) > BLOCK_BITS_MAX || super32(f, 40) == 0 ||
	    inode_size(f) < INODE || inode_size(f) > block_size(f))
		return fsread_damaged(f, "the superblock", SUPER, e);
	*top = ROOT_INODE;
	return 0;
}

/* ---------------------------------------------------------------- inodes */

static const unsigned char *
find_inode(const struct fsimage *f, uint64_t id, struct err *e)
{
	uint32_t per_group = super32(f, 40);
	const unsigned char *group;

	if (id == 0 || id > super32(f, 0)) {
		fsread_damaged(f, "there is no such inode", id, e);
		return NULL;
	}
	id--;
	/* the groups are described behind the first superblock's block */
	group = fsread_bytes(f, (uint64_t)(super32(f, 20) + 1) *
		block_size(f) + id / per_group * DESCRIPTOR, DESCRIPTOR, e);
	if (!group)
		return NULL;
	return fsread_bytes(f, (uint64_t)get_le32(group + 8) * block_size(f) +
		id % per_group * inode_size(f), INODE, e);
}

static int
read_inode(const struct fsimage *f, struct fsinode *inode, struct err *e)
{
	const unsigned char *p = find_inode(f, inode->id, e);

	if (!p)
		return -1;
	inode->mode = get_le16(p);
	inode->uid = get_le16(p + 2) | get_le16(p + 120) << 16;
	inode->gid = get_le16(p + 24) | get_le16(p + 122) << 16;
	inode->size = get_le32(p + 4);
	if (S_ISREG(inode->mode))
		inode->size |= (uint64_t)get_le32(p + 108) << 32;
	inode->mtime = get_le32(p + 16);
	inode->links = get_le16(p + 26);
	inode->at = (uint64_t)(p + 40 - f->data);
	for (unsigned i = 0; i < FS_POINTERS; i++)
		inode->block[i] = get_le32(p + 40 + 4 * i);
	if (inode->block[0] != 0)
		fsread_old_device(inode, inode->block[0]);
	else
		fsread_new_device(inode, inode->block[1]);
	return 0;
}

/* ------------------------------------------------------------ directories */

/* The entries of a whole directory: each says where the next one is. */
static int
list_entries(const struct fsimage *f, unsigned char *data, uint64_t size,
	struct fsnames *names, struct err *e)
{
	bool typed = super32(f, 76) != 0 && super32(f, 96) & FILETYPE;
	uint64_t at = 0;

	while (size - at >= 8) {
		unsigned char *p = data + at;
		uint32_t length = get_le16(p + 4);
		uint32_t name = typed ? p[6] : get_le16(p + 6);
		const struct fsname entry = { (char *)p + 8, get_le32(p) };

		if (length < 8 || length > size - at || name > length - 8)
			return fsread_damaged(f, "an entry of a directory",
				at, e);
		if (entry.id != 0 && fsread_name(f, names, &entry, name,
		    e) < 0)
			return -1;
		at += length;
	}
	return 0;
}

static int
list(const struct fsimage *f, const struct fsinode *dir,
	struct fsnames *names, struct err *e)
{
	const struct fsblocks blocks = blocks_of(f);
	unsigned char *data = fsread_directory(f, &blocks, dir, e);
	int result = data ? list_entries(f, data, dir->size, names, e) : -1;

	free(data);
	return result;
}

static int
read_data(const struct fsimage *f, const struct fsinode *inode,
	unsigned char *to, struct err *e)
{
	const struct fsblocks blocks = blocks_of(f);

	if (!S_ISLNK(inode->mode) || inode->size >= FAST_LINK)
		return fsread_blocks(f, &blocks, inode, to, e);
	memcpy(to, f->data + inode->at, (size_t)inode->size);
	return 0;
}

const struct fskind fs_ext2 = { "ext2", is_ext2, open_ext2, read_inode,
	list, read_data };
