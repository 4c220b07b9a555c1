/* SPDX-License-Identifier: MIT */
/*
 * modules - a kernel's modules, as depmod(8) has listed them, and which of
 * them an image is to have: those that are named, what they need, and what
 * they want to be loaded beside them.
 */
#ifndef MKINITRD_MODULES_H
#define MKINITRD_MODULES_H

#include <stdbool.h>

#include "lib/err.h"
#include "lib/file.h"
#include "lib/modconf.h"
#include "lib/modindex.h"
#include "lib/module.h"
#include "release.h"

struct kmodule {
	char name[MODULE_NAME_SIZE];	/* with _ */
	struct piece path;	/* below the kernel's directory */
	struct piece needs;	/* paths of others */
	bool wanted;
};

struct modules {
	struct release from;
	int dir;		/* fd of from.base/from.version */
	struct file_map dep, alias, softdep, weakdep, builtin;
	struct kmodule *module;	/* in the order of modules.dep */
	unsigned count;
	struct kmodule **sorted;	/* the same by name */
	/* names that were asked for and are in the kernel itself */
	char (*inside)[MODULE_NAME_SIZE];
	unsigned inside_count;
	/* modprobe.d of the image and of the host's system (modtold), or NULL;
	 * system: where that is, with a slash at its end */
	const struct modconf *told[2];
	char *system;
};

/* Read the indexes of the modules that from names. 0 or -1. */
int
modules_open(struct modules *m, const struct release *from, struct err *e);

/*
 * Have this module, or all that this alias stands for ("fs-ext4",
 * "pci:v0000..."), with all that it needs. What the kernel has inside is
 * fine. 0, or -1: there is none.
 */
int
modules_want(struct modules *m, const char *name, struct err *e);

/* The same; what is not there is passed over. True: something is. */
bool
modules_want_if_there(struct modules *m, const char *name);

void
modules_want_all(struct modules *m);

/* The module of this name, or NULL. */
struct kmodule *
modules_find(const struct modules *m, const char *name);

/* Its file on this machine; a text of its own. */
char *
modules_file(const struct modules *m, const struct kmodule *module);

#endif
