/* SPDX-License-Identifier: MIT */
/*
 * modload - one module file into the kernel. Why the kernel did not take it is
 * lib/modwhy's to say.
 */
#ifndef LINUXRC_LIB_MODLOAD_H
#define LINUXRC_LIB_MODLOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/err.h"
#include "lib/file.h"

/* One module, and what it is loaded with. */
struct modload {
	int dir;		/* lib/modules/RELEASE */
	const char *path;	/* of the file, below it */
	const char *name;
	const char *params;	/* as finit_module(2) takes them */
	const char *release;	/* of the kernel, as uname -r */
	bool listed;		/* it is modules.dep that names the file */
};

/* Load it. 0 loaded, 1 the kernel had it already, -1. */
int
modload_file(const struct modload *l, struct err *e);

/* The content of its file, inflated if it is a .gz; not of one that only the
 * kernel could inflate. */
struct modload_image {
	const char *data;	/* NULL when it is empty */
	size_t size;
	struct file_map map;	/* of the file */
};

/* 0, or -1 with what stands behind the module's name in a sentence. */
int
modload_image(const struct modload *l, struct modload_image *image,
	struct err *e);
void
modload_drop(struct modload_image *image);

/* The format of the file in capitals (XZ) when the kernel has to inflate it,
 * else NULL. */
const char *
modload_compression(const char *path);

#endif
