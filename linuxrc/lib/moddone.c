/* SPDX-License-Identifier: MIT */
/*
 * moddone.c - see moddone.h. What a worker that crashed left in the table is
 * believed only within its bounds.
 */
#include <errno.h>
#include <stddef.h>

#include "lib/moddone.h"
#include "lib/module.h"
#include "lib/text.h"

/* FNV-1a. Of 64 names two are taken for one in one boot of two million. */
static uint32_t
hash_of(const char *name)
{
	uint32_t hash = 0x811c9dc5;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)(*name == '-' ? '_' : *name)) *
			0x01000193;
	return hash;
}

bool
moddone_has_failed(const struct module_failures *f, const char *name)
{
	uint32_t hash;

	if (!f || f->count == 0)
		return false;
	hash = hash_of(name);
	for (uint32_t i = 0; i < f->count && i < FAILURES_MAX; i++)
		if (f->name[i] == hash)
			return true;
	return false;
}

void
moddone_failed(struct module_failures *f, const char *name)
{
	if (f && f->count < FAILURES_MAX && !moddone_has_failed(f, name))
		f->name[f->count++] = hash_of(name);
}

void
moddone_forget(struct module_failures *f)
{
	f->count = 0;
}

/* Its place in the table, or the first one that is free. */
static unsigned
find(const struct module_index *m, const char *name)
{
	unsigned i = 0;

	while (i < m->done_count && !text_same_name(m->done[i].name, name))
		i++;
	return i;
}

int
moddone_before(const struct module_index *m, const char *name, struct err *e)
{
	unsigned i = find(m, name);
	bool known = i < m->done_count;

	if (known && m->done[i].state <= MODULE_PRESENT)
		return 1;
	if (known ? m->done[i].state == MODULE_LEFT_OUT :
	    !moddone_has_failed(m->from.failed, name))
		return 0;
	fail(e, 0, "module %s failed before and is not tried again", name);
	e->code = EALREADY;
	return -1;
}

int
moddone_record(struct module_index *m, const char *name,
	enum module_state state)
{
	unsigned i = find(m, name);

	if (i == MODULES_MAX)
		return -1;
	if (i == m->done_count) {
		m->done_count++;
		text_copy(m->done[i].name, MODULE_NAME_SIZE, name);
	}
	m->done[i].state = state;
	m->loads += state == MODULE_LOADED;
	if (state == MODULE_FAILED)
		moddone_failed(m->from.failed, name);
	return 0;
}

bool
moddone_tried(const struct module_index *m, const char *name)
{
	return find(m, name) < m->done_count ||
		moddone_has_failed(m->from.failed, name);
}
