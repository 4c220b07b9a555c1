/* SPDX-License-Identifier: MIT */
/*
 * module - kernel modules by name or by modalias: depmod's indexes
 * (lib/modmap) mapped once, dependencies first, finit_module(2), .ko
 * .ko.gz .ko.xz .ko.zst. Follows kmod where a person would notice: - equals
 * _, a module that is loaded already is a success, a blacklist holds for
 * aliases and not for names.
 */
#ifndef LINUXRC_LIB_MODULE_H
#define LINUXRC_LIB_MODULE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/err.h"
#include "lib/moddone.h"
#include "lib/modmap.h"
#include "lib/modrule.h"

enum {
	MODULES_MAX = 512,	/* that one boot loads or fails to load */
	MODULE_NAME_SIZE = 64,	/* MODULE_NAME_LEN is 56 on 64 bit */
	MODULE_PATH_SIZE = 512	/* below lib/modules/RELEASE; the longest of
				   Debian's has 90 bytes */
};

struct module_done {
	char name[MODULE_NAME_SIZE];	/* with _ */
	enum module_state state;
};

/* Where modules lie and what is said about them. All of it has to stay. */
struct module_source {
	int root;		/* above lib/modules and etc/modprobe.d */
	const char *release;	/* as uname -r */
	const char *words[MODRULE_WORDS];
	struct module_failures *failed;	/* of this boot, or NULL */
};

/* Where module_match() goes on; all zeros is the beginning. */
struct module_search {
	unsigned line;		/* of modprobe.d */
	bool overridden;	/* a line there says it all */
	struct modmap_search alias;
};

struct module_index {
	int dir;			/* fd of lib/modules/RELEASE, or -1 */
	struct module_source from;
	struct modrules rules;		/* conf is NULL until it is needed */
	struct modmap dep, alias;
	const struct module_loading *loading;	/* soft dependencies of whom */
	unsigned loads;			/* entries of done that are
					   MODULE_LOADED */
	unsigned done_count;
	struct module_done done[MODULES_MAX];	/* in order; nothing is
						   tried twice */
};

/*
 * Open lib/modules/RELEASE, or usr/lib/modules/RELEASE, and map its indexes; a
 * missing modules.alias is an empty one.
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
 * Load the module of this name with what it depends on. Before and after it,
 * and each of those, comes what modules.softdep and modprobe.d name, as far
 * as that is there and works. 0: it is loaded (or built in, or was there).
 * -1: the sentence names the module that failed, why, and the remedy where
 * there is one; a module that failed once is not tried again (-1, e->text
 * and EALREADY in e->code say so). e->code is ENOENT when there is no module
 * of this name.
 */
int
module_load(struct module_index *m, const char *name, struct err *e);

/*
 * As modprobe(8) does: load what the word stands for, a module's name or an
 * alias, of modprobe.d or of a module. 0: at least one module was loaded or
 * was there. -1 as module_load(), or every module of that alias is
 * blacklisted.
 */
int
module_request(struct module_index *m, const char *word, struct err *e);

/*
 * The next module that modprobe.d or, if that says nothing, modules.alias
 * gives for the modalias. What is blacklisted is passed over and spoken of
 * once (level 6). *search is empty at first and belongs to this function.
 * False: no more.
 */
bool
module_match(struct module_index *m, const char *modalias,
	struct module_search *search, char name[MODULE_NAME_SIZE]);

/* True when the module was loaded, was there, failed or is blacklisted: by now
 * there is nothing left to do for it. */
bool
module_tried(const struct module_index *m, const char *name);

/* Where the module's file lies ("kernel/drivers/block/virtio_blk.ko").
 * False: it is not in modules.dep, or size is too small. */
bool
module_path(struct module_index *m, const char *name, char *path,
	size_t size);

/* Which of the count (at most 32) prefixes ("pci:") the alias pattern of some
 * module begins with, as bits: a bus that no module wants need not be read. In
 * an image with few modules those that were tried do not count. */
unsigned
module_wants(struct module_index *m, const char *const prefix[],
	unsigned count);

#endif
