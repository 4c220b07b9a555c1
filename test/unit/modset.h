/* SPDX-License-Identifier: MIT */
/*
 * modset - a set of aliases as depmod(8) writes it, as modules.alias and as
 * modules.alias.bin: what one reader finds in the text the other must find in
 * the trie.
 */
#ifndef TEST_MODSET_H
#define TEST_MODSET_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/file.h"

/* ------------------------------------------------------------- the trie */

struct trie {
	struct trie *child[128];
	struct { char *text; uint32_t priority; } *value;
	unsigned value_count;
};

static inline struct trie *
trie_new(void)
{
	struct trie *t = calloc(1, sizeof *t);

	if (!t)
		abort();
	return t;
}

static inline void
trie_add(struct trie *t, const char *key, const char *value,
	uint32_t priority)
{
	bool brackets = false;

	for (; *key; key++) {
		char c = *key == '-' && !brackets ? '_' : *key;

		brackets = c == '[' || (brackets && c != ']');
		if (!t->child[(int)c])
			t->child[(int)c] = trie_new();
		t = t->child[(int)c];
	}
	t->value = realloc(t->value, (t->value_count + 1) * sizeof *t->value);
	t->value[t->value_count].text = strdup(value);
	t->value[t->value_count++].priority = priority;
}

static inline void
trie_free(struct trie *t)
{
	for (int c = 0; c < 128; c++)
		if (t->child[c])
			trie_free(t->child[c]);
	for (unsigned i = 0; i < t->value_count; i++)
		free(t->value[i].text);
	free(t->value);
	free(t);
}

/* ------------------------------------------------------------- its bytes */

struct bytes {
	unsigned char *data;
	size_t size, room;
};

static inline void
put(struct bytes *b, const void *data, size_t size)
{
	if (b->size + size > b->room) {
		b->room = 2 * b->room + size;
		b->data = realloc(b->data, b->room);
		if (!b->data)
			abort();
	}
	memcpy(b->data + b->size, data, size);
	b->size += size;
}

static inline void
put_number_at(struct bytes *b, size_t at, uint32_t n)
{
	for (int i = 0; i < 4; i++)
		b->data[at + (size_t)i] = (unsigned char)(n >> (24 - 8 * i));
}

static inline void
put_number(struct bytes *b, uint32_t n)
{
	put(b, "\0\0\0\0", 4);
	put_number_at(b, b->size - 4, n);
}

/* The only child of a node without values, or NULL. */
static inline struct trie *
only_child(const struct trie *t, int *c)
{
	struct trie *only = NULL;

	for (int i = 0; i < 128; i++)
		if (t->child[i]) {
			if (only)
				return NULL;
			only = t->child[i];
			*c = i;
		}
	return t->value_count ? NULL : only;
}

/* The node's offset with its flags; children come first. */
static inline uint32_t
put_node(struct bytes *b, const struct trie *t)
{
	char prefix[1024];
	uint32_t offset[128] = { 0 }, flags = 0, at;
	int first = 128, last = -1, c = 0;
	size_t len = 0;
	const struct trie *next;

	while ((next = only_child(t, &c))) {
		prefix[len++] = (char)c;
		t = next;
	}
	prefix[len++] = '\0';
	for (int i = 0; i < 128; i++)
		if (t->child[i]) {
			first = first < i ? first : i;
			last = i;
			offset[i] = put_node(b, t->child[i]);
		}
	at = (uint32_t)b->size;
	if (len > 1) {
		flags |= 0x80000000U;
		put(b, prefix, len);
	}
	if (last >= 0) {
		flags |= 0x20000000U;
		put(b, (unsigned char[]){ (unsigned char)first,
			(unsigned char)last }, 2);
		for (int i = first; i <= last; i++)
			put_number(b, offset[i]);
	}
	if (t->value_count) {
		flags |= 0x40000000U;
		put_number(b, t->value_count);
		for (unsigned i = 0; i < t->value_count; i++) {
			put_number(b, t->value[i].priority);
			put(b, t->value[i].text,
				strlen(t->value[i].text) + 1);
		}
	}
	return at | flags;
}

static inline struct bytes
trie_bytes(const struct trie *t)
{
	struct bytes b = { NULL, 0, 0 };

	put_number(&b, 0xB007F457U);
	put_number(&b, 0x00020001U);
	put_number(&b, 0);
	put_number_at(&b, 8, put_node(&b, t));
	return b;
}

/* ------------------------------------------------------------ modules.dep */

/* Modules m-0, m-1 ... in modules.dep or modules.dep.bin. */
static inline struct bytes
dep_of(unsigned modules, bool binary)
{
	struct trie *t = trie_new();
	struct bytes text = { NULL, 0, 0 }, bin;
	char line[128], name[16];

	for (unsigned i = 0; i < modules; i++) {
		snprintf(name, sizeof name, "m-%u", i);
		snprintf(line, sizeof line, "kernel/x/m-%u.ko: "
			"kernel/y/m-%u.ko\n", i, i / 2);
		put(&text, line, strlen(line));
		line[strlen(line) - 1] = '\0';
		trie_add(t, name, line, i);
	}
	bin = trie_bytes(t);
	trie_free(t);
	free(binary ? text.data : bin.data);
	return binary ? bin : text;
}

/* ------------------------------------------------------------- both forms */

struct modset {
	struct trie *trie;
	struct bytes text, bin;
	unsigned module;	/* number of the next one */
};

static inline void
modset_begin(struct modset *s)
{
	memset(s, 0, sizeof *s);
	s->trie = trie_new();
}

/* A module with these patterns; depmod numbers them in the order of its
 * text. */
static inline void
modset_add(struct modset *s, const char *const pattern[], unsigned count)
{
	char name[16];

	snprintf(name, sizeof name, "m%u", s->module);
	for (unsigned i = 0; i < count; i++) {
		put(&s->text, "alias ", 6);
		put(&s->text, pattern[i], strlen(pattern[i]));
		put(&s->text, " ", 1);
		put(&s->text, name, strlen(name));
		put(&s->text, "\n", 1);
		trie_add(s->trie, pattern[i], name, s->module);
	}
	s->module++;
}

static inline void
modset_end(struct modset *s)
{
	s->bin = trie_bytes(s->trie);
	trie_free(s->trie);
}

static inline void
modset_free(struct modset *s)
{
	free(s->text.data);
	free(s->bin.data);
}

static inline struct file_map
map_of_bytes(const struct bytes *b)
{
	return (struct file_map){ (const char *)b->data, b->size };
}

/* ------------------------------------------------------------- by chance */

static uint32_t chance_state = 1;

static inline unsigned
chance(unsigned below)
{
	chance_state = chance_state * 1664525U + 1013904223U;
	return (chance_state >> 8) % below;
}

/* A pattern of few letters, so that many are alike. */
static inline void
chance_pattern(char *text, size_t size, bool wildcards)
{
	static const char *const part[] = { "a", "b", "ab", "-", "_", ":",
		"bc", "*", "?", "[ab]", "[!b]", "*", "[a-c]" };
	unsigned count = 1 + chance(6);

	text[0] = '\0';
	while (count-- > 0)
		if (strlen(text) + 6 < size)
			strcat(text, part[chance(wildcards ? 13 : 7)]);
}

/* Modules with one to four patterns each. */
static inline void
modset_by_chance(struct modset *s, unsigned modules)
{
	char text[4][32];
	const char *const pattern[] = { text[0], text[1], text[2], text[3] };

	modset_begin(s);
	while (modules-- > 0) {
		for (int i = 0; i < 4; i++)
			chance_pattern(text[i], sizeof text[i], true);
		modset_add(s, pattern, 1 + chance(4));
	}
	modset_end(s);
}

#endif
