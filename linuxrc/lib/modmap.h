/* SPDX-License-Identifier: MIT */
/*
 * modmap - modules.dep and modules.alias, mapped once and looked into any
 * number of times: depmod's binary index (lib/modbin) where the image has it,
 * as kmod does without a look at the text beside it; else the text
 * (lib/modtext). A binary index that is damaged is said once, and the text
 * taken from then on.
 */
#ifndef LINUXRC_LIB_MODMAP_H
#define LINUXRC_LIB_MODMAP_H

#include "lib/modbin.h"
#include "lib/modtext.h"

struct modmap {
	int dir;		/* lib/modules/RELEASE; not closed here */
	enum modtext_kind kind;
	bool binary;
	struct file_map map;
	struct modbin bin;	/* of one that is binary */
	struct modtext text;	/* of one that is not */
};

/*
 * Map NAME.bin or else NAME ("modules.dep"), one of each kind at a time. 0, or
 * -1 and an empty one: neither is there (e->code ENOENT) or can be read.
 */
int
modmap_open(struct modmap *m, int dir, enum modtext_kind kind, struct err *e);
void
modmap_close(struct modmap *m);

/* As modindex_dep(). */
bool
modmap_dep(struct modmap *m, const char *name, struct dep_line *line);

/* Where modmap_alias() goes on; all zeros is the beginning. */
struct modmap_search {
	size_t at;
	struct modbin_search bin;
};

/* As modindex_alias(). */
bool
modmap_alias(struct modmap *m, const char *modalias,
	struct modmap_search *search, struct piece *module);

/* A text that is looked through faster than a directory of /sys is read. */
bool
modmap_is_small(const struct modmap *m);

/* Which of the count (at most 32) prefixes ("pci:") the pattern of some alias
 * begins with, as bits; of a text, which would have to be read again: all. */
unsigned
modmap_begins(struct modmap *m, const char *const prefix[], unsigned count);

#endif
