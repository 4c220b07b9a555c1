/* SPDX-License-Identifier: MIT */
/*
 * release - where the modules of a kernel lie: -k and --modules-dir.
 */
#ifndef MKINITRD_RELEASE_H
#define MKINITRD_RELEASE_H

#include "lib/err.h"

struct release {
	char *base;		/* "/lib/modules" */
	char *version;		/* a directory there, with modules.dep */
};

/*
 * dir: a root with lib/modules or usr/lib/modules, the directory modules
 * itself, or that of one version; NULL: "/". version: NULL for the running
 * one, or the only one there is. 0, or -1: there are none; the sentence has
 * the nearest, or those that there are.
 */
int
release_find(struct release *r, const char *dir, const char *version,
	struct err *e);

#endif
