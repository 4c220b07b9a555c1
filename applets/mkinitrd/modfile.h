/* SPDX-License-Identifier: MIT */
/*
 * modfile - a module's file, as the kernel will see it: out of its
 * compression, if need be without the signature that is appended to it
 * (Documentation/admin-guide/module-signing.rst).
 */
#ifndef MKINITRD_MODFILE_H
#define MKINITRD_MODFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/err.h"
#include "lib/file.h"

struct modfile {
	struct file_map map;	/* the file itself, or what is unpacked */
	bool packed;		/* it was compressed: not on any disk */
	bool borrowed;		/* of modbatch: until the next one */
	void *unpacked;		/* by zlib */
};

/* Open the file at path, the only one of ours: .gz is unpacked by us, .xz and
 * .zst by the tools xz and zstd. 0 or -1. */
int
modfile_open(struct modfile *f, const char *path, struct err *e);
void
modfile_close(struct modfile *f);

/* How many bytes of a module are signature and what belongs to it; 0: it is
 * not signed. Pure. */
size_t
modfile_signature(const char *data, size_t size);

/*
 * The next value of this key ("firmware") in the module's .modinfo, from
 * byte *at of it on (start with 0), which is moved behind it. NULL: no more.
 * Pure.
 */
const char *
modfile_info(const struct modfile *f, const char *key, size_t *at);

#endif
