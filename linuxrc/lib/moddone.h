/* SPDX-License-Identifier: MIT */
/*
 * moddone - which modules this boot has failed to load, so that none is tried
 * or spoken of twice, whichever process tried it: a failure costs up to 45 ms
 * and, signed, 9 million instructions. Names are kept as hashes, since the
 * table lies in the memory that all workers share.
 */
#ifndef LINUXRC_LIB_MODDONE_H
#define LINUXRC_LIB_MODDONE_H

#include <stdbool.h>
#include <stdint.h>

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

#endif
