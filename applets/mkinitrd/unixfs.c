/* SPDX-License-Identifier: MIT */
/*
 * unixfs.c - see unixfs.h.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "temp.h"
#include "unixfs.h"

void
put_le16(unsigned char *p, unsigned value)
{
	p[0] = (unsigned char)value;
	p[1] = (unsigned char)(value >> 8);
}

void
put_le32(unsigned char *p, uint32_t value)
{
	put_le16(p, value & 0xffff);
	put_le16(p + 2, value >> 16);
}

static uint64_t
divided(uint64_t a, uint64_t b)
{
	return (a + b - 1) / b;
}

uint64_t
unixfs_count(const struct unixfs *fs, uint64_t size)
{
	uint64_t blocks = divided(size, UNIXFS_BLOCK), count = blocks;
	uint64_t left = blocks > fs->direct ? blocks - fs->direct : 0;
	uint64_t per = UNIXFS_BLOCK / fs->width, below = 1;

	/* a pointer of level n stands for per^n blocks */
	for (unsigned level = 1; level <= fs->levels && left > 0; level++) {
		uint64_t here = left < below * per ? left : below * per;

		for (uint64_t each = per; each <= below * per; each *= per)
			count += divided(here, each);
		below *= per;
		left -= here;
	}
	return count;
}

int
unixfs_write(const struct unixfs *fs, uint64_t at, const void *data,
	size_t size, struct err *e)
{
	const char *p = data;

	while (size > 0) {
		ssize_t n = pwrite(fs->fd, p, size, (off_t)at);

		if (temp_interrupted(e) < 0)
			return -1;
		if (n < 0 && errno != EINTR)
			return fail(e, errno, "write");
		p += n > 0 ? n : 0;
		at += n > 0 ? (uint64_t)n : 0;
		size -= n > 0 ? (size_t)n : 0;
	}
	return 0;
}

/* What is still to be written of a file. */
struct rest {
	const unsigned char *data;
	uint64_t size;
};

static uint32_t
take_block(struct unixfs *fs)
{
	uint32_t block = fs->skip ? fs->skip(fs, fs->next) : fs->next;

	fs->next = block + 1;
	fs->used++;
	return block;
}

static int
write_data(struct unixfs *fs, struct rest *rest, uint32_t block,
	struct err *e)
{
	size_t now = rest->size < UNIXFS_BLOCK ? (size_t)rest->size :
		UNIXFS_BLOCK;
	const unsigned char *data = rest->data;

	rest->data += now;
	rest->size -= now;
	/* the image is made of zeros */
	return unixfs_write(fs, (uint64_t)block * UNIXFS_BLOCK, data, now, e);
}

/* One pointer of this level (0: to data) and all that is behind it. */
static int
write_level(struct unixfs *fs, struct rest *rest, unsigned level,
	uint32_t *pointer, struct err *e)
{
	unsigned char table[UNIXFS_BLOCK] = { 0 };
	uint32_t below;

	*pointer = take_block(fs);
	if (level == 0)
		return write_data(fs, rest, *pointer, e);
	for (unsigned at = 0; at < UNIXFS_BLOCK && rest->size > 0;
	    at += fs->width) {
		if (write_level(fs, rest, level - 1, &below, e) < 0)
			return -1;
		if (fs->width == 2)
			put_le16(table + at, below);
		else
			put_le32(table + at, below);
	}
	return unixfs_write(fs, (uint64_t)*pointer * UNIXFS_BLOCK, table,
		sizeof table, e);
}

int
unixfs_put(struct unixfs *fs, const void *data, uint64_t size,
	uint32_t *pointer, struct err *e)
{
	struct rest rest = { data, size };
	unsigned i;

	memset(pointer, 0, UNIXFS_POINTERS * sizeof *pointer);
	for (i = 0; i < fs->direct + fs->levels && rest.size > 0; i++)
		if (write_level(fs, &rest, i < fs->direct ? 0 :
		    i - fs->direct + 1, &pointer[i], e) < 0)
			return -1;
	return rest.size == 0 ? 0 : fail(e, EFBIG, "%llu bytes in one file",
		(unsigned long long)size);
}

int
unixfs_put_node(struct unixfs *fs, const struct tree *t,
	const struct node *node, uint32_t *pointer, struct err *e)
{
	void *data;
	int result;

	if (S_ISLNK(node->mode))
		return unixfs_put(fs, node->target, strlen(node->target),
			pointer, e);
	data = tree_load(t, node, e);
	if (!data)
		return -1;
	result = unixfs_put(fs, data, node->size, pointer, e);
	free(data);
	return result < 0 ? hint(e, "%s", node->path) : 0;
}

int
unixfs_send(struct unixfs *fs, uint64_t blocks, struct sink *s,
	struct err *e)
{
	int result = ftruncate(fs->fd, (off_t)(blocks * UNIXFS_BLOCK)) < 0 ||
		lseek(fs->fd, 0, SEEK_SET) < 0 ?
		fail(e, errno, "temporary file") : sink_file(s, fs->fd, e);

	close(fs->fd);
	return result;
}

int
unixfs_old_device(const struct node *node, const char *fstype,
	uint32_t *number, struct err *e)
{
	*number = node->major << 8 | node->minor;
	return node->major < 256 && node->minor < 256 ? 0 :
		fail(e, 0, "%s: a device %u,%u does not fit into %s, which "
		"has numbers up to 255", node->path, node->major, node->minor,
		fstype);
}
