/* SPDX-License-Identifier: MIT */
/*
 * path - what a path means in a tree that is not the machine's own: absolute
 * links begin at its top, and ".." at the top stays there, as after
 * chroot(2). Pure: who calls says what is a link.
 */
#ifndef MKINITRD_PATH_H
#define MKINITRD_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/err.h"

enum { PATH_SIZE = 4096 };	/* PATH_MAX of the kernel */

/* A tree, and how it tells its links. */
struct path_tree {
	/* Put the target of the link at path into target (PATH_SIZE bytes).
	 * False: there is no link, or nothing at all. */
	bool (*link)(const void *self, const char *path, char *target);
	const void *self;
};

/*
 * What path means, into result (PATH_SIZE bytes): no link, no "." and "..",
 * no slash at the beginning or end, "" for the top. Components that are not
 * there are taken for what they say. follow_last: a link at the end is
 * followed. 0, or -1: too long, or too many links.
 */
int
path_resolve(const struct path_tree *tree, const char *path, bool follow_last,
	char *result, struct err *e);

/* A tree without links: the link() of a struct path_tree. */
bool
path_no_link(const void *self, const char *path, char *target);

/* True when a component of it is "..". */
bool
path_goes_up(const char *path);

#endif
