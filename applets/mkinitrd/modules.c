/* SPDX-License-Identifier: MIT */
/*
 * modules.c - see modules.h. Aliases of several modules bring all of them,
 * as linuxrc will try all; words of modules.softdep, modules.weakdep and the
 * softdep lines of modprobe.d are modules or aliases, and nobody minds if they
 * are not there.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/text.h"
#include "meant.h"
#include "memory.h"
#include "modules.h"
#include "rows.h"

/* ------------------------------------------------------------------ find */

static int
by_name(const void *a, const void *b)
{
	const struct kmodule *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static int
is_named(const void *name, const void *module)
{
	return strcmp(name, (*(struct kmodule *const *)module)->name);
}

struct kmodule *
modules_find(const struct modules *m, const char *name)
{
	char folded[MODULE_NAME_SIZE];
	struct kmodule **found;

	if (text_copy(folded, sizeof folded, name) < 0)
		return NULL;
	for (char *p = folded; (p = strchr(p, '-'));)
		*p = '_';
	found = bsearch(folded, m->sorted, m->count, sizeof *m->sorted,
		is_named);
	return found ? *found : NULL;
}

char *
modules_file(const struct modules *m, const struct kmodule *module)
{
	return memory_text("%s/%s/%.*s", m->from.base, m->from.version,
		(int)module->path.len, module->path.text);
}

/* ------------------------------------------------------------------ read */

/* One line of modules.dep, if it is one. */
static void
read_dep(struct modules *m, struct piece line)
{
	const char *colon = memchr(line.text, ':', line.len);
	struct kmodule module = { .wanted = false };

	if (!colon)
		return;
	module.path.text = line.text;
	module.path.len = (size_t)(colon - line.text);
	module.needs.text = colon + 1;
	module.needs.len = line.len - module.path.len - 1;
	if (modindex_name(module.path, module.name, sizeof module.name) < 0)
		return;
	if (m->count % 1024 == 0)
		m->module = memory_more(m->module, m->count + 1024,
			sizeof *m->module);
	m->module[m->count++] = module;
}

static int
read_deps(struct modules *m, struct err *e)
{
	struct piece line;
	size_t at = 0;

	while (modindex_line(&m->dep, &at, &line))
		read_dep(m, line);
	if (m->count == 0)
		return fail(e, 0, "%s/%s/modules.dep: no module is in it",
			m->from.base, m->from.version);
	m->sorted = memory_get(m->count, sizeof *m->sorted);
	for (unsigned i = 0; i < m->count; i++)
		m->sorted[i] = &m->module[i];
	qsort(m->sorted, m->count, sizeof *m->sorted, by_name);
	return 0;
}

/* An index that need not be there. */
static int
map_index(const struct modules *m, const char *name, struct file_map *map,
	struct err *e)
{
	return file_map(m->dir, name, map, e) == 0 || e->code == ENOENT ?
		0 : -1;
}

int
modules_open(struct modules *m, const struct release *from, struct err *e)
{
	char *path = memory_text("%s/%s", from->base, from->version);

	*m = (struct modules){ .from = *from };
	m->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (m->dir < 0)
		return fail(e, errno, "%s", path);
	if (file_map(m->dir, "modules.dep", &m->dep, e) < 0 ||
	    map_index(m, "modules.alias", &m->alias, e) < 0 ||
	    map_index(m, "modules.softdep", &m->softdep, e) < 0 ||
	    map_index(m, "modules.weakdep", &m->weakdep, e) < 0 ||
	    map_index(m, "modules.builtin", &m->builtin, e) < 0)
		return hint(e, "%s", path);
	return read_deps(m, e);
}

/* ------------------------------------------------------------------ want */

static void
want_module(struct modules *m, struct kmodule *module);

static void
copy_piece(char *dst, size_t size, struct piece piece)
{
	snprintf(dst, size, "%.*s", (int)piece.len, piece.text);
}

/* What modules.softdep or modules.weakdep (keyword) says of the module. */
static void
want_beside(struct modules *m, const struct file_map *map,
	const char *keyword, const struct kmodule *module)
{
	struct piece line, name, word;
	size_t at = 0;

	while (modindex_line(map, &at, &line)) {
		bool listed = map == &m->weakdep;
		char text[MODULE_PATH_SIZE];

		if (!rows_head(line, keyword, &name, &line) ||
		    !rows_is(name, module->name))
			continue;
		while (rows_soft_word(&line, &listed, &word)) {
			copy_piece(text, sizeof text, word);
			modules_want_if_there(m, text);
		}
	}
}

static void
want_words(struct modules *m, const struct modconf_line *line,
	const char *list)
{
	struct modconf_soft soft = { { line->rest, strlen(line->rest) },
		false };
	char text[MODULE_PATH_SIZE];
	struct piece word;

	while (modconf_soft(&soft, list, &word)) {
		copy_piece(text, sizeof text, word);
		modules_want_if_there(m, text);
	}
}

/* What people have said that it wants. */
static void
want_told(struct modules *m, const struct kmodule *module)
{
	for (unsigned i = 0; i < 2; i++) {
		const struct modconf_line *line;
		unsigned at = 0;

		while (m->told[i] && (line = modconf_next(m->told[i],
		    MODCONF_SOFTDEP, module->name, &at))) {
			want_words(m, line, "pre:");
			want_words(m, line, "post:");
		}
	}
}

static void
want_module(struct modules *m, struct kmodule *module)
{
	struct piece needs = module->needs, path;
	char name[MODULE_NAME_SIZE];

	if (module->wanted)
		return;
	module->wanted = true;
	while (modindex_last(&needs, &path)) {
		struct kmodule *other = NULL;

		if (modindex_name(path, name, sizeof name) == 0)
			other = modules_find(m, name);
		if (other)
			want_module(m, other);
	}
	want_beside(m, &m->softdep, "softdep", module);
	want_beside(m, &m->weakdep, "weakdep", module);
	want_told(m, module);
}

/* The kernel has it inside: it stays in the image's modules.builtin. */
static void
want_inside(struct modules *m, const char *name)
{
	for (unsigned i = 0; i < m->inside_count; i++)
		if (text_same_name(m->inside[i], name))
			return;
	m->inside = memory_more(m->inside, m->inside_count + 1,
		sizeof *m->inside);
	text_copy(m->inside[m->inside_count++], MODULE_NAME_SIZE, name);
}

bool
modules_want_if_there(struct modules *m, const char *name)
{
	struct kmodule *module = modules_find(m, name);
	char text[MODULE_NAME_SIZE];
	struct piece found;
	bool any = module;
	size_t at = 0;

	if (module)
		want_module(m, module);
	while (!module && modindex_alias(&m->alias, name, &at, &found)) {
		copy_piece(text, sizeof text, found);
		if (modules_find(m, text)) {
			want_module(m, modules_find(m, text));
			any = true;
		}
	}
	if (!any && modindex_builtin(&m->builtin, name)) {
		want_inside(m, name);
		any = true;
	}
	return any;
}

int
modules_want(struct modules *m, const char *name, struct err *e)
{
	struct meant meant = { .wanted = name };

	if (modules_want_if_there(m, name))
		return 0;
	for (unsigned i = 0; i < m->count; i++)
		meant_try(&meant, m->module[i].name);
	fail(e, 0, "-m %s: the kernel %s has no such module", name,
		m->from.version);
	return meant_hint(&meant, e);
}

void
modules_want_all(struct modules *m)
{
	for (unsigned i = 0; i < m->count; i++)
		m->module[i].wanted = true;
}
