/* SPDX-License-Identifier: MIT */
/*
 * fsread - the files of a file system image in memory, those of the kinds
 * that we write, one after the other. Pure; an image may have been made to
 * harm: nothing outside of it is read, and reading it ends.
 *
 * A kind is in read*.c and tells what is at one place; fsread.c walks. That
 * is smaller than to trust other people's tools with such an image, works
 * where they are not installed, and one list and one --extract serve all.
 */
#ifndef MKINITRD_FSREAD_H
#define MKINITRD_FSREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/err.h"

enum {
	FS_NAME_MAX = 255,	/* bytes of one name: NAME_MAX */
	FS_PATH_SIZE = 4096,	/* of a whole one: PATH_MAX */
	FS_POINTERS = 15	/* to blocks, in an inode, at most */
};

struct fsimage {
	const unsigned char *data;
	size_t size;		/* bytes, perhaps with others behind it */
	const struct fskind *kind;
};

struct fsinode {
	uint64_t id;		/* who it is: a number or a place in it */
	uint32_t mode, uid, gid, links, mtime;
	uint64_t size;		/* bytes; also of a link's target */
	uint32_t major, minor;	/* of a device */
	/* where the data is: */
	uint64_t at;		/* one place, or */
	uint32_t block[FS_POINTERS];
	uint32_t fragment, offset;
};

/* The names in a directory. */
struct fsnames {
	struct fsname {
		char *name;	/* one that a file may have */
		uint64_t id;
	} *entry;
	unsigned count;
	unsigned *budget;	/* names that an image may still have */
};

struct fskind {
	const char *name;
	bool (*is)(const unsigned char *data, size_t size);
	/* What cannot be read is refused. Its top. 0 or -1. */
	int (*open)(const struct fsimage *f, uint64_t *top, struct err *e);
	/* All of *inode but id, which is given. 0 or -1. */
	int (*inode)(const struct fsimage *f, struct fsinode *inode,
		struct err *e);
	/* Append the names in this directory. 0 or -1. */
	int (*list)(const struct fsimage *f, const struct fsinode *dir,
		struct fsnames *names, struct err *e);
	/* inode->size bytes of a file or link into to, which is zeros. */
	int (*read)(const struct fsimage *f, const struct fsinode *inode,
		unsigned char *to, struct err *e);
};

extern const struct fskind fs_ext2, fs_minix, fs_romfs, fs_cramfs,
	fs_squashfs;

/* Who wants to know: called for each file, a directory before what is in
 * it. data is NULL for what has none. 0, or -1, which ends all. */
struct fsreader {
	bool names_only;	/* data of links, but not of files */
	uint64_t bytes_max;	/* of all files together */
	int (*file)(void *self, const char *path,
		const struct fsinode *inode, const unsigned char *data,
		struct err *e);
	void *self;
};

/* Fill in f->kind for data and size: NULL when it is none of them. */
void
fsread_recognize(struct fsimage *f);

/* All files but the top. 0, or -1: damaged, cut short or of a later kind,
 * or the reader has failed. */
int
fsread_walk(const struct fsimage *f, const struct fsreader *reader,
	struct err *e);

/* ------------------------------------------------------- for the kinds */

/* size bytes of the image at byte at, or NULL and a sentence. */
const unsigned char *
fsread_bytes(const struct fsimage *f, uint64_t at, uint64_t size,
	struct err *e);

/* -1, and the sentence that the image is damaged. */
int
fsread_damaged(const struct fsimage *f, const char *what, uint64_t where,
	struct err *e);

/* A name of len bytes; "." and ".." are passed over. 0, or -1: no file can
 * have such a name, or there are too many. */
int
fsread_name(const struct fsimage *f, struct fsnames *names,
	const struct fsname *entry, size_t len, struct err *e);

/* Little-endian and big-endian numbers. */
uint32_t
get_le16(const unsigned char *p);
uint32_t
get_le32(const unsigned char *p);
uint64_t
get_le64(const unsigned char *p);
uint32_t
get_be32(const unsigned char *p);

/* As old_decode_dev() and new_decode_dev() of the kernel. */
void
fsread_old_device(struct fsinode *inode, uint32_t number);
void
fsread_new_device(struct fsinode *inode, uint32_t number);

/* Files whose inode names blocks: first direct ones, then one of numbers of
 * blocks, one of numbers of such ones, and so on. */
struct fsblocks {
	uint32_t block;		/* bytes */
	unsigned width;		/* bytes of a number: 2 or 4 */
	unsigned direct;	/* of them in the inode */
	unsigned levels;	/* those behind them */
};

int
fsread_blocks(const struct fsimage *f, const struct fsblocks *b,
	const struct fsinode *inode, unsigned char *to, struct err *e);

/* A whole directory that is stored so; free() it. NULL and a sentence. */
unsigned char *
fsread_directory(const struct fsimage *f, const struct fsblocks *b,
	const struct fsinode *dir, struct err *e);

#endif
