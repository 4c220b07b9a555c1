/* SPDX-License-Identifier: MIT */
/*
 * tree - what an image will hold, by name, before any format is thought of.
 * Everything belongs to root and is as old as SOURCE_DATE_EPOCH says, and the
 * names are in the order of their bytes: the same input, the same image.
 */
#ifndef MKINITRD_TREE_H
#define MKINITRD_TREE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "lib/err.h"
#include "sink.h"

struct node {
	char *path;		/* in the image, without a slash before it */
	mode_t mode;		/* S_IF* and permissions */
	uint64_t size;		/* bytes of a file */
	char *source;		/* a file of this machine; NULL: spooled */
	uint64_t offset;	/* in the spool */
	char *target;		/* of a symbolic link */
	unsigned major, minor;	/* of a device */
	unsigned parent;	/* index of it, and */
	const char *name;	/* the last part of path: by tree_finish() */
};

struct tree {
	struct node **node;	/* sorted by path */
	unsigned count, room;
	int spool;		/* a nameless file, or -1 */
	uint64_t spooled;	/* bytes of it */
};

/*
 * The node at path, new and empty, with this mode (S_IF* and permissions).
 * Slashes before the path do not matter, and symbolic links of the tree on
 * the way to it are followed, for a directory also the last one. What was
 * there is replaced; a directory only gets the mode. Directories above it
 * come to be with 0755. NULL and a sentence: the path is too long or has a
 * ".." in it, or a directory and something else would have to be at one
 * place.
 */
struct node *
tree_put(struct tree *t, const char *path, mode_t mode, struct err *e);

/* The node at exactly this path, or NULL. */
struct node *
tree_find(const struct tree *t, const char *path);

/* Give the node a copy of these bytes as its content. 0 or -1. */
int
tree_store(struct tree *t, struct node *node, const void *data, size_t size,
	struct err *e);

/* The node's content is the file at path of this machine, whole, as it is
 * now. 0 or -1. */
int
tree_source(struct node *node, const char *path, struct err *e);

/* Let the whole content of a file go to the sink. 0 or -1 (also: the file
 * has become shorter). */
int
tree_copy(const struct tree *t, const struct node *node, struct sink *sink,
	struct err *e);

/* The same into memory that the caller frees; NULL and a sentence. */
void *
tree_load(const struct tree *t, const struct node *node, struct err *e);

/* When all is there: node 0 becomes the top of the tree (path ""), and
 * parent and name of all are set. */
void
tree_finish(struct tree *t);

/* Seconds since 1970 from SOURCE_DATE_EPOCH, or 0 without it. 0 or -1. */
int
tree_time(uint32_t *seconds, struct err *e);

#endif
