/* SPDX-License-Identifier: MIT */
/*
 * utf8.c - see utf8.h.
 */
#include "dialog/utf8.h"

unsigned
utf8_length(unsigned char first)
{
	if (first >= 0xc2 && first < 0xe0)
		return 2;
	if (first >= 0xe0 && first < 0xf0)
		return 3;
	return first >= 0xf0 && first < 0xf5 ? 4 : 1;
}

unsigned
utf8_next(const char **s)
{
	static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const char *p = *s;
	unsigned char first = (unsigned char)*p;
	unsigned len = utf8_length(first), c;

	if (first == 0)
		return 0;
	*s = p + 1;
	if (len == 1)
		return first < 0x80 ? first : UTF8_NONE;
	c = first & (0x7fu >> len);
	for (unsigned i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return UTF8_NONE;
		c = c << 6 | ((unsigned char)p[i] & 0x3f);
	}
	if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return UTF8_NONE;
	*s = p + len;
	return c;
}

size_t
utf8_put(unsigned c, char out[static UTF8_MAX])
{
	unsigned len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	if (len == 1) {
		out[0] = (char)c;
		return 1;
	}
	for (unsigned i = len - 1; i > 0; i--, c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(0xf00u >> len | c);
	return len;
}

unsigned
utf8_count(const char *s)
{
	unsigned n = 0;

	while (utf8_next(&s))
		n++;
	return n;
}
