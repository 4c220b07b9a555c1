/* SPDX-License-Identifier: MIT */
/*
 * image.c - see image.h. Follows unpack_to_rootfs() of init/initramfs.c:
 * archives and compressed data one after the other, zeros between them. A
 * file system (identify_ramdisk_image() of init/do_mounts_rd.c) takes all
 * that is there. What is compressed is unpacked into a nameless file first,
 * and mapped.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "image.h"
#include "fsread.h"
#include "gzstream.h"
#include "lib/text.h"
#include "sink.h"
#include "temp.h"
#include "tool.h"

enum {
	DEPTH_MAX = 3,		/* compressed in compressed data */
	KIND_SIZE = 64
};
#define UNPACKED_MAX 0xffffffffU	/* bytes, also of all files of a file
					   system; a cpio entry has no more */

/* A stretch of an image. */
struct part {
	int fd;			/* the file that it lies in */
	const char *data;	/* the whole of that file */
	size_t size;
	unsigned depth;		/* 0: the image itself */
	size_t shown;		/* where what this was unpacked from begins */
	char kind[KIND_SIZE];	/* what it was: "gzip, " */
};

static int
read_part(const struct part *p, const struct image_reader *reader,
	struct err *e);

/* A compression that some kernels know, and who undoes it. */
static const struct packed {
	const char *name, *magic;
	size_t length;
	const char *const *command;	/* NULL: we do */
} packed[] = {
	{ "gzip", "\x1f\x8b", 2, NULL },
	{ "xz", "\xfd" "7zXZ", 6,
		(const char *const []){ "xz", "-dc", NULL } },
	{ "zstd", "\x28\xb5\x2f\xfd", 4,
		(const char *const []){ "zstd", "-dcq", NULL } },
	{ "bzip2", "BZh", 3,
		(const char *const []){ "bzip2", "-dc", NULL } },
	{ "lz4", "\x02\x21\x4c\x18", 4,
		(const char *const []){ "lz4", "-dcq", NULL } },
	{ "lzma", "\x5d\0\0", 3,
		(const char *const []){ "xz", "-dc", "--format=lzma", NULL } },
	{ "lzo", "\x89LZO", 4,
		(const char *const []){ "lzop", "-dc", NULL } },
};

static const struct packed *
packed_as(const char *data, size_t size)
{
	for (unsigned i = 0; i < sizeof packed / sizeof packed[0]; i++)
		if (size >= packed[i].length && memcmp(data, packed[i].magic,
		    packed[i].length) == 0)
			return &packed[i];
	return NULL;
}

/* ------------------------------------------------------------- unpacking */

static int
take(void *self, const void *data, size_t size, struct err *e)
{
	return write_all(*(int *)self, data, size, e);
}

/* Something compressed that is to be unpacked. */
struct job {
	const struct part *part;
	size_t at;		/* where it begins there */
	const struct packed *how;
	int to;			/* a nameless file */
	size_t used;		/* set: bytes of the part */
};

/* Other people's programs read to the end: what follows has to be theirs. */
static int
unpack_by_tool(struct job *j, struct err *e)
{
	if (lseek(j->part->fd, (off_t)j->at, SEEK_SET) < 0)
		return fail(e, errno, "seek");
	j->used = j->part->size - j->at;
	return tool_run(j->how->command, j->part->fd, j->to, e);
}

static int
unpack(struct job *j, struct err *e)
{
	const struct gz_sink sink = { take, &j->to, UNPACKED_MAX };

	if (j->how->command)
		return unpack_by_tool(j, e);
	return gz_unpack(j->part->data + j->at, j->part->size - j->at,
		&j->used, &sink, e);
}

/* ----------------------------------------------------------------- parts */

static int
map_part(struct part *p, const char *what, struct err *e)
{
	struct stat st;
	void *data;

	if (fstat(p->fd, &st) < 0)
		return fail(e, errno, "%s", what);
	if (S_ISBLK(st.st_mode))
		st.st_size = lseek(p->fd, 0, SEEK_END);
	if (st.st_size <= 0)
		return fail(e, 0, "%s is empty", what);
	p->size = (size_t)st.st_size;
	data = mmap(NULL, p->size, PROT_READ, MAP_PRIVATE, p->fd, 0);
	if (data == MAP_FAILED)
		return fail(e, errno, "map %s", what);
	p->data = data;
	return 0;
}

static int
read_unpacked(struct part *p, const struct image_reader *reader, struct err *e)
{
	int result;

	if (map_part(p, "what was compressed", e) < 0)
		return -1;
	result = read_part(p, reader, e);
	munmap((void *)(uintptr_t)p->data, p->size);
	return result;
}

/* The compressed data at byte *at, which is moved behind it. */
static int
read_packed(const struct part *p, size_t *at, const struct packed *how,
	const struct image_reader *reader, struct err *e)
{
	struct part inner = { .depth = p->depth + 1,
		.shown = p->depth == 0 ? *at : p->shown };
	struct job j = { .part = p, .at = *at, .how = how };
	int result;

	if (inner.depth > DEPTH_MAX)
		return fail(e, 0, "compressed more than %d times", DEPTH_MAX);
	inner.fd = j.to = temp_file(e);
	if (inner.fd < 0)
		return -1;
	text_add(inner.kind, sizeof inner.kind, "%s%s, ", p->kind, how->name);
	result = unpack(&j, e);
	if (result == 0)
		result = read_unpacked(&inner, reader, e);
	else
		hint(e, "%s at byte %zu", how->name, inner.shown);
	close(inner.fd);
	*at += j.used;
	return result;
}

static void
announce(const struct part *p, size_t at, const char *what,
	const struct image_reader *reader)
{
	char kind[KIND_SIZE] = "";

	text_add(kind, sizeof kind, "%s%s", p->kind, what);
	reader->member(reader->self, kind, p->depth == 0 ? at : p->shown);
}

/* The archive at byte *at, which is moved behind it. */
static int
read_cpio(const struct part *p, size_t *at,
	const struct image_reader *reader, struct err *e)
{
	struct cpio_reader c = { .data = p->data + *at,
		.size = p->size - *at };
	struct cpio_entry entry;
	int result;

	announce(p, *at, "cpio", reader);
	while ((result = cpio_next(&c, &entry, e)) > 0)
		if (reader->entry(reader->self, &entry, e) < 0)
			return -1;
	*at += c.at;
	return result;
}

/* Reader and file system, between which a file is handed on. */
static int
take_file(void *self, const char *path, const struct fsinode *inode,
	const unsigned char *data, struct err *e)
{
	const struct image_reader *reader = self;
	bool sized = S_ISREG(inode->mode) || S_ISLNK(inode->mode);
	const struct cpio_entry entry = { .name = path,
		.data = (const char *)data,
		.size = sized ? (uint32_t)inode->size : 0,
		.inode = (uint32_t)inode->id,
		.dev_major = (uint32_t)(inode->id >> 32),
		.mode = inode->mode, .uid = inode->uid, .gid = inode->gid,
		.links = inode->links, .mtime = inode->mtime,
		.major = inode->major, .minor = inode->minor };

	return temp_interrupted(e) < 0 ? -1 :
		reader->entry(reader->self, &entry, e);
}

/* The file system that is the whole part. */
static int
read_fs(const struct part *p, const struct fsimage *f,
	const struct image_reader *reader, struct err *e)
{
	struct image_reader copy = *reader;
	const struct fsreader files = { reader->names_only, UNPACKED_MAX,
		take_file, &copy };

	announce(p, 0, f->kind->name, reader);
	return fsread_walk(f, &files, e);
}

static int
unknown(const struct part *p, size_t at, struct err *e)
{
	const unsigned char *d = (const unsigned char *)p->data + at;
	size_t left = p->size - at;

	return fail(e, 0, "%sat byte %zu: no cpio archive, no file system of "
		"an initrd and nothing that is compressed as the kernel knows "
		"it begins with %02x %02x %02x %02x", p->kind, at, d[0],
		left > 1 ? d[1] : 0,
		left > 2 ? d[2] : 0, left > 3 ? d[3] : 0);
}

static int
read_part(const struct part *p, const struct image_reader *reader,
	struct err *e)
{
	struct fsimage fs = { .data = (const unsigned char *)p->data,
		.size = p->size };
	size_t at = 0;
	int result = 0;

	fsread_recognize(&fs);
	if (fs.kind && !cpio_is(p->data, p->size) &&
	    !packed_as(p->data, p->size))
		return read_fs(p, &fs, reader, e);
	while (result == 0) {
		const struct packed *how;

		while (at < p->size && p->data[at] == 0)
			at++;
		if (at == p->size)
			break;
		how = packed_as(p->data + at, p->size - at);
		if (cpio_is(p->data + at, p->size - at))
			result = read_cpio(p, &at, reader, e);
		else if (how)
			result = read_packed(p, &at, how, reader, e);
		else
			result = unknown(p, at, e);
		if (temp_interrupted(e) < 0)
			return -1;
	}
	return result;
}

int
image_read(const char *path, const struct image_reader *reader,
	struct err *e)
{
	struct rlimit limit = { UNPACKED_MAX, UNPACKED_MAX };
	struct part whole = { .kind = "" };
	int result;

	/* what a tool unpacks of a bomb; it gets a signal, we EFBIG */
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limit);
	whole.fd = open(path, O_RDONLY | O_CLOEXEC);
	if (whole.fd < 0)
		return fail(e, errno, "%s", path);
	result = map_part(&whole, path, e);
	if (result == 0)
		result = read_part(&whole, reader, e);
	close(whole.fd);
	return result;
}
