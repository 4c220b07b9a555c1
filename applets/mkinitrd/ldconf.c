/* SPDX-License-Identifier: MIT */
/*
 * ldconf.c - see ldconf.h. "include" takes a pattern in the last component
 * of its path, as every distribution writes it.
 */
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "ldconf.h"
#include "lib/dir.h"
#include "lib/file.h"
#include "memory.h"
#include "place.h"

enum {
	DEPTH_MAX = 4,		/* a file that includes itself ends */
	CONF_SIZE = 64 * 1024	/* bytes; real ones have a hundred */
};

static void
read_conf(int root, const char *path, struct ldconf *conf, unsigned depth);

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Every file of the directory whose name fits, in the order of the names. */
static void
include_matching(int root, const char *pattern, struct ldconf *conf,
	unsigned depth)
{
	const char *slash = strrchr(pattern, '/'), *name;
	char *dir = memory_text("%.*s", slash ? (int)(slash - pattern) : 0,
		pattern);
	char *place = memory_get(PATH_SIZE, 1), **found = NULL;
	struct err ignored;
	unsigned count = 0;
	struct dir d;

	if (place_resolve(root, dir, true, place, &ignored) < 0 ||
	    dir_open(&d, root, place[0] ? place : ".") < 0)
		return;
	while ((name = dir_next(&d)))
		if (fnmatch(slash ? slash + 1 : pattern, name,
		    FNM_PERIOD) == 0) {
			found = memory_more(found, count + 1, sizeof *found);
			found[count++] = memory_text("%s/%s", dir, name);
		}
	dir_close(&d);
	if (count > 0)
		qsort(found, count, sizeof *found, by_name);
	for (unsigned i = 0; i < count; i++)
		read_conf(root, found[i], conf, depth + 1);
}

static void
read_line(int root, char *line, struct ldconf *conf, unsigned depth)
{
	char *word, *rest;

	line[strcspn(line, "#")] = '\0';
	word = strtok_r(line, " \t:,", &rest);
	if (!word)
		return;
	if (strcmp(word, "include") == 0) {
		while ((word = strtok_r(NULL, " \t", &rest)))
			include_matching(root, word, conf, depth);
		return;
	}
	for (; word; word = strtok_r(NULL, " \t:,", &rest)) {
		conf->dir = memory_more(conf->dir, conf->count + 1,
			sizeof *conf->dir);
		conf->dir[conf->count++] = memory_text("%s", word);
	}
}

static void
read_conf(int root, const char *path, struct ldconf *conf, unsigned depth)
{
	char *place = memory_get(PATH_SIZE, 1);
	char *text = memory_get(CONF_SIZE, 1), *line, *rest;
	struct err ignored;

	if (depth < DEPTH_MAX &&
	    place_resolve(root, path, true, place, &ignored) == 0 &&
	    file_read(root, place, text, CONF_SIZE, &ignored) > 0)
		for (line = strtok_r(text, "\n", &rest); line;
		    line = strtok_r(NULL, "\n", &rest))
			read_line(root, line, conf, depth);
	free(place);
	free(text);
}

void
ldconf_read(int root, const char *path, struct ldconf *conf)
{
	*conf = (struct ldconf){ NULL, 0 };
	read_conf(root, path, conf, 0);
}
