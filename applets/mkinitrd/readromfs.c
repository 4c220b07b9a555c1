/* SPDX-License-Identifier: MIT */
/*
 * readromfs.c - the ROM file system (Documentation/filesystems/romfs.rst,
 * fs/romfs/super.c): see fsread.h and romfs.c. It has no count of links, so
 * each of its files may have others.
 */
#include <string.h>
#include <sys/stat.h>

#include "fsread.h"

enum {
	ALIGN = 16,
	HEAD = 16,		/* bytes before the name */
	NAME_MAX_SIZE = 256,	/* with its NUL */
	TYPE = 7,
	EXECUTABLE = 8,
	HARD_LINK = 0,
	LINKS_MAX = 8		/* to be followed to one file */
};

/* A name's bytes with its NUL and what fills it up; 0: it has no end. */
static uint64_t
name_size(const struct fsimage *f, uint64_t at)
{
	uint64_t room = at < f->size ? f->size - at : 0;
	size_t len;

	if (room > NAME_MAX_SIZE)
		room = NAME_MAX_SIZE;
	len = strnlen((const char *)f->data + (room ? at : 0), (size_t)room);
	return len == room ? 0 : (len + ALIGN) & ~(uint64_t)(ALIGN - 1);
}

static const unsigned char *
find_head(const struct fsimage *f, uint64_t at, uint64_t *behind,
	struct err *e)
{
	const unsigned char *head = fsread_bytes(f, at, HEAD, e);
	uint64_t name = head ? name_size(f, at + HEAD) : 0;

	if (head && name == 0) {
		fsread_damaged(f, "a name without an end", at, e);
		return NULL;
	}
	*behind = at + HEAD + name;
	return head;
}

static bool
is_romfs(const unsigned char *data, size_t size)
{
	return size >= 32 && memcmp(data, "-rom1fs-", 8) == 0;
}

/* The first file, behind the volume's name, is the top. */
static int
open_romfs(const struct fsimage *f, uint64_t *top, struct err *e)
{
	uint64_t name = name_size(f, 16);

	if (name == 0)
		return fsread_damaged(f, "a name without an end", 16, e);
	*top = 16 + name;
	return 0;
}

static int
read_inode(const struct fsimage *f, struct fsinode *inode, struct err *e)
{
	static const uint32_t mode[] = { 0, S_IFDIR | 0644, S_IFREG | 0644,
		S_IFLNK | 0777, S_IFBLK | 0600, S_IFCHR | 0600,
		S_IFSOCK | 0644, S_IFIFO | 0644 };
	const unsigned char *head = NULL;
	uint32_t type = HARD_LINK;

	for (unsigned i = 0; type == HARD_LINK; i++) {
		if (i == LINKS_MAX)
			return fsread_damaged(f, "links without an end",
				inode->id, e);
		if (i > 0)
			inode->id = get_be32(head + 4) & ~(uint32_t)0xf;
		head = find_head(f, inode->id, &inode->at, e);
		if (!head)
			return -1;
		type = get_be32(head) & TYPE;
	}
	inode->mode = mode[type];
	if (get_be32(head) & EXECUTABLE && (S_ISREG(inode->mode) ||
	    S_ISDIR(inode->mode)))
		inode->mode |= 0111;
	inode->links = 2;
	if (S_ISREG(inode->mode) || S_ISLNK(inode->mode))
		inode->size = get_be32(head + 8);
	if (S_ISDIR(inode->mode))
		inode->at = get_be32(head + 4) & ~(uint32_t)0xf;
	inode->major = get_be32(head + 4) >> 16;
	inode->minor = get_be32(head + 4) & 0xffff;
	return 0;
}

/* Each entry says where the next one is: behind it, so that they end. */
static int
list(const struct fsimage *f, const struct fsinode *dir,
	struct fsnames *names, struct err *e)
{
	uint64_t at = dir->at, behind;

	while (at != 0) {
		const unsigned char *head = find_head(f, at, &behind, e);
		const char *text = (const char *)f->data + at + HEAD;
		char name[NAME_MAX_SIZE];
		const struct fsname entry = { name, at };
		uint64_t before = at;

		if (!head)
			return -1;
		memcpy(name, text, strlen(text) + 1);
		if (fsread_name(f, names, &entry, strlen(name), e) < 0)
			return -1;
		at = get_be32(head) & ~(uint32_t)0xf;
		if (at != 0 && at <= before)
			return fsread_damaged(f, "a directory goes back",
				before, e);
	}
	return 0;
}

static int
read_data(const struct fsimage *f, const struct fsinode *inode,
	unsigned char *to, struct err *e)
{
	const unsigned char *data = fsread_bytes(f, inode->at, inode->size,
		e);

	if (!data)
		return -1;
	memcpy(to, data, (size_t)inode->size);
	return 0;
}

const struct fskind fs_romfs = { "romfs", is_romfs, open_romfs, read_inode,
	list, read_data };
