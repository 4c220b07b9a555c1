/* SPDX-License-Identifier: MIT */
/*
 * meant.c - see meant.h. The distance of Damerau and Levenshtein: a
 * character more, less, another, or two that have changed places. Near is a
 * third of the name at most. "-" and "_" are equal.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "lib/dir.h"
#include "lib/text.h"
#include "memory.h"
#include "meant.h"

enum { NAME_MAX_SIZE = 256 };

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static bool
same(char a, char b)
{
	return a == b || ((a == '-' || a == '_') && (b == '-' || b == '_'));
}

/* One row of the table: how far a's first i characters are from every
 * beginning of b. above, above2: the rows for i - 1 and i - 2. */
static void
next_row(const char *a, unsigned i, const char *b,
	unsigned row[3][NAME_MAX_SIZE])
{
	unsigned *now = row[i % 3], *above = row[(i + 2) % 3];
	const unsigned *above2 = row[(i + 1) % 3];

	now[0] = i;
	for (unsigned j = 1; b[j - 1]; j++) {
		now[j] = above[j - 1] + !same(a[i - 1], b[j - 1]);
		now[j] = least(now[j], above[j] + 1);
		now[j] = least(now[j], now[j - 1] + 1);
		if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) &&
		    same(a[i - 2], b[j - 1]))
			now[j] = least(now[j], above2[j - 2] + 1);
	}
}

static unsigned
distance(const char *a, const char *b)
{
	static unsigned row[3][NAME_MAX_SIZE];
	unsigned i;

	for (i = 0; i < NAME_MAX_SIZE; i++)
		row[0][i] = i;
	for (i = 1; a[i - 1]; i++)
		next_row(a, i, b, row);
	return row[(i - 1) % 3][strlen(b)];
}

void
meant_try(struct meant *n, const char *name)
{
	size_t len = strlen(n->wanted);
	unsigned changes;

	if (len >= NAME_MAX_SIZE || strlen(name) >= NAME_MAX_SIZE)
		return;
	changes = distance(n->wanted, name);
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
