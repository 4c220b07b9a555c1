/* SPDX-License-Identifier: MIT */
/*
 * rescue.c - see rescue.h. BusyBox itself says which tools it has.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "add.h"
#include "memory.h"
#include "rescue.h"
#include "temp.h"
#include "tool.h"

enum { LIST_SIZE = 32 * 1024 };	/* bytes; 400 names have 3 thousand */

/* What "busybox --list" prints; a text of its own, or NULL. */
static char *
tools_of_busybox(struct err *e)
{
	static const char *const command[] = { "busybox", "--list", NULL };
	char *list = memory_get(LIST_SIZE, 1);
	int fd = temp_file(e);
	ssize_t n;

	if (fd < 0 || tool_run(command, -1, fd, e) < 0)
		return NULL;
	n = pread(fd, list, LIST_SIZE - 1, 0);
	close(fd);
	if (n > 0)
		return list;
	fail(e, n < 0 ? errno : 0, "busybox --list says nothing");
	return NULL;
}

static int
put_link(struct tree *t, const char *name, struct err *e)
{
	char *path = memory_text("bin/%s", name);
	struct node *node;

	/* the image's own linuxrc and init are not these */
	if (strcmp(name, "busybox") == 0 || strcmp(name, "linuxrc") == 0 ||
	    strcmp(name, "init") == 0 || tree_find(t, path))
		return 0;
	node = tree_put(t, path, S_IFLNK | 0777, e);
	if (!node)
		return -1;
	node->target = memory_text("busybox");
	return 0;
}

int
rescue_put(struct tree *t, struct err *e)
{
	const char *busybox = tool_find("busybox", e);
	char *list, *rest;

	if (!busybox || add_program(t, busybox, "bin/busybox", e) < 0)
		return -1;
	list = tools_of_busybox(e);
	if (!list)
		return -1;
	for (char *name = strtok_r(list, "\n", &rest); name;
	    name = strtok_r(NULL, "\n", &rest))
		if (put_link(t, name, e) < 0)
			return -1;
	free(list);
	return 0;
}
