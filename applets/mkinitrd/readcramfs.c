/* SPDX-License-Identifier: MIT */
/*
 * readcramfs.c - the compressed ROM file system (the kernel's
 * Documentation/filesystems/cramfs.rst, include/uapi/linux/cramfs_fs.h):
 * see fsread.h and cramfs.c.
 */
#include <sys/stat.h>

#include "fsread.h"
#include "gzstream.h"

enum {
	BLOCK = 4096,
	INODE = 12,		/* bytes */
	SUPER = 64,		/* bytes before the inode of the top */
	MAGIC = 0x28cd3d45,
	/* a sum, sorted directories, holes, no signature, a shifted top */
	FLAGS_KNOWN = 0xff | 0x100 | 0x200 | 0x400
};

static bool
is_cramfs(const unsigned char *data, size_t size)
{
	return size >= SUPER + INODE && get_le32(data) == MAGIC;
}

static int
open_cramfs(const struct fsimage *f, uint64_t *top, struct err *e)
{
	uint32_t flags = get_le32(f->data + 8);

	*top = SUPER;
	return flags & ~(uint32_t)FLAGS_KNOWN ? fail(e, 0, "cramfs of a later "
		"kind (flags %#x)", (unsigned)flags) : 0;
}

static int
read_inode(const struct fsimage *f, struct fsinode *inode, struct err *e)
{
	const unsigned char *p = fsread_bytes(f, inode->id, INODE, e);

	if (!p)
		return -1;
	inode->mode = get_le16(p);
	inode->uid = get_le16(p + 2);
	inode->size = get_le32(p + 4) & 0xffffff;
	inode->gid = p[7];
	inode->links = 1;
	inode->at = (uint64_t)(get_le32(p + 8) >> 6) * 4;
	fsread_old_device(inode, (uint32_t)inode->size);
	return 0;
}

static int
list(const struct fsimage *f, const struct fsinode *dir,
	struct fsnames *names, struct err *e)
{
	uint64_t at = dir->at, end = dir->at + dir->size;

	while (at < end) {
		const unsigned char *p = fsread_bytes(f, at, INODE, e);
		uint64_t len = p ? (get_le32(p + 8) & 0x3f) * 4 : 0;
		char name[0x3f * 4 + 1] = "";
		const struct fsname entry = { name, at };
		size_t used = 0;

		p = p ? fsread_bytes(f, at + INODE, len, e) : NULL;
		if (!p)
			return -1;
		/* filled up with NULs */
		for (; used < len && p[used]; used++)
			name[used] = (char)p[used];
		if (fsread_name(f, names, &entry, used, e) < 0)
			return -1;
		at += INODE + len;
	}
	return 0;
}

/* The ends of the compressed blocks come first; one that is empty is a
 * hole. */
static int
read_data(const struct fsimage *f, const struct fsinode *inode,
	unsigned char *to, struct err *e)
{
	uint64_t count = (inode->size + BLOCK - 1) / BLOCK;
	const unsigned char *ends = fsread_bytes(f, inode->at, count * 4, e);
	uint64_t start = inode->at + count * 4;

	for (uint64_t i = 0; i < count && ends; i++) {
		uint64_t end = get_le32(ends + i * 4);
		uint64_t left = inode->size - i * BLOCK;
		size_t room = left < BLOCK ? (size_t)left : BLOCK;
		const unsigned char *block;

		if (end < start)
			return fsread_damaged(f, "a block's end is before "
				"it", start, e);
		block = fsread_bytes(f, start, end - start, e);
		if (!block)
			return -1;
		if (end > start && gz_block_unpack(block,
		    (size_t)(end - start), to + i * BLOCK, &room, e) < 0)
			return hint(e, "at byte %llu of cramfs", (unsigned
				long long)start);
		start = end;
	}
	return ends ? 0 : -1;
}

const struct fskind fs_cramfs = { "cramfs", is_cramfs, open_cramfs,
	read_inode, list, read_data };
