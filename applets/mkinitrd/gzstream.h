/* SPDX-License-Identifier: MIT */
/*
 * gzstream - gzip and zlib data of any length, piece by piece: what builds
 * and reads images needs. linuxrc does not, for lib/gz is enough to load a
 * module: so this is not there, and deflate is in no image (19 KB). One
 * stream at a time.
 */
#ifndef MKINITRD_GZSTREAM_H
#define MKINITRD_GZSTREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/err.h"

/* Where data goes. take returns 0, or -1 with its sentence, which ends all. */
struct gz_sink {
	int (*take)(void *self, const void *data, size_t size, struct err *e);
	void *self;
	size_t limit;		/* bytes that may come out of gz_unpack() */
};

/*
 * gzip -9n: begin, then any number of pieces, the last one (which may be
 * empty) with last set. 0 or -1.
 */
int
gz_pack_begin(struct err *e);
int
gz_pack(const void *data, size_t size, bool last, const struct gz_sink *sink,
	struct err *e);

/* Inflate the one gzip member that begins at data; *used is its length. 0,
 * or -1: damaged, cut short or longer than the sink's limit. */
int
gz_unpack(const void *data, size_t size, size_t *used,
	const struct gz_sink *sink, struct err *e);

/*
 * A block of a compressed file system, in zlib's own format: data becomes at
 * most *room bytes of out, *room says how many. Back again, *room bytes at
 * most. 0 or -1.
 */
int
gz_block_pack(const void *data, size_t size, void *out, size_t *room,
	struct err *e);
int
gz_block_unpack(const void *data, size_t size, void *out, size_t *room,
	struct err *e);

/* CRC-32 of what came before (0 at first) and of this. */
uint32_t
gz_sum(uint32_t before, const void *data, size_t size);

#endif
