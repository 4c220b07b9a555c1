/* SPDX-License-Identifier: MIT */
/*
 * modtext - a large modules.dep or modules.alias without the binary index
 * beside it (BusyBox's depmod writes none), read through once: the place of
 * each line is kept under a hash of what a lookup knows of it, so that no
 * lookup passes over the text again. Pure.
 */
#ifndef LINUXRC_LIB_MODTEXT_H
#define LINUXRC_LIB_MODTEXT_H

#include <stdint.h>

#include "lib/modindex.h"

enum {
	MODTEXT_LINES = 65536,	/* Debian's kernel for all machines has 25
				   thousand; what is beyond is read anew for
				   each lookup */
	MODTEXT_HEADS = 16384,
	MODTEXT_SMALL = 4096	/* bytes that are not worth it: an image for
				   one machine */
};

enum modtext_kind { MODTEXT_DEP, MODTEXT_ALIAS };

struct modtext_table {
	uint32_t head[MODTEXT_HEADS];	/* a line's index + 1, or 0 */
	struct {
		uint32_t at;		/* in the text */
		uint32_t hash;
		uint32_t next;		/* with the same head */
	} line[MODTEXT_LINES];
};

struct modtext {
	struct file_map map;
	struct modtext_table *table;	/* used once the text is large */
	unsigned count;			/* lines in it */
	size_t rest;			/* the text behind them */
	uint32_t lengths[8];		/* of keys, as bits */
};

/* Read the text through, which has to stay, if it is large; the table may
 * have been another's. */
void
modtext_read(struct modtext *t, const struct file_map *map,
	enum modtext_kind kind, struct modtext_table *table);

/* As modindex_dep() and modindex_alias(). */
bool
modtext_dep(const struct modtext *t, const char *name, struct dep_line *line);
bool
modtext_alias(const struct modtext *t, const char *modalias, size_t *at,
	struct piece *module);

#endif
