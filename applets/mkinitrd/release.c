/* SPDX-License-Identifier: MIT */
/*
 * release.c - see release.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "lib/dir.h"
#include "lib/text.h"
#include "meant.h"
#include "memory.h"
#include "release.h"

enum { LIST_SIZE = 400 };	/* bytes of the versions in a sentence */

static bool
has_modules(const char *dir)
{
	char *path = memory_text("%s/modules.dep", dir);
	bool there = access(path, R_OK) == 0;

	free(path);
	return there;
}

/* The versions below base that have modules: their number, all in one list,
 * the last one, and the one that is nearest to what was wanted. */
struct found {
	unsigned count;
	char list[LIST_SIZE];
	char last[256];
	struct meant meant;
};

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
look(const char *base, const char *wanted, struct found *f)
{
	char **names = NULL;
	const char *name;
	struct dir d;

	*f = (struct found){ .meant = { .wanted = wanted } };
	if (dir_open(&d, AT_FDCWD, base) < 0)
		return;
	while ((name = dir_next(&d)))
		if (has_modules(memory_text("%s/%s", base, name))) {
			names = memory_more(names, f->count + 1,
				sizeof *names);
			names[f->count++] = memory_text("%s", name);
			meant_try(&f->meant, name);
		}
	dir_close(&d);
	if (f->count > 0)
		qsort(names, f->count, sizeof *names, by_name);
	for (unsigned i = 0; i < f->count; i++) {
		text_add(f->list, sizeof f->list, "%s%s", i > 0 ? ", " : "",
			names[i]);
		text_copy(f->last, sizeof f->last, names[i]);
	}
}

/* The directory in which directories of versions are, or NULL. */
static char *
find_base(const char *dir)
{
	static const char *const below[] = { "/lib/modules",
		"/usr/lib/modules", "" };
	const char *top = strcmp(dir, "/") == 0 ? "" : dir;

	for (unsigned i = 0; i < sizeof below / sizeof below[0]; i++) {
		char *base = memory_text("%s%s", top, below[i]);
		struct found f;

		look(base[0] ? base : "/", "", &f);
		if (f.count > 0)
			return base;
	}
	return NULL;
}

/* dir itself is that of one version. */
static int
take_itself(struct release *r, const char *dir, const char *version,
	struct err *e)
{
	char *real = realpath(dir, NULL), *slash;

	if (!real)
		return fail(e, errno, "%s", dir);
	slash = strrchr(real, '/');
	*slash = '\0';
	r->base = real;
	r->version = slash + 1;
	if (version && strcmp(version, r->version) != 0)
		return fail(e, 0, "-k %s: %s has the modules of %s", version,
			dir, r->version);
	return 0;
}

static int
choose(struct release *r, const char *version, struct err *e)
{
	struct utsname running;
	struct found f;

	uname(&running);
	look(r->base, version ? version : running.release, &f);
	r->version = memory_text("%s", version ? version : running.release);
	if (has_modules(memory_text("%s/%s", r->base, r->version)))
		return 0;
	if (!version && f.count == 1) {
		r->version = memory_text("%s", f.last);
		return 0;
	}
	if (!version) {
		fail(e, 0, "which kernel? The running one (%s) has no modules "
			"in %s", running.release, r->base);
		return hint(e, "say -k with one of: %s", f.list);
	}
	fail(e, 0, "-k %s: %s has no modules of that version", version,
		r->base);
	return f.meant.name[0] ? meant_hint(&f.meant, e) :
		hint(e, "there are: %s", f.list);
}

int
release_find(struct release *r, const char *dir, const char *version,
	struct err *e)
{
	if (dir && access(dir, X_OK) < 0) {
		fail(e, errno, "--modules-dir %s", dir);
		return meant_file(dir, e);
	}
	if (dir && has_modules(dir))
		return take_itself(r, dir, version, e);
	r->base = find_base(dir ? dir : "/");
	if (!r->base) {
		fail(e, 0, "%s has no modules: there is no modules.dep", dir ?
			dir : "/lib/modules");
		return hint(e, "depmod(8) makes it; --modules-dir names "
			"another place");
	}
	if (!strchr(r->base, '/'))
		r->base = memory_text("./%s", r->base);
	return choose(r, version, e);
}
