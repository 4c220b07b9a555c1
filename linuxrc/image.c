/* SPDX-License-Identifier: MIT */
/*
 * image.c - see image.h. A partition inside is reached by offset and size of
 * the loop device, not by a partition scan of the kernel: that works on every
 * kernel, and nothing has to be waited for.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "image.h"
#include "lib/blk.h"
#include "lib/dir.h"
#include "lib/imagespec.h"
#include "lib/inside.h"
#include "lib/log.h"
#include "lib/loop.h"
#include "lib/similar.h"
#include "lib/text.h"

enum {
	LIST_SIZE = 300,	/* names in a sentence */
	SHOWN_MAX = 200		/* of linuxrc.image= in a sentence */
};

/* Always -1. */
static int
fail_image(const struct image *i, int code, struct err *e)
{
	return fail(e, code, "linuxrc.image=%.*s", SHOWN_MAX, i->text);
}

/* ------------------------------------------------------------- the file */

/* Which name of the directory is like the one that is not there; else the
 * first of them all. */
static void
hint_names(const struct image *i, int dir, const char *path, const char *name,
	struct err *e)
{
	char list[LIST_SIZE] = "", best[NAME_SIZE] = "";
	unsigned distance, least = (unsigned)strlen(name) / 3 + 2;
	const char *entry;
	struct dir d;

	if (dir_open(&d, dir, ".") < 0)
		return;
	while ((entry = dir_next(&d))) {
		distance = similar_distance(entry, name);
		if (distance < least && text_copy(best, sizeof best,
		    entry) == 0)
			least = distance;
		if (strlen(list) + strlen(entry) + sizeof ", ..." < LIST_SIZE)
			text_add(list, sizeof list, "%s%s", list[0] ? ", " :
				"", entry);
	}
	dir_close(&d);
	if (best[0])
		hint(e, "/%s of %s has %s", path, i->in, best);
	else
		hint(e, "/%s of %s has %s", path, i->in,
			list[0] ? list : "nothing");
}

/* Where the path ends in what is there. */
static void
hint_missing(const struct image *i, int root, char *path, struct err *e)
{
	char *name = path, *slash;
	int dir = root, next;

	while ((slash = strchr(name, '/'))) {
		*slash = '\0';
		next = openat(root, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (next < 0)
			break;
		if (dir != root)
			close(dir);
		dir = next;
		*slash = '/';
		name = slash + 1;
	}
	if (name > path)
		name[-1] = '\0';
	hint_names(i, dir, name > path ? path : "", name, e);
	if (dir != root)
		close(dir);
}

static int
open_file(struct image *i, int root, const char *path)
{
	int file = -1;

	if (i->rw)
		file = openat(root, path, O_RDWR | O_CLOEXEC);
	if (file >= 0 || (i->rw && errno != EROFS && errno != EACCES &&
	    errno != EPERM && errno != ETXTBSY))
		return file;
	if (i->rw)
		say(LOG_WITHOUT, "%.*s cannot be written: %s", SHOWN_MAX,
			i->text, strerror(errno));
	i->rw = false;
	return openat(root, path, O_RDONLY | O_CLOEXEC);
}

/* In the chroot, whose root is open at root. The fd, or -1. */
static int
find_file(struct image *i, int root, struct image_spec *spec, struct err *e)
{
	int file = open_file(i, root, spec->path);
	struct stat st;

	if (file < 0) {
		fail_image(i, errno, e);
		if (e->code == ENOENT || e->code == ENOTDIR)
			hint_missing(i, root, spec->path, e);
		return -1;
	}
	if (fstat(file, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
		return file;
	fail_image(i, 0, e);
	text_add(e->text, sizeof e->text, S_ISREG(st.st_mode) ?
		": the file is empty" : ": that is no file");
	close(file);
	return -1;
}

static int
open_inside(struct image *i, struct image_spec *spec, struct err *e)
{
	int outside = inside_enter(i->dir, e), root, file = -1;

	if (outside < 0)
		return -1;
	root = openat(AT_FDCWD, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		fail(e, errno, "%s", i->dir);
	else
		file = find_file(i, root, spec, e);
	if (root >= 0)
		close(root);
	if (inside_leave(outside, e) == 0)
		return file;
	if (file >= 0)
		close(file);
	return -1;
}

/* -------------------------------------------------------- its partitions */

/* What is seen of a partition table on the way through it. */
struct choice {
	unsigned fitting;
	struct blk_part part;	/* the first that fits */
	char list[LIST_SIZE];	/* "#1 (vfat), #2 (ext4 LABEL=root)" */
};

static void
describe(struct choice *c, unsigned number, const struct blk_info *info)
{
	char label[64];

	text_clean(label, sizeof label, info->label);
	text_add(c->list, sizeof c->list, "%s#%u (%s%s%s)",
		c->list[0] ? ", " : "", number,
		info->type[0] ? info->type : "nothing known",
		label[0] ? " LABEL=" : "", label);
}

static void
look_at(struct choice *c, int file, int wanted, const struct blk_part *part)
{
	struct blk_info info;
	struct err ignored;

	if (blk_probe_part(file, part->start, part->size, &info,
	    &ignored) < 0)
		memset(&info, 0, sizeof info);
	describe(c, part->number, &info);
	if (wanted != IMAGESPEC_ANY ? part->number != (unsigned)wanted :
	    info.usage != BLK_FILESYSTEM)
		return;
	if (c->fitting++ == 0)
		c->part = *part;
}

static int
fail_choice(const struct image *i, const struct choice *c, int wanted,
	struct err *e)
{
	fail_image(i, 0, e);
	if (c->fitting > 1) {
		text_add(e->text, sizeof e->text, ": several of its "
			"partitions hold a file system");
		return hint(e, "name one of %s", c->list);
	}
	text_add(e->text, sizeof e->text, wanted == IMAGESPEC_ANY ?
		": none of its partitions holds a file system" :
		": it has no such partition");
	return hint(e, "it has %s", c->list[0] ? c->list : "none");
}

/* Which part of the file is meant; s->size 0 is the whole. */
static int
choose_part(const struct image *i, int wanted, struct loop_source *s,
	struct err *e)
{
	struct choice c = { 0 };
	struct blk_part part;
	struct blk_table t;
	unsigned n;

	if (blk_table_open(&t, s->file, e) < 0)
		return -1;
	for (n = 0; n < t.count; n++) {
		blk_table_entry(&t, n, &part);
		look_at(&c, s->file, wanted, &part);
	}
	n = t.count;
	blk_table_close(&t);
	if (n == 0 && wanted == IMAGESPEC_ANY)
		return 0;
	if (c.fitting != 1)
		return fail_choice(i, &c, wanted, e);
	s->offset = c.part.start;
	s->size = c.part.size;
	return 0;
}

static int
choose(const struct image *i, int wanted, struct loop_source *s, struct err *e)
{
	struct blk_info info;
	struct err ignored;

	if (wanted == 0 || (wanted == IMAGESPEC_ANY && blk_probe(s->file,
	    &info, &ignored) == 0 && info.usage == BLK_FILESYSTEM))
		return 0;
	return choose_part(i, wanted, s, e);
}

/* ------------------------------------------------------------ the device */

static int
attach(struct image *i, const struct places *at, struct loop_source *s,
	struct root_device *d, struct err *e)
{
	const struct blockdevs devices = { at->proc, at->sys, at->dev, false };

	s->read_only = !i->rw;
	i->fd = loop_attach(&devices, s, d->name, e);
	if (i->fd < 0)
		return -1;
	d->fstype[0] = '\0';
	blockdev_find(&devices, d->name, &d->major, &d->minor);
	return 0;
}

int
image_attach(struct image *i, const struct places *at, struct root_device *d,
	struct err *e)
{
	struct loop_source s = { .name = i->text };
	static struct image_spec spec;
	int result;

	i->fd = -1;
	if (imagespec_parse(i->text, &spec, e) < 0)
		return -1;
	text_copy(i->types, sizeof i->types, spec.types);
	s.file = open_inside(i, &spec, e);
	if (s.file < 0)
		return -1;
	result = choose(i, spec.partition, &s, e);
	if (result == 0)
		result = attach(i, at, &s, d, e);
	close(s.file);
	return result;
}
