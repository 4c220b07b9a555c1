/* SPDX-License-Identifier: MIT */
/*
 * meant.c - see meant.h. Near is a third of the name at most.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "lib/dir.h"
#include "lib/similar.h"
#include "lib/text.h"
#include "memory.h"
#include "meant.h"

void
meant_try(struct meant *n, const char *name)
{
	unsigned changes = similar_distance(n->wanted, name);
	size_t len = strlen(n->wanted);

	if (changes == 0 || changes > (len + 2) / 3 ||
	    (n->name[0] && changes >= n->changes))
		return;
	n->changes = changes;
	text_copy(n->name, sizeof n->name, name);
}

int
meant_hint(const struct meant *n, struct err *e)
{
	return n->name[0] ? hint(e, "is %s meant?", n->name) : -1;
}

int
meant_file(const char *path, struct err *e)
{
	const char *slash = strrchr(path, '/'), *name;
	char *dir = slash == path ? memory_text("/") : slash ?
		memory_text("%.*s", (int)(slash - path), path) :
		memory_text(".");
	struct meant n = { .wanted = slash ? slash + 1 : path };
	struct dir d;

	if (dir_open(&d, AT_FDCWD, dir) < 0)
		return errno == ENOENT ? hint(e, "%s is not there, either",
			dir) : -1;
	while ((name = dir_next(&d)))
		meant_try(&n, name);
	dir_close(&d);
	return meant_hint(&n, e);
}
