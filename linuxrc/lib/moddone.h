/* SPDX-License-Identifier: MIT */
/*
 * moddone - which modules were loaded and which have failed, so that none is
 * tried or spoken of twice: a failure costs up to 45 ms, and a signature that
 * is checked again 9 million instructions. Failures are kept for the whole
 * boot, in memory that all workers share, as hashes of their names.
 */
#ifndef LINUXRC_LIB_MODDONE_H
#define LINUXRC_LIB_MODDONE_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/err.h"

enum {
	FAILURES_MAX = 64	/* of one boot; more are only tried again by
				   the next worker */
};

/* All zeros is an empty one. */
struct module_failures {
	uint32_t count;
	uint32_t name[FAILURES_MAX];	/* hashes */
};

/* - equals _ in a name; f may be NULL for no table. */
void
moddone_failed(struct module_failures *f, const char *name);
bool
moddone_has_failed(const struct module_failures *f, const char *name);

/* Options were typed or a shell was open: each may be tried once more. */
void
moddone_forget(struct module_failures *f);

enum module_state {
	MODULE_LOADED,		/* put in by us */
	MODULE_PRESENT,		/* the kernel had it already */
	MODULE_FAILED,
	MODULE_LEFT_OUT		/* blacklisted: only its name can load it */
};

struct module_index;

/* 1: nothing to do, the module is there. -1: it failed before (EALREADY in
 * e->code). 0: it was not tried yet, or is only left out. */
int
moddone_before(const struct module_index *m, const char *name, struct err *e);

/* Remember what became of the module. 0, or -1: there are too many. */
int
moddone_record(struct module_index *m, const char *name,
	enum module_state state);

/* True when by now there is nothing left to do for the module. */
bool
moddone_tried(const struct module_index *m, const char *name);

#endif
