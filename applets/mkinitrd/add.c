/* SPDX-License-Identifier: MIT */
/*
 * add.c - see add.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "add.h"
#include "lib/dir.h"
#include "libraries.h"
#include "memory.h"
#include "meant.h"
#include "path.h"

enum { LINKS_MAX = 40 };	/* MAXSYMLINKS of the kernel */

/* What is being added. */
struct job {
	struct tree *tree;
	bool skeleton;		/* no libraries, and no .gitkeep */
};

static int
add_any(const struct job *j, const char *source, const char *path,
	struct err *e);

/* So that two people whose umask differs get the same image. */
static mode_t
safe_mode(mode_t mode)
{
	return mode & S_ISVTX && S_ISDIR(mode) ? mode :
		mode & ~(mode_t)(S_IWGRP | S_IWOTH);
}

static int
add_file(const struct job *j, const char *source, const char *path,
	mode_t mode, struct err *e)
{
	struct node *node = tree_put(j->tree, path, safe_mode(mode), e);

	if (!node || tree_source(node, source, e) < 0)
		return -1;
	return !j->skeleton && mode & 0111 ?
		libraries_add(j->tree, source, node->path, e) : 0;
}

static int
add_link(const struct job *j, const char *source, const char *path,
	struct err *e)
{
	char target[PATH_SIZE / 2];
	ssize_t n = readlink(source, target, sizeof target - 1);
	struct node *node;

	if (n < 0)
		return fail(e, errno, "%s", source);
	target[n] = '\0';
	node = tree_put(j->tree, path, S_IFLNK | 0777, e);
	if (!node)
		return -1;
	node->target = memory_text("%s", target);
	return 0;
}

static int
add_special(const struct job *j, const struct stat *st, const char *path,
	struct err *e)
{
	struct node *node = tree_put(j->tree, path, st->st_mode, e);

	if (!node)
		return -1;
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode)) {
		node->major = major(st->st_rdev);
		node->minor = minor(st->st_rdev);
	}
	return 0;
}

static int
add_directory(const struct job *j, const char *source, const char *path,
	struct err *e)
{
	const char *name;
	struct dir d;
	int result = 0;

	if (dir_open(&d, AT_FDCWD, source) < 0)
		return fail(e, errno, "%s", source);
	while (result == 0 && (name = dir_next(&d)))
		if (!j->skeleton || strcmp(name, ".gitkeep") != 0)
			result = add_any(j, memory_text("%s/%s", source, name),
				memory_text("%s/%s", path, name), e);
	dir_close(&d);
	return result;
}

/* As it is, a link as a link. */
static int
add_any(const struct job *j, const char *source, const char *path,
	struct err *e)
{
	struct stat st;

	if (lstat(source, &st) < 0)
		return fail(e, errno, "%s", source);
	switch (st.st_mode & S_IFMT) {
	case S_IFREG:
		return add_file(j, source, path, st.st_mode, e);
	case S_IFLNK:
		return add_link(j, source, path, e);
	case S_IFDIR:
		if (!tree_put(j->tree, path, safe_mode(st.st_mode), e))
			return -1;
		return add_directory(j, source, path, e);
	case S_IFSOCK:
		note("%s is a socket, which has no meaning in an image: left "
			"out", source);
		return 0;
	default:
		return add_special(j, &st, path, e);
	}
}

/* ------------------------------------------------------------- argument */

/* A link stays one, and what it leads to is added beside it. */
static int
add_chain(const struct job *j, char *source, struct err *e)
{
	const struct path_tree nowhere = { path_no_link, NULL };
	char *place = memory_get(PATH_SIZE, 1);
	struct stat st;

	for (unsigned links = 0; links < LINKS_MAX; links++) {
		const char *target;

		if (path_resolve(&nowhere, source, true, place, e) < 0)
			return -1;
		if (lstat(source, &st) < 0)
			return fail(e, errno, "%s", source);
		if (!S_ISLNK(st.st_mode))
			return add_any(j, source, place, e);
		if (add_link(j, source, place, e) < 0)
			return -1;
		target = tree_find(j->tree, place)->target;
		source = target[0] == '/' ? memory_text("%s", target) :
			memory_text("%.*s%s", (int)(strrchr(source, '/') + 1 -
			source), source, target);
	}
	return fail(e, ELOOP, "%s", source);
}

/* Behind a SRC that is there: a place in the image. */
static char *
destination(const char *argument, char **source)
{
	char *colon;

	*source = memory_text("%s", argument);
	if (access(*source, F_OK) == 0)
		return NULL;
	colon = strrchr(*source, ':');
	if (!colon)
		return NULL;
	*colon = '\0';
	return colon + 1;
}

int
add_argument(struct tree *t, const char *argument, struct err *e)
{
	const struct job j = { t, false };
	struct stat st;
	char *source, *to = destination(argument, &source);

	if (stat(source, &st) < 0) {
		fail(e, errno, "--add %s", source);
		return meant_file(source, e);
	}
	if (!to && source[0] != '/')
		return fail(e, 0, "--add %s: a name that does not begin with / "
			"needs a place in the image: --add %s:/bin/%s", source,
			source, strrchr(source, '/') ? strrchr(source, '/') + 1
			: source);
	if (!to)
		return add_chain(&j, source, e);
	if (!to[0] || to[strlen(to) - 1] == '/')
		to = memory_text("%s%s", to, strrchr(source, '/') ?
			strrchr(source, '/') + 1 : source);
	return add_any(&j, realpath(source, NULL), to, e);
}

int
add_skeleton(struct tree *t, const char *dir, struct err *e)
{
	const struct job j = { t, true };
	struct stat st;

	if (stat(dir, &st) < 0) {
		fail(e, errno, "--skel %s", dir);
		return meant_file(dir, e);
	}
	if (!S_ISDIR(st.st_mode))
		return fail(e, ENOTDIR, "--skel %s", dir);
	if (!tree_put(t, "", safe_mode(st.st_mode), e))
		return -1;
	return add_directory(&j, dir, "", e);
}

int
add_program(struct tree *t, const char *source, const char *path,
	struct err *e)
{
	struct node *node = tree_put(t, path, S_IFREG | 0755, e);

	if (!node || tree_source(node, source, e) < 0)
		return -1;
	return libraries_add(t, source, node->path, e);
}
