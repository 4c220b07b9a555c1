/* SPDX-License-Identifier: MIT */
/*
 * module - kernel modules by name or by modalias: depmod's text indexes
 * (lib/modindex) mapped once, dependencies first, finit_module(2), .ko
 * .ko.gz .ko.xz .ko.zst. Follows kmod where a person would notice: - equals
 * _, a module that is loaded already is a success, a blacklist holds for
 * aliases and not for names.
 */
#ifndef LINUXRC_LIB_MODULE_H
#define LINUXRC_LIB_MODULE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/err.h"
#include "lib/file.h"
#include "lib/moddone.h"

enum {
	MODULES_MAX = 512,	/* that one boot loads or fails to load */
	MODULE_NAME_SIZE = 64,	/* MODULE_NAME_LEN is 56 on 64 bit */
	MODULE_PATH_SIZE = 512,	/* below lib/modules/RELEASE; the longest of
				   Debian's has 90 bytes */
	MODULE_PARAMS_SIZE = 2048	/* half of a long command line */
};

enum module_state {
	MODULE_LOADED,		/* put in by us */
	MODULE_PRESENT,		/* the kernel had it already */
	MODULE_FAILED
};

struct module_done {
	char name[MODULE_NAME_SIZE];	/* with _ */
	enum module_state state;
};

enum { MODULE_WORDS = 2 };	/* texts with words about modules */

/* Where modules lie and what is said about them. All of it has to stay. */
struct module_source {
	int root;		/* directory above lib/modules */
	const char *release;	/* as uname -r */
	/* Each in the form of a kernel command line, or NULL; the later ones
	 * win: MODULE.PARAM=VALUE, modprobe.blacklist=, module_blacklist= */
	const char *words[MODULE_WORDS];
	struct module_failures *failed;	/* of this boot, or NULL */
};

/* Where module_match() goes on; all zeros is the beginning. */
struct module_search {
	size_t at;		/* in modules.alias */
};

struct module_index {
	int dir;			/* fd of lib/modules/RELEASE, or -1 */
	struct module_source from;
	struct file_map dep, alias, softdep;
	unsigned soft_depth;		/* soft dependencies of soft
					   dependencies now being loaded */
	unsigned loads;			/* entries of done that are
					   MODULE_LOADED */
	unsigned done_count;
	struct module_done done[MODULES_MAX];	/* in order; nothing is
						   tried twice */
};

/*
 * Open lib/modules/RELEASE, or usr/lib/modules/RELEASE, and map its indexes; a
 * missing modules.alias or modules.softdep is an empty one.
 * 0; -1 when it cannot be used, then the other functions find nothing:
 * e->code is ENOENT when the image has no modules at all; a directory of
 * another release is named in the sentence.
 */
int
module_open(struct module_index *m, const struct module_source *from,
	struct err *e);
void
module_close(struct module_index *m);

/*
 * Load the module of this name with what it depends on, and before it what
 * modules.softdep names, as far as that is there and works. 0: it is loaded
 * (or built in, or was there). -1: the sentence names the module that failed,
 * why, and the remedy where there is one; a module that failed once is not
 * tried again (-1, e->text says so).
 */
int
module_load(struct module_index *m, const char *name, struct err *e);

/*
 * The next module that modules.alias gives for the modalias and that neither
 * modprobe.blacklist= nor module_blacklist= names. *search is empty at first
 * and belongs to this function. False: no more.
 */
bool
module_match(const struct module_index *m, const char *modalias,
	struct module_search *search, char name[MODULE_NAME_SIZE]);

/* True when the module was loaded, was there, or failed: by now there is
 * nothing left to do for it. */
bool
module_tried(const struct module_index *m, const char *name);

/* Where the module's file lies ("kernel/drivers/block/virtio_blk.ko").
 * False: it is not in modules.dep, or size is too small. */
bool
module_path(const struct module_index *m, const char *name, char *path,
	size_t size);

/* Which of the count (at most 32) prefixes ("pci:") the alias pattern of some
 * module begins with that was not tried yet, as bits: a bus that no such
 * module wants need not be read. */
unsigned
module_wants(const struct module_index *m, const char *const prefix[],
	unsigned count);

#endif
