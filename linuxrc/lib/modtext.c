/* SPDX-License-Identifier: MIT */
/*
 * modtext.c - see modtext.h. A line of modules.dep is kept under its module's
 * name, one of modules.alias under what its pattern has before the first
 * wildcard: a lookup asks for the beginnings of its modalias in those lengths
 * that there are.
 */
#include <string.h>

#include "lib/modtext.h"

enum { KEY_MAX = 255 };		/* characters of a key that count */

/* FNV-1a, one character more; - equals _. */
static uint32_t
hash_more(uint32_t hash, char c)
{
	return (hash ^ (unsigned char)(c == '-' ? '_' : c)) * 0x01000193U;
}

#define HASH_OF_NOTHING 0x811c9dc5U

static bool
ends_key(char c)
{
	return c == '*' || c == '?' || c == '[' || c == ' ';
}

/* The hash of a line's key, and the key's length. */
static uint32_t
hash_of_alias(struct piece line, size_t *len)
{
	static const size_t start = sizeof "alias " - 1;
	uint32_t hash = HASH_OF_NOTHING;
	size_t i = start;

	while (i < line.len && i - start < KEY_MAX && !ends_key(line.text[i]))
		hash = hash_more(hash, line.text[i++]);
	*len = i > start ? i - start : 0;
	return hash;
}

static uint32_t
hash_of_name(const char *name)
{
	uint32_t hash = HASH_OF_NOTHING;

	while (*name)
		hash = hash_more(hash, *name++);
	return hash;
}

static uint32_t
hash_of_dep(struct piece line)
{
	const char *colon = memchr(line.text, ':', line.len);
	struct piece path = { line.text,
		colon ? (size_t)(colon - line.text) : 0 };
	char name[KEY_MAX + 1];

	return modindex_name(path, name, sizeof name) == 0 ?
		hash_of_name(name) : 0;
}

static uint32_t *
head(const struct modtext *t, uint32_t hash)
{
	return &t->table->head[(hash ^ hash >> 16) % MODTEXT_HEADS];
}

void
modtext_read(struct modtext *t, const struct file_map *map,
	enum modtext_kind kind, struct modtext_table *table)
{
	struct piece line;
	size_t at = 0, start = 0, len = 0;
	uint32_t hash, *first;

	*t = (struct modtext){ .map = *map, .table = table };
	if (map->size <= MODTEXT_SMALL || map->size > UINT32_MAX)
		return;
	memset(table->head, 0, sizeof table->head);
	while (t->count < MODTEXT_LINES && modindex_line(map, &at, &line)) {
		hash = kind == MODTEXT_DEP ? hash_of_dep(line) :
			hash_of_alias(line, &len);
		t->lengths[len / 32] |= 1U << len % 32;
		first = head(t, hash);
		table->line[t->count].at = (uint32_t)start;
		table->line[t->count].hash = hash;
		table->line[t->count].next = *first;
		*first = ++t->count;
		start = at;
	}
	t->rest = at;
}

/*
 * The next line that is kept under this hash, behind the one with index *i (its
 * index + 1, 0 at the first call), and its place. False: no more.
 */
static bool
next_under(const struct modtext *t, uint32_t hash, uint32_t *i, size_t *at,
	struct piece *line)
{
	size_t behind;

	*i = *i ? t->table->line[*i - 1].next : *head(t, hash);
	while (*i && t->table->line[*i - 1].hash != hash)
		*i = t->table->line[*i - 1].next;
	if (!*i)
		return false;
	*at = behind = t->table->line[*i - 1].at;
	return modindex_line(&t->map, &behind, line);
}

bool
modtext_dep(const struct modtext *t, const char *name, struct dep_line *found)
{
	struct file_map rest = { t->map.data + t->rest,
		t->map.size - t->rest };
	uint32_t hash = hash_of_name(name), i = 0;
	size_t at, best = t->rest;
	struct dep_line dep;
	struct piece line;

	while (t->count > 0 && next_under(t, hash, &i, &at, &line)) {
		if (at >= best || !modindex_dep_line(line, name, &dep))
			continue;
		best = at;
		*found = dep;
	}
	return best < t->rest || modindex_dep(&rest, name, found);
}

/* The first line from a place on that matches. */
struct first {
	const char *modalias;
	size_t from;
	size_t at;		/* its place, or the end of the lines */
	struct piece *module;	/* on it */
};

static void
find_under(const struct modtext *t, uint32_t hash, struct first *f)
{
	struct piece line, found;
	uint32_t i = 0;
	size_t at;

	while (next_under(t, hash, &i, &at, &line)) {
		if (at < f->from || at >= f->at ||
		    !modindex_alias_line(line, f->modalias, &found))
			continue;
		f->at = at;
		*f->module = found;
	}
}

bool
modtext_alias(const struct modtext *t, const char *modalias, size_t *at,
	struct piece *module)
{
	struct first f = { modalias, *at, t->rest, module };
	uint32_t hash = HASH_OF_NOTHING;
	struct piece line;
	size_t len;

	for (len = 0; t->count > 0 && *at < t->rest; len++) {
		if (t->lengths[len / 32] >> len % 32 & 1)
			find_under(t, hash, &f);
		if (!modalias[len] || len == KEY_MAX)
			break;
		hash = hash_more(hash, modalias[len]);
	}
	if (f.at < t->rest) {
		*at = f.at;
		return modindex_line(&t->map, at, &line);
	}
	if (*at < t->rest)
		*at = t->rest;
	return modindex_alias(&t->map, modalias, at, module);
}
