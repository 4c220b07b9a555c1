/* SPDX-License-Identifier: MIT */
/*
 * modbin.c - see modbin.h. All integers are of 32 bits and big-endian.
 *
 *	file	magic, version, offset of the root
 *	node	prefix, NUL			if its offset has PREFIX
 *		first, last character (bytes),
 *		an offset for each of them, 0: no such child	CHILDREN
 *		how many; each priority, text, NUL		VALUES
 *
 * depmod stores keys with _ for -, but not within brackets.
 */
#include <string.h>

#include "lib/modbin.h"

enum {
	VERSION_MAJOR = 2,	/* in the upper half of the version */
	HEADER_SIZE = 12,
	PATTERN_SIZE = 1024	/* the longest of Debian's has 180 bytes */
};

#define MAGIC    0xB007F457U
#define PREFIX   0x80000000U
#define VALUES   0x40000000U
#define CHILDREN 0x20000000U
#define OFFSET   0x0FFFFFFFU

struct node {
	const char *prefix;		/* "" when it has none */
	const unsigned char *children;	/* NULL when it has none */
	unsigned char first, last;
	uint32_t values, value_count;	/* offset of the first */
	size_t size;			/* bytes, without the values */
};

static uint32_t
number(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		(uint32_t)p[2] << 8 | p[3];
}

static char
folded(char c)
{
	return c == '-' ? '_' : c;
}

static int
damaged(size_t at, struct err *e)
{
	return fail(e, 0, "damaged at byte %zu", at);
}

int
modbin_open(struct modbin *b, const struct file_map *map, struct err *e)
{
	b->data = (const unsigned char *)map->data;
	b->size = map->size;
	if (b->size < HEADER_SIZE || number(b->data) != MAGIC)
		return fail(e, 0, "not an index of depmod(8)");
	if (number(b->data + 4) >> 16 != VERSION_MAJOR)
		return fail(e, 0, "version %u.%u of the index is not known",
			(unsigned)b->data[4] << 8 | b->data[5],
			(unsigned)b->data[6] << 8 | b->data[7]);
	b->root = number(b->data + 8);
	return 0;
}

/* True when the file has this many bytes at the offset. */
static bool
has(const struct modbin *b, size_t at, size_t size)
{
	return at <= b->size && b->size - at >= size;
}

/* The text at the offset, with its NUL; NULL when it does not end there. */
static const char *
text_at(const struct modbin *b, size_t at, size_t limit)
{
	const char *text = (const char *)b->data + at;
	size_t left = at <= b->size ? b->size - at : 0;

	return memchr(text, '\0', left < limit ? left : limit) ? text : NULL;
}

static int
read_node(const struct modbin *b, uint32_t offset, struct node *n,
	struct err *e)
{
	size_t at = offset & OFFSET, count;

	*n = (struct node){ .prefix = "" };
	if (offset & PREFIX) {
		n->prefix = text_at(b, at, PATTERN_SIZE);
		if (!n->prefix)
			return damaged(at, e);
		at += strlen(n->prefix) + 1;
	}
	if (offset & CHILDREN) {
		if (!has(b, at, 2) || b->data[at] > b->data[at + 1])
			return damaged(at, e);
		n->first = b->data[at];
		n->last = b->data[at + 1];
		n->children = b->data + at + 2;
		count = (size_t)(n->last - n->first) + 1;
		if (!has(b, at, 2 + 4 * count))
			return damaged(at, e);
		at += 2 + 4 * count;
	}
	if (offset & VALUES) {
		if (!has(b, at, 4))
			return damaged(at, e);
		n->value_count = number(b->data + at);
		at += 4;
		n->values = (uint32_t)at;
	}
	n->size = at - (offset & OFFSET);
	return 0;
}

/* The offset of the child, or 0. */
static uint32_t
child(const struct node *n, char c)
{
	unsigned char i = (unsigned char)c;

	return !n->children || i < n->first || i > n->last ? 0 :
		number(n->children + 4 * (i - n->first));
}

/* Take the value at the offset, and move that behind it. */
static int
read_value(const struct modbin *b, uint32_t *at, uint32_t *priority,
	struct piece *value, struct err *e)
{
	if (!has(b, *at, 4))
		return damaged(*at, e);
	*priority = number(b->data + *at);
	value->text = text_at(b, *at + 4, b->size);
	if (!value->text)
		return damaged(*at, e);
	value->len = strlen(value->text);
	*at += (uint32_t)value->len + 5;
	return 0;
}

/* ---------------------------------------------------------------- exact */

/*
 * Follow the key to the node where it ends. 1; 0: it leaves the trie; and
 * within a node's prefix it is 1 only for the beginning of a key.
 */
static int
follow(const struct modbin *b, const char *key, bool beginning,
	struct node *n, struct err *e)
{
	uint32_t offset = b->root;
	const char *p;

	while (offset) {
		if (read_node(b, offset, n, e) < 0)
			return -1;
		for (p = n->prefix; *p && *key; p++, key++)
			if (folded(*p) != folded(*key))
				return 0;
		if (!*key)
			return beginning || !*p;
		offset = child(n, folded(*key++));
	}
	return 0;
}

int
modbin_find(const struct modbin *b, const char *key, struct piece *value,
	struct err *e)
{
	uint32_t priority;
	struct node n;
	int found = follow(b, key, false, &n, e);

	if (found <= 0 || n.value_count == 0)
		return found < 0 ? -1 : 0;
	return read_value(b, &n.values, &priority, value, e) < 0 ? -1 : 1;
}

int
modbin_begins(const struct modbin *b, const char *prefix, struct err *e)
{
	struct node n;

	return follow(b, prefix, true, &n, e);
}

/* ------------------------------------------------------------- patterns */

struct match {
	const struct modbin *b;
	const struct modbin_search *after;
	struct modbin_search best;	/* at is 0 while there is none */
	struct piece *value;		/* of the best */
	size_t left;			/* bytes that may still be read: no
					   node is on two ways */
	char pattern[PATTERN_SIZE];	/* from the first wildcard on */
};

static int
spend(struct match *m, size_t bytes, size_t at, struct err *e)
{
	if (bytes > m->left)
		return fail(e, 0, "damaged: it comes back to byte %zu", at);
	m->left -= bytes;
	return 0;
}

static bool
is_before(uint32_t priority, uint32_t at, const struct modbin_search *s)
{
	return priority < s->priority ||
		(priority == s->priority && at < s->at);
}

/* Keep the first one behind the last that was returned. */
static int
take_values(struct match *m, const struct node *n, struct err *e)
{
	uint32_t at = n->values, start, priority;
	struct piece value;

	for (uint32_t i = 0; i < n->value_count; i++) {
		start = at;
		if (read_value(m->b, &at, &priority, &value, e) < 0 ||
		    spend(m, at - start, start, e) < 0)
			return -1;
		if (m->after->at && (is_before(priority, start, m->after) ||
		    start == m->after->at))
			continue;
		if (m->best.at && !is_before(priority, start, &m->best))
			continue;
		m->best.priority = priority;
		m->best.at = start;
		*m->value = value;
	}
	return 0;
}

/* True when some key that goes on behind these len characters may match. They
 * may end between brackets, of which nothing can be said. */
static bool
may_go_on(struct match *m, size_t len, const char *text)
{
	if (memchr(m->pattern, '[', len))
		return true;
	m->pattern[len] = '*';
	return modindex_match((struct piece){ m->pattern, len + 1 }, text);
}

/* All keys below the node, the first len characters of which behind the first
 * wildcard are in m->pattern, against the rest of the text. */
static int
take_patterns(struct match *m, const struct node *n, size_t len,
	const char *text, struct err *e)
{
	struct piece pattern = { m->pattern, len };
	struct node below;

	if (n->value_count > 0 && modindex_match(pattern, text) &&
	    take_values(m, n, e) < 0)
		return -1;
	if (!n->children || (len > 0 && !may_go_on(m, len, text)))
		return 0;
	for (unsigned c = n->first; c <= n->last; c++) {
		uint32_t offset = child(n, (char)c);
		size_t more;

		if (!offset)
			continue;
		if (read_node(m->b, offset, &below, e) < 0 ||
		    spend(m, below.size, offset & OFFSET, e) < 0)
			return -1;
		more = strlen(below.prefix);
		if (len + 1 + more >= PATTERN_SIZE)
			return damaged(offset & OFFSET, e);
		m->pattern[len] = (char)c;
		memcpy(m->pattern + len + 1, below.prefix, more);
		if (take_patterns(m, &below, len + 1 + more, text, e) < 0)
			return -1;
	}
	return 0;
}

static bool
is_wildcard(char c)
{
	return c == '*' || c == '?' || c == '[';
}

/* A wildcard within the node's prefix: the keys below it from there on. */
static int
take_rest(struct match *m, const struct node *n, const char *from,
	const char *text, struct err *e)
{
	size_t len = strlen(from);

	memcpy(m->pattern, from, len);
	return take_patterns(m, n, len, text, e);
}

/* Keys whose next character is a wildcard. */
static int
take_wildcards(struct match *m, const struct node *n, const char *text,
	struct err *e)
{
	static const char wildcards[] = "*?[";
	struct node wild = { .prefix = "", .children = n->children };

	for (const char *w = wildcards; *w; w++) {
		if (!child(n, *w))
			continue;
		wild.children = n->children + 4 * (*w - n->first);
		wild.first = wild.last = (unsigned char)*w;
		if (take_patterns(m, &wild, 0, text, e) < 0)
			return -1;
	}
	return 0;
}

/* Follow the text, and leave its way wherever a wildcard does. */
static int
take_matching(struct match *m, const char *text, struct err *e)
{
	uint32_t offset = m->b->root;
	struct node n;
	const char *p;

	while (offset) {
		if (read_node(m->b, offset, &n, e) < 0)
			return -1;
		for (p = n.prefix; *p; p++, text++) {
			if (is_wildcard(*p))
				return take_rest(m, &n, p, text, e);
			if (folded(*p) != folded(*text))
				return 0;
		}
		if (take_wildcards(m, &n, text, e) < 0)
			return -1;
		if (!*text)
			return take_values(m, &n, e);
		/* in a key these stand for something else */
		if (is_wildcard(*text))
			return 0;
		offset = child(&n, folded(*text++));
	}
	return 0;
}

int
modbin_match(const struct modbin *b, const char *text,
	struct modbin_search *search, struct piece *value, struct err *e)
{
	struct match m;		/* not set as a whole: pattern is large */

	m.b = b;
	m.after = search;
	m.best.at = 0;
	m.value = value;
	m.left = b->size;
	if (take_matching(&m, text, e) < 0)
		return -1;
	if (!m.best.at)
		return 0;
	*search = m.best;
	return 1;
}
