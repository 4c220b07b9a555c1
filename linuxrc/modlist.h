/* SPDX-License-Identifier: MIT */
/*
 * modlist - the modules of the image, for a person to load one: what each is
 * for (its own description), and whether it is loaded or has failed.
 */
#ifndef LINUXRC_MODLIST_H
#define LINUXRC_MODLIST_H

#include "boot.h"

enum {
	MODLIST_MAX = 2048,	/* a whole distribution's initrd has 1,500 */
	MODLIST_READ = 128,	/* of more modules no file is read before one
				   is chosen: that takes seconds */
	MODLIST_NAME = 64, MODLIST_WHAT = 96, MODLIST_PATH = 256
};

struct modlist_entry {
	char name[MODLIST_NAME];
	char path[MODLIST_PATH];	/* below the directory of modules */
	char what[MODLIST_WHAT];	/* its description, or "" */
	bool loaded, failed;
};

struct modlist {
	unsigned count;
	int dir;		/* open: lib/modules/RELEASE */
	struct modlist_entry entry[MODLIST_MAX];
};

/* Read modules.dep. 0, or -1: the image has none for this kernel. */
int
modlist_open(struct modlist *l, const struct places *at,
	const struct module_failures *failed, struct err *e);

/* Fill the entry's description: .ko and .ko.gz have one to read. */
void
modlist_describe(const struct modlist *l, struct modlist_entry *m);

/* Write the parameters that the module says it has to text, a line each,
 * "NAME: what it is for". */
void
modlist_parameters(const struct modlist *l, const struct modlist_entry *m,
	char *text, size_t size);

void
modlist_close(struct modlist *l);

#endif
