/* SPDX-License-Identifier: MIT */
/*
 * binindex - a binary index of depmod(8) from a list, opened, and what is found
 * in it.
 */
#ifndef TEST_BININDEX_H
#define TEST_BININDEX_H

#include <stdio.h>

#include "lib/modbin.h"
#include "modset.h"

static struct err e;

static inline struct modbin
opened(const struct bytes *b)
{
	struct file_map map = map_of_bytes(b);
	struct modbin bin;

	if (modbin_open(&bin, &map, &e) < 0)
		fail_msg("%s", e.text);
	return bin;
}

/* The trie with what stands in the list, KEY, VALUE, ..., NULL; the values
 * have falling priorities. */
static inline struct bytes
trie_of(const char *const list[])
{
	struct trie *t = trie_new();
	struct bytes b;

	for (uint32_t priority = 100; list[0]; list += 2)
		trie_add(t, list[0], list[1], priority--);
	b = trie_bytes(t);
	trie_free(t);
	return b;
}

static inline const char *
find(const struct modbin *bin, const char *key)
{
	static char text[256];
	struct piece value;
	int found = modbin_find(bin, key, &value, &e);

	if (found <= 0)
		return found < 0 ? e.text : NULL;
	snprintf(text, sizeof text, "%.*s", (int)value.len, value.text);
	return text;
}

#endif
