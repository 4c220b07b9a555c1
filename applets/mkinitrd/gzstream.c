/* SPDX-License-Identifier: MIT */
/*
 * gzstream.c - see gzstream.h, RFC 1950 and 1952. zlib's window and tables
 * come from malloc(3), as everywhere.
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include <zlib.h>

#include "gzstream.h"

enum {
	GZIP_WRAPPER = 16,	/* gzip, not zlib */
	MEMORY_LEVEL = 9,	/* 256 KiB more, 0.1 % smaller */
	PIECE = 64 * 1024	/* bytes given to the sink at a time */
};

static z_stream packing;
static unsigned char piece[PIECE];

int
gz_pack_begin(struct err *e)
{
	memset(&packing, 0, sizeof packing);
	if (deflateInit2(&packing, Z_BEST_COMPRESSION, Z_DEFLATED,
	    GZIP_WRAPPER + MAX_WBITS, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
		return fail(e, ENOMEM, "deflate");
	return 0;
}

/* What zlib has ready, until it wants more input or has ended. */
static int
pack_piece(int flush, const struct gz_sink *sink, struct err *e)
{
	do {
		packing.next_out = piece;
		packing.avail_out = PIECE;
		deflate(&packing, flush);
		if (sink->take(sink->self, piece, PIECE - packing.avail_out,
		    e) < 0)
			return -1;
	} while (packing.avail_out == 0);
	return 0;
}

int
gz_pack(const void *data, size_t size, bool last, const struct gz_sink *sink,
	struct err *e)
{
	int result = 0;

	packing.next_in = (Bytef *)(uintptr_t)data;
	while (size > 0 && result == 0) {
		uInt now = size > INT32_MAX ? INT32_MAX : (uInt)size;

		packing.avail_in = now;
		result = pack_piece(Z_NO_FLUSH, sink, e);
		size -= now;
	}
	if (last && result == 0)
		result = pack_piece(Z_FINISH, sink, e);
	if (last || result < 0)
		deflateEnd(&packing);
	return result;
}

/* 1: the end was reached; 0: there is more; -1. */
static int
unpack_piece(z_stream *z, const struct gz_sink *sink, struct err *e)
{
	int result;
	size_t got;

	z->next_out = piece;
	z->avail_out = PIECE;
	result = inflate(z, Z_NO_FLUSH);
	got = PIECE - z->avail_out;
	if (result != Z_OK && result != Z_STREAM_END)
		return result == Z_BUF_ERROR ?
			fail(e, 0, "gzip data: cut short") :
			fail(e, 0, "gzip data: damaged (%s)", z->msg ?
			z->msg : "zlib says no more");
	if (z->total_out > sink->limit)
		return fail(e, 0, "gzip data: more than %zu bytes come out of "
			"it", sink->limit);
	if (sink->take(sink->self, piece, got, e) < 0)
		return -1;
	return result == Z_STREAM_END;
}

int
gz_unpack(const void *data, size_t size, size_t *used,
	const struct gz_sink *sink, struct err *e)
{
	z_stream z;
	size_t given = 0;
	int result = 0;

	memset(&z, 0, sizeof z);
	if (inflateInit2(&z, GZIP_WRAPPER + MAX_WBITS) != Z_OK)
		return fail(e, ENOMEM, "inflate");
	z.next_in = (Bytef *)(uintptr_t)data;
	while (result == 0) {
		if (z.avail_in == 0) {
			z.avail_in = size - given > INT32_MAX ? INT32_MAX :
				(uInt)(size - given);
			given += z.avail_in;
		}
		result = unpack_piece(&z, sink, e);
	}
	*used = given - z.avail_in;
	inflateEnd(&z);
	return result < 0 ? -1 : 0;
}

int
gz_block_pack(const void *data, size_t size, void *out, size_t *room,
	struct err *e)
{
	uLongf len = (uLongf)*room;

	if (compress2(out, &len, data, (uLong)size, Z_BEST_COMPRESSION) != Z_OK)
		return fail(e, 0, "deflate: no room for a block");
	*room = len;
	return 0;
}

int
gz_block_unpack(const void *data, size_t size, void *out, size_t *room,
	struct err *e)
{
	uLongf len = (uLongf)*room;

	if (uncompress(out, &len, data, (uLong)size) != Z_OK)
		return fail(e, 0, "a compressed block is damaged");
	*room = len;
	return 0;
}

uint32_t
gz_sum(uint32_t before, const void *data, size_t size)
{
	return (uint32_t)crc32(before, data, (uInt)size);
}
