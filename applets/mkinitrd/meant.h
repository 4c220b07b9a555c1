/* SPDX-License-Identifier: MIT */
/*
 * meant - the name that was perhaps meant: of those that there are, the
 * one that takes the fewest changes, if they are few.
 */
#ifndef MKINITRD_MEANT_H
#define MKINITRD_MEANT_H

#include "lib/err.h"

struct meant {
	const char *wanted;
	char name[256];		/* so far; "" if none is near */
	unsigned changes;	/* that it takes; 0 before the first */
};

/* One of the names that there are. */
void
meant_try(struct meant *n, const char *name);

/* Add " -- is NAME meant?" to the sentence, if there is one. Always -1. */
int
meant_hint(const struct meant *n, struct err *e);

/* The same for a path, among the files of its directory. Always -1. */
int
meant_file(const char *path, struct err *e);

#endif
