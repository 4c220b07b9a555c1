/* SPDX-License-Identifier: MIT */
/*
 * packsize.c - see packsize.h.
 */
#include <string.h>

#include "packsize.h"

enum {
	XZ_ENDS = 12,		/* bytes of a stream's header, of its footer */
	XZ_MAGIC = 6,
	VARIABLE_MAX = 9,	/* bytes of a number of variable length */
	ZSTD_HEAD = 5		/* magic and descriptor */
};

/* A number of variable length: seven bits in a byte, the lowest first. */
static uint64_t
take_number(const unsigned char **p, const unsigned char *end)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < VARIABLE_MAX && *p < end; i++) {
		unsigned char byte = *(*p)++;

		value |= (uint64_t)(byte & 0x7f) << (7 * i);
		if (!(byte & 0x80))
			return value;
	}
	*p = end;
	return 0;
}

static uint64_t
little(const unsigned char *p, unsigned bytes)
{
	uint64_t value = 0;

	while (bytes-- > 0)
		value = value << 8 | p[bytes];
	return value;
}

uint64_t
packsize_xz(const void *data, size_t size)
{
	const unsigned char *d = data, *p, *end;
	uint64_t index, records, sum = 0;

	if (size < 3 * XZ_ENDS || memcmp(d, "\xfd" "7zXZ", XZ_MAGIC) != 0 ||
	    memcmp(d + size - 2, "YZ", 2) != 0)
		return 0;
	end = d + size - XZ_ENDS;
	index = (little(end + 4, 4) + 1) * 4;
	if (index > size - 2 * XZ_ENDS || end[-(ptrdiff_t)index] != 0)
		return 0;
	p = end - index + 1;
	records = take_number(&p, end);
	for (; records > 0 && p < end; records--) {
		take_number(&p, end);
		sum += take_number(&p, end);
	}
	return records == 0 ? sum : 0;
}

uint64_t
packsize_zstd(const void *data, size_t size)
{
	static const unsigned char dictionary[] = { 0, 1, 2, 4 };
	static const unsigned char content[] = { 0, 2, 4, 8 };
	const unsigned char *d = data;
	unsigned how, bytes, at = ZSTD_HEAD;

	if (size < ZSTD_HEAD + 1 || memcmp(d, "\x28\xb5\x2f\xfd", 4) != 0)
		return 0;
	how = d[4];
	bytes = content[how >> 6];
	/* a single segment has no window, and a size in any case */
	if (!(how & 0x20))
		at++;
	else if (bytes == 0)
		bytes = 1;
	at += dictionary[how & 3];
	if (bytes == 0 || size < at + bytes)
		return 0;
	return little(d + at, bytes) + (bytes == 2 ? 256 : 0);
}
