/* SPDX-License-Identifier: MIT */
/*
 * libraries.c - see libraries.h. The order is that of ld.so(8): DT_RPATH of
 * the object and of who needs it, unless it has DT_RUNPATH; DT_RUNPATH;
 * ld.so.conf, in place of its cache; the loader's own directories, which are
 * that of the loader itself (so no table of architectures is needed) and the
 * usual ones. LD_LIBRARY_PATH says nothing about an image. An image has no
 * cache, so what ld.so.conf has found goes to the loader's directory.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "elf.h"
#include "ldconf.h"
#include "lib/file.h"
#include "lib/text.h"
#include "libraries.h"
#include "memory.h"
#include "place.h"

/* A program or library of the root. */
struct object {
	char *path;		/* in the root, links followed */
	char *image;		/* in the image */
	struct elf elf;
	int needed_by;		/* index, or -1 */
};

static struct {
	int root;
	const char *top;	/* its name on this machine, "" for "/" */
	char *own;		/* the loader's directory: "lib/..." */
	const char *loader;	/* its name */
	bool musl;		/* whose loader is its libc, too */
	struct ldconf conf;
	struct object *object;
	unsigned count;
} now;

/* Map the file at path, which need not be an ELF file. */
static bool
open_elf(const char *path, struct elf *elf)
{
	struct file_map map;
	struct err ignored;

	if (file_map(AT_FDCWD, path, &map, &ignored) < 0 || !map.data)
		return false;
	if (elf_open(elf, map.data, map.size))
		return true;
	file_unmap(&map);
	return false;
}

static char *
directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return memory_text("%.*s", slash ? (int)(slash - path) : 0, path);
}

/* ----------------------------------------------------------------- root */

static bool
has_file(const char *top, const char *path)
{
	static char place[PATH_SIZE];
	struct err ignored;
	int root = open(top[0] ? top : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool found = root >= 0 &&
		place_resolve(root, path, true, place, &ignored) == 0 &&
		faccessat(root, place, R_OK, 0) == 0;

	if (root >= 0)
		close(root);
	return found;
}

/*
 * The nearest directory above source that has the loader. Where /lib is a
 * link to /usr/lib, /usr has it too and is no root.
 */
static const char *
find_root(const char *source, const char *loader)
{
	char *top = memory_text("%s", source), *slash;

	while ((slash = strrchr(top, '/'))) {
		const char *last;

		*slash = '\0';
		last = strrchr(top, '/');
		if ((!last || strcmp(last, "/usr") != 0) &&
		    has_file(top, loader))
			return top;
	}
	return NULL;
}

/* --------------------------------------------------------------- search */

/* A list of directories has $ORIGIN in it, or ${ORIGIN}. NULL: something
 * else that only the loader knows. */
static char *
expand(const char *dir, size_t len, const char *origin)
{
	char *text = memory_text("%.*s", (int)len, dir);
	char *dollar = strchr(text, '$');
	const char *rest;

	if (!dollar)
		return text;
	rest = text_after(dollar, "${ORIGIN}");
	if (!rest)
		rest = text_after(dollar, "$ORIGIN");
	if (!rest || strchr(rest, '$'))
		return NULL;
	return memory_text("%.*s/%s%s", (int)(dollar - text), text, origin,
		rest);
}

/* Take the file dir/name of the root, if it is a library for the program.
 * image: the directory where it will be. */
static struct object *
try(const char *dir, const char *image, const char *name)
{
	static char place[PATH_SIZE];
	char *path = memory_text("%s/%s", dir, name);
	struct object found = { .needed_by = -1 };
	const struct elf *program = &now.object[0].elf;
	struct err ignored;

	if (place_resolve(now.root, path, true, place, &ignored) < 0 ||
	    !open_elf(memory_text("%s/%s", now.top, place), &found.elf) ||
	    found.elf.is64 != program->is64 || found.elf.big != program->big ||
	    found.elf.machine != program->machine)
		return NULL;
	found.path = memory_text("%s", place);
	found.image = memory_text("%s/%s", image, name);
	now.object = memory_more(now.object, now.count + 1, sizeof found);
	now.object[now.count] = found;
	return &now.object[now.count++];
}

/* Directories as DT_RPATH lists them. of: who says so. */
static struct object *
try_list(const char *list, unsigned of, const char *name)
{
	const struct object *o = &now.object[of];
	char *path = directory_of(o->path), *image = directory_of(o->image);
	struct object *found = NULL;

	while (list && *list && !found) {
		size_t len = strcspn(list, ":");
		char *here = expand(list, len, path);

		if (len > 0 && here)
			found = try(here, expand(list, len, image), name);
		list += len + (list[len] == ':');
	}
	return found;
}

/* The loader's own directories, also with and without /usr. */
static struct object *
try_usual(const char *name)
{
	static const char *const usual[] = { "lib64", "usr/lib64", "lib",
		"usr/lib" };
	const char *below = text_after(now.own, "usr/");
	struct object *found = try(now.own, now.own, name);

	if (!found)
		found = try(below ? below : memory_text("usr/%s", now.own),
			now.own, name);
	for (unsigned i = now.object[0].elf.is64 ? 0 : 2; i < 4 && !found; i++)
		found = try(usual[i], usual[i], name);
	return found ? found : try("usr/local/lib", now.own, name);
}

static struct object *
search(unsigned of, const char *name)
{
	const char *runpath = elf_runpath(&now.object[of].elf);
	struct object *found = NULL;

	if (strchr(name, '/'))
		return try("", "", name);
	for (int i = (int)of; i >= 0 && !runpath && !found;
	    i = now.object[i].needed_by)
		if (!elf_runpath(&now.object[i].elf))
			found = try_list(elf_rpath(&now.object[i].elf),
				(unsigned)i, name);
	if (!found)
		found = try_list(runpath, of, name);
	for (unsigned i = 0; i < now.conf.count && !found; i++)
		found = try(now.conf.dir[i], now.own, name);
	return found ? found : try_usual(name);
}

/* ------------------------------------------------------------------ add */

static int
put(struct tree *t, const struct object *o, struct err *e)
{
	static const struct path_tree nowhere = { path_no_link, NULL };
	char *image = memory_get(PATH_SIZE, 1);
	struct node *node;

	/* $ORIGIN/../lib */
	if (path_resolve(&nowhere, o->image, true, image, e) < 0)
		return -1;
	node = tree_put(t, image, S_IFREG | 0755, e);
	return node ? tree_source(node, memory_text("%s/%s", now.top, o->path),
		e) : -1;
}

/* Loaded by then, by the same name. */
static bool
is_known(const char *name)
{
	if (strcmp(name, now.loader) == 0 ||
	    (now.musl && text_after(name, "libc.")))
		return true;
	for (unsigned i = 1; i < now.count; i++) {
		const char *slash = strrchr(now.object[i].image, '/');

		if (strcmp(slash ? slash + 1 : now.object[i].image,
		    name) == 0)
			return true;
	}
	return false;
}

/* What one object needs comes to be an object, too. */
static int
add_needed(struct tree *t, unsigned of, struct err *e)
{
	const char *name;

	for (unsigned n = 0; (name = elf_needed(&now.object[of].elf, n)); n++) {
		struct object *found;

		if (is_known(name))
			continue;
		found = search(of, name);
		if (!found)
			return fail(e, 0, "%s/%s needs %s, which is in none of "
				"the directories where its loader looks",
				now.top, now.object[of].path, name);
		found->needed_by = (int)of;
		if (put(t, found, e) < 0)
			return -1;
	}
	return 0;
}

/* The loader goes where the program says that it is. */
static int
put_loader(struct tree *t, const char *loader, struct err *e)
{
	char *place = memory_get(PATH_SIZE, 1);
	struct object o = { .image = memory_text("%s", loader),
		.path = place };
	const char *slash = strrchr(loader, '/');

	now.loader = slash ? slash + 1 : loader;
	if (place_resolve(now.root, loader, true, place, e) < 0)
		return -1;
	now.musl = text_after(now.loader, "ld-musl-") != NULL;
	now.own = now.musl ? memory_text("lib") : directory_of(place);
	if (now.musl)
		ldconf_read(now.root, memory_text("etc/%.*s.path",
			(int)strcspn(now.loader, "."), now.loader), &now.conf);
	else
		ldconf_read(now.root, "etc/ld.so.conf", &now.conf);
	return put(t, &o, e);
}

static int
add_from_root(struct tree *t, const char *loader, struct err *e)
{
	int result;

	now.root = open(now.top[0] ? now.top : "/", O_RDONLY | O_DIRECTORY |
		O_CLOEXEC);
	if (now.root < 0)
		return fail(e, errno, "%s", now.top);
	result = put_loader(t, loader, e);
	for (unsigned i = 0; i < now.count && result == 0; i++)
		result = add_needed(t, i, e);
	close(now.root);
	return result;
}

int
libraries_add(struct tree *t, const char *source, const char *path,
	struct err *e)
{
	struct object program = { .image = memory_text("%s", path),
		.needed_by = -1 };
	char *real = realpath(source, NULL);
	const char *loader;

	if (!real)
		return fail(e, errno, "%s", source);
	if (!open_elf(real, &program.elf))
		return 0;
	loader = elf_interpreter(&program.elf);
	if (!loader)
		return 0;
	now.top = find_root(real, loader);
	if (!now.top)
		return fail(e, 0, "%s needs %s, which is in no directory above "
			"it", source, loader);
	program.path = real + strlen(now.top) + 1;
	now.object = memory_more(now.object, 1, sizeof program);
	now.object[0] = program;
	now.count = 1;
	return add_from_root(t, loader, e);
}
