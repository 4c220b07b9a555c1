/* SPDX-License-Identifier: MIT */
/*
 * gz.c - see gz.h, RFC 1952. The size stands in the last four bytes, so the
 * output is mapped at once and inflated in one call: zlib then needs no
 * window of its own and nothing is copied twice.
 */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <zlib.h>

#include "lib/gz.h"

enum {
	GZIP_LEAST = 18,	/* bytes of a header and a trailer */
	GZIP_WRAPPER = 16,	/* inflateInit2(): gzip, not zlib */
	CHUNK = 65536		/* of a member, inflated at a time */
};

/* ISIZE: the length of the text modulo 2^32, little endian. */
static size_t
size_in_trailer(const unsigned char *data, size_t size)
{
	const unsigned char *p = data + size - 4;

	return p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16 |
		(size_t)p[3] << 24;
}

/* Fill out, neither more nor less. 0 or -1. */
static int
inflate_all(const void *data, size_t size, const struct gz_data *out,
	struct err *e)
{
	z_stream z;
	int result;

	memset(&z, 0, sizeof z);
	if (inflateInit2(&z, GZIP_WRAPPER + MAX_WBITS) != Z_OK)
		return fail(e, ENOMEM, "gzip data");
	z.next_in = (Bytef *)(uintptr_t)data;
	z.avail_in = (uInt)size;
	z.next_out = out->data;
	z.avail_out = (uInt)out->size;
	result = inflate(&z, Z_FINISH);
	inflateEnd(&z);
	if (result != Z_STREAM_END || z.avail_in || z.avail_out)
		return fail(e, 0, "damaged gzip data (%s)", z.msg ? z.msg :
			"its length and its trailer differ");
	return 0;
}

int
gz_inflate(const void *data, size_t size, size_t limit, struct gz_data *out,
	struct err *e)
{
	if (size < GZIP_LEAST || memcmp(data, "\x1f\x8b", 2) != 0)
		return fail(e, 0, "not gzip data");
	out->size = size_in_trailer(data, size);
	if (out->size == 0)
		return fail(e, 0, "gzip data of an empty file");
	if (out->size > limit || size > limit)
		return fail(e, 0, "gzip data of %zu bytes, the limit is %zu",
			out->size > size ? out->size : size, limit);
	out->data = mmap(NULL, out->size, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (out->data == MAP_FAILED)
		return fail(e, errno, "memory for %zu bytes", out->size);
	if (inflate_all(data, size, out, e) < 0) {
		gz_free(out);
		return -1;
	}
	return 0;
}

static int
write_all(int fd, const char *data, size_t size)
{
	ssize_t n;

	for (; fd >= 0 && size > 0; data += n, size -= (size_t)n) {
		n = write(fd, data, size);
		if (n <= 0)
			return -1;
	}
	return 0;
}

/* One chunk. Z_OK: go on; Z_STREAM_END; else -1 and the sentence. */
static int
inflate_chunk(z_stream *z, const struct gz_member *m, struct err *e)
{
	static unsigned char chunk[CHUNK];
	size_t got;
	int result;

	z->next_out = chunk;
	z->avail_out = sizeof chunk;
	result = inflate(z, Z_NO_FLUSH);
	got = sizeof chunk - z->avail_out;
	if (result != Z_OK && result != Z_STREAM_END)
		return fail(e, 0, "damaged gzip data (%s)", z->msg ? z->msg :
			"it is cut short");
	if (z->total_out > m->limit)
		return fail(e, EFBIG, "gzip data of more than %llu KiB",
			(unsigned long long)m->limit / 1024);
	if (write_all(m->fd, (char *)chunk, got) < 0)
		return fail(e, errno, "write what gzip data holds");
	return result;
}

static int
begin_member(z_stream *z, const void *data, size_t size, struct err *e)
{
	memset(z, 0, sizeof *z);
	if (size < GZIP_LEAST || memcmp(data, "\x1f\x8b", 2) != 0)
		return fail(e, 0, "not gzip data");
	if (inflateInit2(z, GZIP_WRAPPER + MAX_WBITS) != Z_OK)
		return fail(e, ENOMEM, "gzip data");
	z->next_in = (Bytef *)(uintptr_t)data;
	z->avail_in = size > UINT_MAX ? UINT_MAX : (uInt)size;
	return 0;
}

int
gz_member(const void *data, size_t size, struct gz_member *member,
	struct err *e)
{
	z_stream z;
	int result;

	if (begin_member(&z, data, size, e) < 0)
		return -1;
	do
		result = inflate_chunk(&z, member, e);
	while (result == Z_OK);
	member->size = (size_t)((const char *)z.next_in - (const char *)data);
	member->out = z.total_out;
	inflateEnd(&z);
	return result == Z_STREAM_END ? 0 : -1;
}

bool
gz_peek(const void *data, size_t size, void *first, size_t len)
{
	struct err ignored;
	z_stream z;

	if (begin_member(&z, data, size, &ignored) < 0)
		return false;
	z.next_out = first;
	z.avail_out = (uInt)len;
	inflate(&z, Z_SYNC_FLUSH);
	inflateEnd(&z);
	return z.avail_out == 0;
}

void
gz_free(struct gz_data *out)
{
	munmap(out->data, out->size);
}
