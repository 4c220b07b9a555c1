/* SPDX-License-Identifier: MIT */
/*
 * modbin - depmod's binary indexes, modules.dep.bin, modules.alias.bin and
 * modules.builtin.bin: tries that are looked into where they lie, so that only
 * the pages on the way to an answer are touched. Pure. Every offset is checked
 * against the size, and a search ends after as many nodes as the file could
 * hold: a damaged or hostile file is an error. Follows the format that kmod
 * describes in libkmod/libkmod-index.c.
 */
#ifndef LINUXRC_LIB_MODBIN_H
#define LINUXRC_LIB_MODBIN_H

#include <stdint.h>

#include "lib/err.h"
#include "lib/file.h"
#include "lib/modindex.h"

struct modbin {
	const unsigned char *data;
	size_t size;
	uint32_t root;		/* offset of its root, with flags */
};

/* Begin with this text, which has to stay. 0, or -1: it is no such index, or
 * of another version. */
int
modbin_open(struct modbin *b, const struct file_map *map, struct err *e);

/* The first value of the key, in which - equals _. 1, 0: there is none, or -1:
 * the index is damaged. */
int
modbin_find(const struct modbin *b, const char *key, struct piece *value,
	struct err *e);

/* Where modbin_match() goes on; all zeros is the beginning. */
struct modbin_search {
	uint32_t priority;	/* of the value that was returned last */
	uint32_t at;		/* its place in the file, or 0 */
};

/*
 * The next value whose key, a pattern of fnmatch(3), matches the text: in the
 * order of their priorities, which is that of the lines in the text index. As
 * modbin_find().
 */
int
modbin_match(const struct modbin *b, const char *text,
	struct modbin_search *search, struct piece *value, struct err *e);

/* Whether some key begins with this. As modbin_find(). */
int
modbin_begins(const struct modbin *b, const char *prefix, struct err *e);

#endif
