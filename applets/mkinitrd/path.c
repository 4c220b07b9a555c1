/* SPDX-License-Identifier: MIT */
/*
 * path.c - see path.h. Follows path_resolution(7).
 */
#include <errno.h>
#include <string.h>

#include "lib/text.h"
#include "path.h"

enum { LINKS_MAX = 40 };	/* MAXSYMLINKS of the kernel */

static struct {
	char rest[PATH_SIZE];		/* still to go */
	char target[PATH_SIZE];		/* of a link */
	char name[PATH_SIZE];		/* the next component */
	unsigned links;
} walk;

static int
too_long(const char *path, struct err *e)
{
	return fail(e, ENAMETOOLONG, "%.200s...", path);
}

/* Take the first component off the rest. False: there is none. */
static bool
next_component(void)
{
	const char *start = walk.rest + strspn(walk.rest, "/");
	size_t len = strcspn(start, "/");

	memcpy(walk.name, start, len);
	walk.name[len] = '\0';
	memmove(walk.rest, start + len, strlen(start + len) + 1);
	return len > 0;
}

static bool
is_last(void)
{
	return strspn(walk.rest, "/") == strlen(walk.rest);
}

static void
go_up(char *result)
{
	char *slash = strrchr(result, '/');

	*(slash ? slash : result) = '\0';
}

/* The link's target comes before the rest. */
static int
follow(const char *path, char *result, size_t parent, struct err *e)
{
	if (++walk.links > LINKS_MAX)
		return fail(e, ELOOP, "%.200s", path);
	if (text_add(walk.target, sizeof walk.target, "/%s", walk.rest) < 0)
		return too_long(path, e);
	result[walk.target[0] == '/' ? 0 : parent] = '\0';
	memcpy(walk.rest, walk.target, sizeof walk.rest);
	return 0;
}

int
path_resolve(const struct path_tree *tree, const char *path, bool follow_last,
	char *result, struct err *e)
{
	result[0] = '\0';
	walk.links = 0;
	if (text_copy(walk.rest, sizeof walk.rest, path) < 0)
		return too_long(path, e);
	while (next_component()) {
		size_t parent = strlen(result);

		if (strcmp(walk.name, ".") == 0)
			continue;
		if (strcmp(walk.name, "..") == 0) {
			go_up(result);
			continue;
		}
		if (text_add(result, PATH_SIZE, "%s%s", parent ? "/" : "",
		    walk.name) < 0)
			return too_long(path, e);
		if ((follow_last || !is_last()) &&
		    tree->link(tree->self, result, walk.target) &&
		    follow(path, result, parent, e) < 0)
			return -1;
	}
	return 0;
}

bool
path_goes_up(const char *path)
{
	while (*path) {
		size_t len = strcspn(path, "/");

		if (len == 2 && path[0] == '.' && path[1] == '.')
			return true;
		path += len + strspn(path + len, "/");
	}
	return false;
}

bool
path_no_link(const void *self, const char *path, char *target)
{
	(void)self;
	(void)path;
	(void)target;
	return false;
}
