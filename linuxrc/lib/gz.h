/* SPDX-License-Identifier: MIT */
/*
 * gz - inflate a gzip file: the only user of zlib.
 */
#ifndef LINUXRC_LIB_GZ_H
#define LINUXRC_LIB_GZ_H

#include <stddef.h>

#include "lib/err.h"

/* Inflated data. */
struct gz_data {
	void *data;
	size_t size;		/* bytes */
};

/*
 * Inflate the gzip data (size bytes) into memory that gz_free() gives back.
 * At most limit bytes (under 4 GiB) come out; more is an error, and so are
 * an empty file and one of several members. 0 or -1.
 */
int
gz_inflate(const void *data, size_t size, size_t limit, struct gz_data *out,
	struct err *e);
void
gz_free(struct gz_data *out);

#endif
