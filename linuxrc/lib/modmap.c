/* SPDX-License-Identifier: MIT */
/*
 * modmap.c - see modmap.h.
 */
#include <errno.h>

#include "lib/log.h"
#include "lib/moddir.h"
#include "lib/modmap.h"

static const char *const names[] = {
	[MODTEXT_DEP] = "modules.dep", [MODTEXT_ALIAS] = "modules.alias"
};

static const char *const binary_names[] = {
	[MODTEXT_DEP] = "modules.dep.bin",
	[MODTEXT_ALIAS] = "modules.alias.bin"
};

/* Touched only for large texts. */
static struct modtext_table tables[2];

static int
open_text(struct modmap *m, struct err *e)
{
	int result = moddir_map(m->dir, names[m->kind], &m->map, e);

	m->binary = false;
	modtext_read(&m->text, &m->map, m->kind, &tables[m->kind]);
	return result;
}

/* The text in its place, whatever is in that. */
static int
leave_binary(struct modmap *m, const struct err *why, struct err *e)
{
	say(LOG_WITHOUT, "%s: %s; %s is read in its place -- depmod(8) makes "
		"both anew", binary_names[m->kind], why->text,
		names[m->kind]);
	file_unmap(&m->map);
	return open_text(m, e);
}

int
modmap_open(struct modmap *m, int dir, enum modtext_kind kind, struct err *e)
{
	struct err why;

	m->dir = dir;
	m->kind = kind;
	if (file_map(dir, binary_names[kind], &m->map, &why) < 0)
		return open_text(m, e);
	m->binary = true;
	if (modbin_open(&m->bin, &m->map, &why) < 0)
		return leave_binary(m, &why, e);
	return 0;
}

void
modmap_close(struct modmap *m)
{
	file_unmap(&m->map);
	m->binary = false;
	m->text.map = m->map;
	m->text.count = 0;
	m->text.rest = 0;
}

/* As modindex_dep(), of a value: it is the line. -1: damaged. */
static int
find_dep(const struct modbin *b, const char *name, struct dep_line *found,
	struct err *e)
{
	struct piece line;
	int result = modbin_find(b, name, &line, e);

	if (result > 0 && !modindex_dep_line(line, name, found))
		return fail(e, 0, "damaged at the line of %s", name);
	return result;
}

bool
modmap_dep(struct modmap *m, const char *name, struct dep_line *line)
{
	struct err e, ignored;
	int result = m->binary ? find_dep(&m->bin, name, line, &e) : -1;

	if (m->binary && result < 0)
		leave_binary(m, &e, &ignored);
	return m->binary ? result > 0 : modtext_dep(&m->text, name, line);
}

bool
modmap_alias(struct modmap *m, const char *modalias,
	struct modmap_search *search, struct piece *module)
{
	struct err e, ignored;
	int result = m->binary ? modbin_match(&m->bin, modalias,
		&search->bin, module, &e) : -1;

	if (m->binary && result < 0)
		leave_binary(m, &e, &ignored);
	return m->binary ? result > 0 : modtext_alias(&m->text, modalias,
		&search->at, module);
}

bool
modmap_is_small(const struct modmap *m)
{
	return !m->binary && m->map.size <= MODTEXT_SMALL;
}

unsigned
modmap_begins(struct modmap *m, const char *const prefix[], unsigned count)
{
	unsigned bits = 0;
	struct err e, ignored;

	for (unsigned i = 0; i < count; i++) {
		int result = m->binary ? modbin_begins(&m->bin, prefix[i],
			&e) : 1;

		if (result < 0)
			leave_binary(m, &e, &ignored);
		if (result != 0)
			bits |= 1U << i;
	}
	return bits;
}
