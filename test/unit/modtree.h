/* SPDX-License-Identifier: MIT */
/*
 * modtree - lib/module over a copy of trees/modules, with a fake kernel.
 */
#ifndef TEST_MODTREE_H
#define TEST_MODTREE_H

#include <stdio.h>
#include <string.h>

#include "fake_sys.h"
#include "lib/module.h"
#include "tree.h"

static struct module_index index_of;
static struct module_source from;
static struct err e;
static int root;
static char below[128];	/* where its modules are */

/* The modules of a fresh copy of that tree, not yet opened. */
static inline void
have_tree(const char *name)
{
	fake_reset();
	root = tree_copy(name);
	snprintf(below, sizeof below, "%s/lib/modules/6.1.0-test", tree_dir);
	fake_below(below);
	from = (struct module_source){ .root = root, .release = "6.1.0-test" };
}

static inline int
begin(void **state)
{
	(void)state;
	have_tree("modules");
	return module_open(&index_of, &from, &e);
}

static inline int
end(void **state)
{
	(void)state;
	module_close(&index_of);
	tree_drop(root);
	return 0;
}

/* All matches of a modalias, each with a blank before it. */
static inline const char *
matches(const char *modalias)
{
	static char all[256];
	char name[MODULE_NAME_SIZE];
	struct module_search search = { 0 };

	all[0] = '\0';
	while (module_match(&index_of, modalias, &search, name)) {
		strcat(all, " ");
		strcat(all, name);
	}
	return all;
}

#endif
