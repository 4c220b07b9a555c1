/* SPDX-License-Identifier: MIT */
/*
 * readminix.c - the Minix file system, version 1, with names of 14 or 30
 * bytes (include/uapi/linux/minix_fs.h): see fsread.h and minix.c.
 */
#include <stdlib.h>
#include <string.h>

#include "fsread.h"

enum {
	BLOCK = 1024,
	SUPER = 1024,		/* the byte where it begins */
	INODE = 32,		/* bytes */
	POINTERS = 9,
	MAGIC_14 = 0x137f,
	MAGIC_30 = 0x138f
};

static const struct fsblocks blocks = { BLOCK, 2, 7, 2 };

static bool
is_minix(const unsigned char *data, size_t size)
{
	uint32_t magic = size >= SUPER + BLOCK ?
		get_le16(data + SUPER + 16) : 0;

	return (magic == MAGIC_14 || magic == MAGIC_30) &&
		get_le16(data + SUPER + 10) == 0;
}

static int
open_minix(const struct fsimage *f, uint64_t *top, struct err *e)
{
	(void)f;
	(void)e;
	*top = 1;
	return 0;
}

static int
read_inode(const struct fsimage *f, struct fsinode *inode, struct err *e)
{
	const unsigned char *super = f->data + SUPER, *p;
	uint64_t table = 2 + get_le16(super + 4) + get_le16(super + 6);

	if (inode->id == 0 || inode->id > get_le16(super))
		return fsread_damaged(f, "there is no such inode", inode->id,
			e);
	p = fsread_bytes(f, table * BLOCK + (inode->id - 1) * INODE, INODE,
		e);
	if (!p)
		return -1;
	inode->mode = get_le16(p);
	inode->uid = get_le16(p + 2);
	inode->size = get_le32(p + 4);
	inode->mtime = get_le32(p + 8);
	inode->gid = p[12];
	inode->links = p[13];
	for (unsigned i = 0; i < POINTERS; i++)
		inode->block[i] = get_le16(p + 14 + 2 * i);
	fsread_old_device(inode, inode->block[0]);
	return 0;
}

static int
list(const struct fsimage *f, const struct fsinode *dir,
	struct fsnames *names, struct err *e)
{
	size_t length = get_le16(f->data + SUPER + 16) == MAGIC_30 ? 30 : 14;
	unsigned char *data = fsread_directory(f, &blocks, dir, e);
	int result = data ? 0 : -1;

	for (uint64_t at = 0; result == 0 &&
	    at + 2 + length <= dir->size; at += 2 + length) {
		char *name = (char *)data + at + 2;
		const struct fsname entry = { name, get_le16(data + at) };

		if (entry.id != 0)
			result = fsread_name(f, names, &entry,
				strnlen(name, length), e);
	}
	free(data);
	return result;
}

static int
read_data(const struct fsimage *f, const struct fsinode *inode,
	unsigned char *to, struct err *e)
{
	return fsread_blocks(f, &blocks, inode, to, e);
}

const struct fskind fs_minix = { "minix", is_minix, open_minix, read_inode,
	list, read_data };
