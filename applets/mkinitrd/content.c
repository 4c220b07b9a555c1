/* SPDX-License-Identifier: MIT */
/*
 * content.c - what files of the tree hold: files of this machine, read when
 * the image is written, or bytes in the spool; see tree.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"
#include "temp.h"
#include "tree.h"

int
tree_store(struct tree *t, struct node *node, const void *data, size_t size,
	struct err *e)
{
	if (t->spool < 0)
		t->spool = temp_file(e);
	if (t->spool < 0)
		return -1;
	node->source = NULL;
	node->offset = t->spooled;
	node->size = size;
	t->spooled += size;
	return write_all(t->spool, data, size, e);
}

int
tree_source(struct node *node, const char *path, struct err *e)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return fail(e, errno, "%s", path);
	if (!S_ISREG(st.st_mode))
		return fail(e, 0, "%s is not a regular file", path);
	node->source = memory_text("%s", path);
	node->size = (uint64_t)st.st_size;
	return 0;
}

/* A file's content, being read. */
struct content {
	const char *name;	/* for sentences */
	int fd;
	uint64_t at;		/* next byte */
	bool ours;		/* to be closed */
};

static int
open_content(const struct tree *t, const struct node *node,
	struct content *c, struct err *e)
{
	*c = (struct content){ .name = node->path, .fd = t->spool,
		.at = node->offset };
	if (node->size == 0 || !node->source)
		return 0;
	c->name = node->source;
	c->at = 0;
	c->ours = true;
	c->fd = open(node->source, O_RDONLY | O_CLOEXEC);
	return c->fd < 0 ? fail(e, errno, "%s", node->source) : 0;
}

static void
close_content(const struct content *c)
{
	if (c->ours)
		close(c->fd);
}

/* The next size bytes. 0 or -1. */
static int
read_content(struct content *c, void *data, size_t size, struct err *e)
{
	size_t got = 0;

	while (got < size) {
		ssize_t n = pread(c->fd, (char *)data + got, size - got,
			(off_t)c->at);

		if (temp_interrupted(e) < 0)
			return -1;
		if (n < 0 && errno != EINTR)
			return fail(e, errno, "read %s", c->name);
		if (n == 0)
			return fail(e, 0, "%s has become shorter while it was "
				"read", c->name);
		got += n > 0 ? (size_t)n : 0;
		c->at += n > 0 ? (size_t)n : 0;
	}
	return 0;
}

int
tree_copy(const struct tree *t, const struct node *node, struct sink *sink,
	struct err *e)
{
	static char piece[64 * 1024];
	uint64_t left = node->size;
	struct content c;
	int result = 0;

	if (open_content(t, node, &c, e) < 0)
		return -1;
	while (left > 0 && result == 0) {
		size_t now = left < sizeof piece ? (size_t)left : sizeof piece;

		result = read_content(&c, piece, now, e);
		if (result == 0)
			result = sink_write(sink, piece, now, e);
		left -= now;
	}
	close_content(&c);
	return result;
}

void *
tree_load(const struct tree *t, const struct node *node, struct err *e)
{
	struct content c;
	void *data;
	int result;

	if (open_content(t, node, &c, e) < 0)
		return NULL;
	data = memory_get((size_t)node->size, 1);
	result = read_content(&c, data, (size_t)node->size, e);
	close_content(&c);
	if (result == 0)
		return data;
	free(data);
	return NULL;
}
