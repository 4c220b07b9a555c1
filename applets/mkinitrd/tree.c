/* SPDX-License-Identifier: MIT */
/*
 * tree.c - see tree.h.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/text.h"
#include "memory.h"
#include "path.h"
#include "tree.h"

/* The index of path, or of the place where it belongs. */
static unsigned
search(const struct tree *t, const char *path)
{
	unsigned low = 0, high = t->count;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;

		if (strcmp(t->node[middle]->path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct node *
tree_find(const struct tree *t, const char *path)
{
	unsigned i = search(t, path);

	return i < t->count && strcmp(t->node[i]->path, path) == 0 ?
		t->node[i] : NULL;
}

static struct node *
insert(struct tree *t, const char *path, mode_t mode)
{
	unsigned i = search(t, path);
	struct node *node = memory_get(1, sizeof *node);

	node->path = memory_text("%s", path);
	node->mode = mode;
	if (t->count == t->room) {
		t->room = t->room * 2 + 64;
		t->node = memory_more(t->node, t->room, sizeof *t->node);
	}
	memmove(t->node + i + 1, t->node + i,
		(t->count - i) * sizeof *t->node);
	t->node[i] = node;
	t->count++;
	return node;
}

static bool
link_of(const void *self, const char *path, char *target)
{
	const struct node *node = tree_find(self, path);

	return node && S_ISLNK(node->mode) &&
		text_copy(target, PATH_SIZE, node->target) == 0;
}

/* The directories above path come to be. */
static int
make_parents(struct tree *t, char *path, struct err *e)
{
	for (char *p = path; (p = strchr(p, '/')); *p++ = '/') {
		const struct node *node;

		*p = '\0';
		node = tree_find(t, path);
		if (!node)
			insert(t, path, S_IFDIR | 0755);
		else if (!S_ISDIR(node->mode))
			return fail(e, 0, "%.200s is to be a file and "
				"a directory in the image", path);
	}
	return 0;
}

struct node *
tree_put(struct tree *t, const char *path, mode_t mode, struct err *e)
{
	static char place[PATH_SIZE];
	const struct path_tree links = { link_of, t };
	struct node *node;

	if (path_goes_up(path)) {
		fail(e, 0, "%.200s: \"..\" has no meaning in a name of the "
			"image", path);
		return NULL;
	}
	if (path_resolve(&links, path, S_ISDIR(mode), place, e) < 0 ||
	    make_parents(t, place, e) < 0)
		return NULL;
	node = tree_find(t, place);
	if (!node && (place[0] || S_ISDIR(mode)))
		return insert(t, place, mode);
	if (!node || S_ISDIR(node->mode) != S_ISDIR(mode)) {
		fail(e, 0, "%.200s is to be a file and a directory in "
			"the image", path);
		return NULL;
	}
	node->mode = mode;
	node->size = 0;
	node->source = node->target = NULL;
	return node;
}

/* --------------------------------------------------------------- finish */

void
tree_finish(struct tree *t)
{
	struct node *top = tree_find(t, "");

	if (!top)
		insert(t, "", S_IFDIR | 0755);
	for (unsigned i = 0; i < t->count; i++) {
		struct node *node = t->node[i];
		char *slash = strrchr(node->path, '/');

		node->name = slash ? slash + 1 : node->path;
		node->parent = 0;
		if (!slash)
			continue;
		*slash = '\0';
		node->parent = search(t, node->path);
		*slash = '/';
	}
}

int
tree_time(uint32_t *seconds, struct err *e)
{
	const char *text = getenv("SOURCE_DATE_EPOCH");
	uint64_t value = 0;

	*seconds = 0;
	if (!text || !*text)
		return 0;
	for (const char *p = text; *p; p++) {
		if (*p < '0' || *p > '9' || value > UINT32_MAX)
			return fail(e, 0, "SOURCE_DATE_EPOCH=%s: not a number "
				"of seconds from 0 to %u", text, UINT32_MAX);
		value = value * 10 + (uint64_t)(*p - '0');
	}
	if (value > UINT32_MAX)
		return fail(e, 0, "SOURCE_DATE_EPOCH=%s: not a number of "
			"seconds from 0 to %u", text, UINT32_MAX);
	*seconds = (uint32_t)value;
	return 0;
}
