/* SPDX-License-Identifier: MIT */
/*
 * text - string operations that say when something does not fit, and
 * numbers that are whole or nothing.
 */
#include "lib/text.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int
text_copy(char *dst, size_t size, const char *src)
{
	dst[0] = '\0';
	return text_append(dst, size, src);
}

int
text_append(char *dst, size_t size, const char *src)
{
	size_t used = strlen(dst);
	size_t len = strlen(src);

	if (len >= size - used)
		return -1;
	memcpy(dst + used, src, len + 1);
	return 0;
}

int
text_add(char *dst, size_t size, const char *format, ...)
{
	size_t used = strlen(dst);
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(dst + used, size - used, format, args);
	va_end(args);
	return len < 0 || (size_t)len >= size - used ? -1 : 0;
}

const char *
text_after(const char *s, const char *prefix)
{
	while (*prefix != '\0')
		if (*s++ != *prefix++)
			return NULL;
	return s;
}

static char
dash_as_underscore(char c)
{
	return c == '-' ? '_' : c;
}

bool
text_same_start(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (dash_as_underscore(a[i]) != dash_as_underscore(b[i]))
			return false;
		if (a[i] == '\0')
			break;
	}
	return true;
}

bool
text_same_name(const char *a, const char *b)
{
	return text_same_start(a, b, SIZE_MAX);
}

int
text_number(const char *s, int base, long min, long max, long *value)
{
	char *end;
	long n;

	/* strtol() skips white space and takes "" for 0 */
	if (*s == '\0' || isspace((unsigned char)*s))
		return -1;
	errno = 0;
	n = strtol(s, &end, base);
	if (errno != 0 || end == s || *end != '\0' || n < min || n > max)
		return -1;
	*value = n;
	return 0;
}

/* A control character: C0, DEL, or C1 in its two bytes of UTF-8. */
static bool
steers(const unsigned char *s)
{
	return s[0] < 0x20 || s[0] == 0x7f ||
		(s[0] == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0);
}

static bool
is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

void
text_clean(char *dst, size_t size, const char *src)
{
	size_t len = 0;

	for (; *src && len + 1 < size; src++) {
		bool bad = steers((const unsigned char *)src);

		/* of the two bytes of C1 the second says it all */
		src += bad && is_continuation(src[1]) &&
			(unsigned char)*src == 0xc2;
		dst[len++] = bad ? '?' : *src;
	}
	/* no half of a character at the end: of its four bytes at most, the
	 * last one is not there */
	if (*src && is_continuation(*src)) {
		size_t end = len;

		while (end > 0 && len - end < 2 &&
		    is_continuation(dst[end - 1]))
			end--;
		if (end > 0 && (unsigned char)dst[end - 1] >= 0xc0)
			len = end - 1;
	}
	dst[len] = '\0';
}
