/* SPDX-License-Identifier: MIT */
/*
 * gz - inflate a gzip file: the only user of zlib.
 */
#ifndef LINUXRC_LIB_GZ_H
#define LINUXRC_LIB_GZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
/* One member of gzip data. */
struct gz_member {
	int fd;			/* where it is inflated to; -1: nowhere, to
				   see where it ends */
	uint64_t limit;		/* bytes that may come out of it */
	/* filled: */
	size_t size;		/* bytes, with its header and trailer */
	uint64_t out;		/* bytes that came out of it */
};

/* Inflate the member that begins at data; other data may follow. 0 or -1;
 * more than its limit: e->code is EFBIG. */
int
gz_member(const void *data, size_t size, struct gz_member *member,
	struct err *e);

/* The first len bytes of what it holds. True when there are as many. */
bool
gz_peek(const void *data, size_t size, void *first, size_t len);

void
gz_free(struct gz_data *out);

#endif
