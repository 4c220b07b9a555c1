/* SPDX-License-Identifier: MIT */
/*
 * fsread.c - the walk, see fsread.h. It ends: a directory is entered once,
 * and the names, the depth and the bytes of an image are limited.
 */
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "fsread.h"
#include "lib/text.h"
#include "memory.h"

enum { NAMES_MAX = 1 << 20 };	/* in an image */

static const struct fskind *const kinds[] = {
	&fs_ext2, &fs_minix, &fs_romfs, &fs_cramfs, &fs_squashfs
};

struct walk {
	const struct fsimage *f;
	const struct fsreader *reader;
	void *entered;		/* directories: a tree of their ids */
	unsigned names;		/* that there may still be */
	uint64_t bytes;		/* that may still be read */
	char path[FS_PATH_SIZE];
};

static int
walk_directory(struct walk *w, const struct fsinode *dir, struct err *e);

void
fsread_recognize(struct fsimage *f)
{
	f->kind = NULL;
	for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (kinds[i]->is(f->data, f->size)) {
			f->kind = kinds[i];
			return;
		}
}

/* --------------------------------------------------------------- entered */

static int
by_id(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* False: we were there already. */
static bool
enter(struct walk *w, uint64_t id)
{
	uint64_t *new = memory_get(1, sizeof *new), **found;

	*new = id;
	found = tsearch(new, &w->entered, by_id);
	if (!found || *found == new)
		return true;
	free(new);
	return false;
}

static void
forget(struct walk *w)
{
	while (w->entered) {
		uint64_t *id = *(uint64_t **)w->entered;

		tdelete(id, &w->entered, by_id);
		free(id);
	}
}

/* ------------------------------------------------------------------ files */

static int
fail_at(const struct walk *w, const char *what, struct err *e)
{
	char shown[200];

	text_clean(shown, sizeof shown, w->path);
	return fail(e, 0, "%s file system: %s: %s", w->f->kind->name, shown,
		what);
}

static int
give(struct walk *w, const struct fsinode *inode, struct err *e)
{
	const struct fsreader *r = w->reader;
	unsigned char *data;
	int result;

	if (!S_ISLNK(inode->mode) && (r->names_only || !S_ISREG(inode->mode)))
		return r->file(r->self, w->path, inode, NULL, e);
	if (inode->size > w->bytes)
		return fail_at(w, "the files have more bytes together than "
			"an image has", e);
	w->bytes -= inode->size;
	if (S_ISLNK(inode->mode) && inode->size >= FS_PATH_SIZE)
		return fail_at(w, "no link has such a target", e);
	data = memory_get((size_t)inode->size + 1, 1);
	result = w->f->kind->read(w->f, inode, data, e);
	if (result < 0)
		hint(e, "in %.200s", w->path);
	else
		result = r->file(r->self, w->path, inode, data, e);
	free(data);
	return result;
}

static int
walk_file(struct walk *w, uint64_t id, struct err *e)
{
	struct fsinode inode = { .id = id };

	if (w->f->kind->inode(w->f, &inode, e) < 0 || give(w, &inode, e) < 0)
		return -1;
	return S_ISDIR(inode.mode) ? walk_directory(w, &inode, e) : 0;
}

/* ------------------------------------------------------------ directories */

static int
walk_names(struct walk *w, const struct fsnames *names, struct err *e)
{
	size_t len = strlen(w->path);
	int result = 0;

	for (unsigned i = 0; i < names->count && result == 0; i++) {
		if (text_add(w->path, sizeof w->path, "%s%s", len ? "/" : "",
		    names->entry[i].name) < 0)
			result = fail_at(w, "the path is too long", e);
		else
			result = walk_file(w, names->entry[i].id, e);
		w->path[len] = '\0';
	}
	return result;
}

static int
walk_directory(struct walk *w, const struct fsinode *dir, struct err *e)
{
	struct fsnames names = { .budget = &w->names };
	int result;

	if (!enter(w, dir->id))
		return fail_at(w, "a directory that is in two places, or in "
			"itself", e);
	result = w->f->kind->list(w->f, dir, &names, e);
	if (result == 0)
		result = walk_names(w, &names, e);
	for (unsigned i = 0; i < names.count; i++)
		free(names.entry[i].name);
	free(names.entry);
	return result;
}

int
fsread_walk(const struct fsimage *f, const struct fsreader *reader,
	struct err *e)
{
	static struct walk w;
	struct fsinode top;
	int result;

	w = (struct walk){ .f = f, .reader = reader, .names = NAMES_MAX,
		.bytes = reader->bytes_max };
	memset(&top, 0, sizeof top);
	if (f->kind->open(f, &top.id, e) < 0 ||
	    f->kind->inode(f, &top, e) < 0)
		return -1;
	if (!S_ISDIR(top.mode))
		return fsread_damaged(f, "the top is no directory", top.id, e);
	result = walk_directory(&w, &top, e);
	forget(&w);
	return result;
}
