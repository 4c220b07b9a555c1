/* SPDX-License-Identifier: MIT */
/*
 * readsquashfs.c - squashfs 4.0 that is compressed by gzip
 * (Documentation/filesystems/squashfs.rst, fs/squashfs/squashfs_fs.h): see
 * fsread.h and squashfs.c. A file is named by the place of its inode.
 */
#include <string.h>
#include <sys/stat.h>

#include "fsread.h"
#include "squashmeta.h"

enum {
	SUPER = 96,		/* bytes */
	BLOCK_LEAST = 4096,
	BLOCK_MOST = 1 << 20,
	PLAIN = 1 << 24,	/* of a block's length: not compressed */
	NO_FRAGMENT = -1,
	/* kinds of inodes; + 7: the larger one of a kind */
	DIRECTORY = 1, REGULAR, LINK, BLOCK, CHARACTER, PIPE, SOCKET, LARGER
};

/* The block of ends of files that was read last: it has those of many. */
static struct {
	uint64_t at;		/* 0: none */
	size_t size;
	unsigned char data[BLOCK_MOST];
} ends;

/* Of the superblock. */
static uint64_t
super64(const struct fsimage *f, unsigned at)
{
	return get_le64(f->data + at);
}

static bool
is_squashfs(const unsigned char *data, size_t size)
{
	return size >= SUPER && memcmp(data, "hsqs", 4) == 0;
}

static int
open_squashfs(const struct fsimage *f, uint64_t *top, struct err *e)
{
	static const char *const name[] = { "nothing", "gzip", "lzma", "lzo",
		"xz", "lz4", "zstd" };
	uint32_t packed = get_le16(f->data + 20);
	uint32_t block = get_le32(f->data + 12);

	if (get_le16(f->data + 28) != 4)
		return fail(e, 0, "squashfs of version %u, not 4",
			(unsigned)get_le16(f->data + 28));
	if (packed != 1)
		return fail(e, 0, "squashfs that is compressed by %s: "
			"unsquashfs(1) reads it", packed < 7 ? name[packed] :
			"something new");
	if (block < BLOCK_LEAST || block > BLOCK_MOST ||
	    (block & (block - 1)) != 0)
		return fsread_damaged(f, "the size of its blocks", block, e);
	squashmeta_begin();
	ends.at = 0;
	*top = super64(f, 32);
	return 0;
}

/* ---------------------------------------------------------------- inodes */

static int
read_id(const struct fsimage *f, uint32_t index, uint32_t *id, struct err *e)
{
	struct squashmeta place;
	unsigned char p[4];

	if (squashmeta_find(f, super64(f, 48), (uint64_t)index * 4, &place,
	    e) < 0 || squashmeta_read(f, &place, p, sizeof p, e) < 0)
		return -1;
	*id = get_le32(p);
	return 0;
}

/* Where the rest of an inode is: the lengths of blocks, or a link's target. */
static void
keep_place(struct fsinode *inode, const struct squashmeta *place)
{
	inode->block[0] = (uint32_t)place->at;
	inode->block[1] = (uint32_t)(place->at >> 32);
	inode->block[2] = place->offset;
}

static struct squashmeta
kept_place(const struct fsinode *inode)
{
	return (struct squashmeta){ inode->block[0] |
		(uint64_t)inode->block[1] << 32, inode->block[2] };
}

/* What stands behind the part that all kinds have, for each kind. */
static void
fill_in(struct fsinode *inode, unsigned kind, const unsigned char *p)
{
	inode->links = get_le32(p);
	switch (kind) {
	case DIRECTORY:
		inode->links = get_le32(p + 4);
		inode->size = get_le16(p + 8);
		inode->at = get_le32(p);
		inode->offset = get_le16(p + 10);
		break;
	case DIRECTORY + 7:
		inode->size = get_le32(p + 4);
		inode->at = get_le32(p + 8);
		inode->offset = get_le16(p + 18);
		break;
	case REGULAR:
		inode->links = 1;
		inode->at = get_le32(p);
		inode->fragment = get_le32(p + 4);
		inode->offset = get_le32(p + 8);
		inode->size = get_le32(p + 12);
		break;
	case REGULAR + 7:
		inode->at = get_le64(p);
		inode->size = get_le64(p + 8);
		inode->links = get_le32(p + 24);
		inode->fragment = get_le32(p + 28);
		inode->offset = get_le32(p + 32);
		break;
	case LINK:
	case LINK + 7:
		inode->size = get_le32(p + 4);
		break;
	case BLOCK:
	case BLOCK + 7:
	case CHARACTER:
	case CHARACTER + 7:
		fsread_new_device(inode, get_le32(p + 4));
		break;
	default:
		break;
	}
}

static int
read_inode(const struct fsimage *f, struct fsinode *inode, struct err *e)
{
	static const uint32_t mode[] = { S_IFDIR, S_IFREG, S_IFLNK, S_IFBLK,
		S_IFCHR, S_IFIFO, S_IFSOCK };
	/* bytes behind the part that all have; of a link, up to its target */
	static const size_t size[] = { 16, 16, 8, 8, 8, 4, 4,
		24, 40, 8, 12, 12, 8, 8 };
	struct squashmeta place = { super64(f, 64) + (inode->id >> 16),
		inode->id & 0xffff };
	unsigned char head[16], rest[40];
	unsigned kind;

	if (squashmeta_read(f, &place, head, sizeof head, e) < 0)
		return -1;
	kind = get_le16(head);
	if (kind < DIRECTORY || kind > SOCKET + 7)
		return fsread_damaged(f, "an inode of no kind", inode->id, e);
	if (squashmeta_read(f, &place, rest, size[kind - 1], e) < 0)
		return -1;
	fill_in(inode, kind, rest);
	keep_place(inode, &place);
	inode->mode = mode[(kind - 1) % 7] | (get_le16(head + 2) & 07777);
	inode->mtime = get_le32(head + 8);
	return read_id(f, get_le16(head + 4), &inode->uid, e) < 0 ? -1 :
		read_id(f, get_le16(head + 6), &inode->gid, e);
}

/* ------------------------------------------------------------ directories */

/* What one header stands for: so many names, whose inodes are in one block.
 * Their bytes are taken off *left. */
static int
list_run(const struct fsimage *f, struct squashmeta *place,
	struct fsnames *names, uint64_t *left, struct err *e)
{
	unsigned char head[12], entry[8];
	char text[FS_NAME_MAX + 2];

	if (squashmeta_read(f, place, head, sizeof head, e) < 0)
		return -1;
	*left -= sizeof head;
	for (uint64_t i = 0; i <= get_le32(head); i++) {
		struct fsname name = { text, 0 };
		size_t len;

		if (*left < sizeof entry || squashmeta_read(f, place, entry,
		    sizeof entry, e) < 0)
			break;
		len = get_le16(entry + 6) + (size_t)1;
		*left -= sizeof entry;
		if (len > *left || len > FS_NAME_MAX + 1)
			break;
		if (squashmeta_read(f, place, text, len, e) < 0)
			return -1;
		*left -= len;
		name.id = (uint64_t)get_le32(head + 4) << 16 |
			get_le16(entry);
		if (fsread_name(f, names, &name, len, e) < 0)
			return -1;
		if (i == get_le32(head))
			return 0;
	}
	return fsread_damaged(f, "a directory", place->at, e);
}

static int
list(const struct fsimage *f, const struct fsinode *dir,
	struct fsnames *names, struct err *e)
{
	struct squashmeta place = { super64(f, 72) + dir->at, dir->offset };
	/* it counts "." and "..", which are not there, as 3 bytes */
	uint64_t left = dir->size > 3 ? dir->size - 3 : 0;

	while (left >= 12)
		if (list_run(f, &place, names, &left, e) < 0)
			return -1;
	return 0;
}

/* ------------------------------------------------------------------ data */

static int
load_ends(const struct fsimage *f, uint32_t fragment, struct err *e)
{
	struct squashmeta place;
	unsigned char entry[16];
	struct squashpiece piece;

	if (squashmeta_find(f, super64(f, 80), (uint64_t)fragment *
	    sizeof entry, &place, e) < 0 ||
	    squashmeta_read(f, &place, entry, sizeof entry, e) < 0)
		return -1;
	piece.at = get_le64(entry);
	if (piece.at == ends.at && ends.at != 0)
		return 0;
	piece.length = get_le32(entry + 8) & (PLAIN - 1);
	piece.plain = get_le32(entry + 8) & PLAIN;
	ends.at = 0;
	ends.size = get_le32(f->data + 12);
	if (squashmeta_unpack(f, &piece, ends.data, &ends.size, e) < 0)
		return -1;
	ends.at = piece.at;
	return 0;
}

static int
read_end(const struct fsimage *f, const struct fsinode *inode,
	unsigned char *to, size_t size, struct err *e)
{
	if (load_ends(f, inode->fragment, e) < 0)
		return -1;
	if (inode->offset > ends.size || size > ends.size - inode->offset)
		return fsread_damaged(f, "the end of a file", inode->id, e);
	memcpy(to, ends.data + inode->offset, size);
	return 0;
}

/* A block of the file, of size bytes, and the place of the next one. */
static int
read_block(const struct fsimage *f, struct squashpiece *piece,
	unsigned char *to, size_t size, struct err *e)
{
	size_t room = size;

	if (piece->length == 0)
		return 0;	/* a hole */
	if (squashmeta_unpack(f, piece, to, &room, e) < 0)
		return -1;
	piece->at += piece->length;
	return room == size ? 0 : fsread_damaged(f, "a block is too short",
		piece->at, e);
}

static int
read_file(const struct fsimage *f, const struct fsinode *inode,
	unsigned char *to, struct err *e)
{
	struct squashmeta place = kept_place(inode);
	struct squashpiece piece = { .at = inode->at };
	uint64_t block = get_le32(f->data + 12), left = inode->size;
	bool fragment = inode->fragment != (uint32_t)NO_FRAGMENT;

	while (left >= block || (left > 0 && !fragment)) {
		size_t now = left < block ? (size_t)left : (size_t)block;
		unsigned char length[4];

		if (squashmeta_read(f, &place, length, sizeof length, e) < 0)
			return -1;
		piece.length = get_le32(length) & (PLAIN - 1);
		piece.plain = get_le32(length) & PLAIN;
		if (read_block(f, &piece, to, now, e) < 0)
			return -1;
		to += now;
		left -= now;
	}
	return left == 0 ? 0 : read_end(f, inode, to, (size_t)left, e);
}

static int
read_data(const struct fsimage *f, const struct fsinode *inode,
	unsigned char *to, struct err *e)
{
	struct squashmeta place = kept_place(inode);

	return S_ISLNK(inode->mode) ? squashmeta_read(f, &place, to,
		(size_t)inode->size, e) : read_file(f, inode, to, e);
}

const struct fskind fs_squashfs = { "squashfs", is_squashfs, open_squashfs,
	read_inode, list, read_data };
