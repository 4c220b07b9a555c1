/* SPDX-License-Identifier: MIT */
/*
 * romfs.c - the ROM file system (Documentation/filesystems/romfs.rst), as
 * genromfs(8) lays it out, but with sorted names. It has neither owners nor
 * times, and of permissions only whether something may be executed.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "form.h"
#include "memory.h"
#include "temp.h"
#include "unixfs.h"

enum {
	ALIGN = 16,
	HEAD = 16,		/* bytes before the name */
	TOP = 32		/* the first file: behind the volume's name */
};

enum type { HARD_LINK, DIRECTORY, REGULAR, LINK, BLOCK, CHARACTER, SOCKET,
	PIPE, MAY_EXECUTE = 8 };

struct romfs {
	const struct tree *tree;
	struct unixfs fs;	/* for its fd */
	uint32_t *place;	/* of each node's header */
	uint64_t next;		/* free byte */
};

static uint64_t
aligned(uint64_t n)
{
	return (n + ALIGN - 1) & ~(uint64_t)(ALIGN - 1);
}

static uint64_t
head_size(const char *name)
{
	return HEAD + aligned(strlen(name) + 1);
}

static void
put_be32(unsigned char *p, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (unsigned char)(value >> (24 - 8 * i));
}

/* What makes the sum of all words 0. size: a multiple of 4. */
static uint32_t
checksum(const unsigned char *p, size_t size)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < size; i += 4)
		sum += (uint32_t)p[i] << 24 | (uint32_t)p[i + 1] << 16 |
			(uint32_t)p[i + 2] << 8 | p[i + 3];
	return -sum;
}

/* ---------------------------------------------------------------- layout */

/* Places for what is in directory number of, each with all below it. */
static void
place_directory(struct romfs *r, unsigned of)
{
	const struct tree *t = r->tree;

	r->next += head_size(".") + head_size("..");
	for (unsigned i = 1; i < t->count; i++) {
		const struct node *node = t->node[i];

		if (node->parent != of)
			continue;
		r->place[i] = (uint32_t)r->next;
		r->next += head_size(node->name);
		if (S_ISDIR(node->mode))
			place_directory(r, i);
		else if (S_ISLNK(node->mode))
			r->next += aligned(strlen(node->target));
		else
			r->next += aligned(node->size);
	}
}

/* ---------------------------------------------------------------- writing */

/* A header, without what it says of the next one. */
struct head {
	const char *name;
	unsigned type;
	uint32_t place, next;	/* 0: the last one of its directory */
	uint32_t info, size;
};

static int
put_head(const struct romfs *r, const struct head *h, struct err *e)
{
	unsigned char *data = memory_get((size_t)head_size(h->name), 1);
	int result;

	put_be32(data, h->next | h->type);
	put_be32(data + 4, h->info);
	put_be32(data + 8, h->size);
	memcpy(data + HEAD, h->name, strlen(h->name));
	put_be32(data + 12, checksum(data, (size_t)head_size(h->name)));
	result = unixfs_write(&r->fs, h->place, data,
		(size_t)head_size(h->name), e);
	free(data);
	return result;
}

static int
put_data(const struct romfs *r, const struct node *node, uint64_t at,
	struct err *e)
{
	struct sink file;

	if (S_ISLNK(node->mode))
		return unixfs_write(&r->fs, at, node->target,
			strlen(node->target), e);
	if (lseek(r->fs.fd, (off_t)at, SEEK_SET) < 0 ||
	    sink_open(&file, r->fs.fd, SQUEEZE_NONE, e) < 0)
		return -1;
	return tree_copy(r->tree, node, &file, e);
}

/* Node i, whose directory has its next entry at next. */
static int
put_node(const struct romfs *r, unsigned i, uint32_t next, struct err *e)
{
	static const unsigned char type[] = {
		[S_IFREG >> 12] = REGULAR, [S_IFDIR >> 12] = DIRECTORY,
		[S_IFLNK >> 12] = LINK, [S_IFCHR >> 12] = CHARACTER,
		[S_IFBLK >> 12] = BLOCK, [S_IFIFO >> 12] = PIPE,
		[S_IFSOCK >> 12] = SOCKET
	};
	const struct node *node = r->tree->node[i];
	struct head h = { .name = node->name, .place = r->place[i],
		.next = next, .type = type[(node->mode & S_IFMT) >> 12] };
	uint64_t behind = h.place + head_size(h.name);

	if (S_ISDIR(node->mode))
		h.info = (uint32_t)behind;
	else if (S_ISCHR(node->mode) || S_ISBLK(node->mode))
		h.info = node->major << 16 | (node->minor & 0xffff);
	else
		h.size = (uint32_t)(S_ISLNK(node->mode) ?
			strlen(node->target) : node->size);
	if (S_ISDIR(node->mode) || (S_ISREG(node->mode) &&
	    node->mode & 0111))
		h.type |= MAY_EXECUTE;
	if (put_head(r, &h, e) < 0)
		return -1;
	return h.size > 0 ? put_data(r, node, behind, e) : 0;
}

/* "." and ".." and the entries of directory number of. */
static int
put_directory(const struct romfs *r, unsigned of, struct err *e)
{
	const struct tree *t = r->tree;
	uint32_t start = of == 0 ? TOP : r->place[of] +
		(uint32_t)head_size(t->node[of]->name), next = 0;
	struct head dot = { ".", of == 0 ? DIRECTORY | MAY_EXECUTE :
		HARD_LINK, start, start + (uint32_t)head_size("."),
		of == 0 ? TOP : r->place[of], 0 };
	struct head up = { "..", HARD_LINK, dot.next, 0,
		r->place[t->node[of]->parent], 0 };

	for (unsigned i = t->count; i-- > 1;)
		if (t->node[i]->parent == of) {
			if (put_node(r, i, next, e) < 0)
				return -1;
			next = r->place[i];
		}
	up.next = next;
	return put_head(r, &dot, e) < 0 ? -1 : put_head(r, &up, e);
}

static int
put_super(const struct romfs *r, struct err *e)
{
	unsigned char head[512] = "-rom1fs-";
	size_t size = r->next < sizeof head ? (size_t)r->next : sizeof head;

	put_be32(head + 8, (uint32_t)r->next);
	memcpy(head + 16, "initrd", sizeof "initrd");
	if (pread(r->fs.fd, head + TOP, size - TOP, TOP) < 0)
		return fail(e, errno, "temporary file");
	put_be32(head + 12, checksum(head, size));
	return unixfs_write(&r->fs, 0, head, size, e);
}

int
form_romfs(const struct tree *t, uint32_t time, struct sink *s,
	struct err *e)
{
	struct romfs r = { .tree = t, .next = TOP };

	(void)time;
	r.fs.fd = temp_file(e);
	if (r.fs.fd < 0)
		return -1;
	r.place = memory_get(t->count, sizeof *r.place);
	r.place[0] = TOP;
	place_directory(&r, 0);
	if (r.next >= UINT32_MAX)
		return fail(e, EFBIG, "more than 4 GiB for romfs");
	for (unsigned i = 0; i < t->count; i++)
		if (S_ISDIR(t->node[i]->mode) && put_directory(&r, i, e) < 0)
			return -1;
	if (ftruncate(r.fs.fd, (off_t)r.next) < 0)
		return fail(e, errno, "temporary file");
	if (put_super(&r, e) < 0)
		return -1;
	return unixfs_send(&r.fs, (r.next + UNIXFS_BLOCK - 1) / UNIXFS_BLOCK,
		s, e);
}
