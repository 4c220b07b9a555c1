/* SPDX-License-Identifier: MIT */
/*
 * scan.c - see scan.h. Follows fscanf() of C11, 7.21.6.2, as far as it goes. A
 * stream is read to its end or for LINE_SIZE bytes: libblkid asks files of
 * /sys for one line, and closes them.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/scan.h"

enum {
	LINE_SIZE = 1024,
	DIGITS_MAX = 32		/* of 64 bits in octal, a sign and 0x */
};

/* One conversion. */
struct spec {
	bool skip;		/* it is not stored */
	size_t width;
	unsigned longs;		/* l: 1; ll, j: 2 */
	char type;
	const char *set;	/* behind [ */
	size_t set_len;
};

/* The bytes that a set or a word goes on with. */
static bool
belongs(const struct spec *s, char c)
{
	bool other = s->type == '[' && s->set[0] == '^';

	if (s->type == 's')
		return !isspace((unsigned char)c);
	if (s->type == 'c')
		return true;
	return (memchr(s->set + other, c, s->set_len - other) != NULL) !=
		other;
}

static const char *
take_spec(const char *f, struct spec *s)
{
	char *end;

	memset(s, 0, sizeof *s);
	s->skip = *f == '*';
	f += s->skip;
	s->width = strtoul(f, &end, 10);
	for (f = end; *f == 'l' || *f == 'j'; f++)
		s->longs += *f == 'j' ? 2 : 1;
	s->type = *f;
	if (*f == '\0')
		return f;
	if (*f++ != '[')
		return f;
	s->set = f;
	f += *f == '^';
	f += *f == ']';
	f += strcspn(f, "]");
	s->set_len = (size_t)(f - s->set);
	return *f ? f + 1 : f;
}

static void
store_number(const struct spec *s, uintmax_t n, va_list *args)
{
	if (s->longs > 1)
		*va_arg(*args, uintmax_t *) = n;
	else if (s->longs == 1)
		*va_arg(*args, unsigned long *) = (unsigned long)n;
	else
		*va_arg(*args, unsigned *) = (unsigned)n;
}

/* The text behind it, or NULL: it is none. */
static const char *
take_number(const struct spec *s, const char *text, va_list *args)
{
	int base = s->type == 'o' ? 8 : s->type == 'x' ? 16 :
		s->type == 'i' ? 0 : 10;
	size_t width = s->width && s->width < DIGITS_MAX ? s->width :
		DIGITS_MAX - 1;
	char digits[DIGITS_MAX], *end;
	uintmax_t n;

	snprintf(digits, sizeof digits, "%.*s", (int)width, text);
	n = digits[0] == '-' ? (uintmax_t)strtoimax(digits, &end, base) :
		strtoumax(digits, &end, base);
	if (end == digits)
		return NULL;
	if (!s->skip)
		store_number(s, n, args);
	return text + (end - digits);
}

static const char *
take_text(const struct spec *s, const char *text, va_list *args)
{
	char *dst = s->skip ? NULL : va_arg(*args, char *);
	size_t most = s->width ? s->width : s->type == 'c' ? 1 : SIZE_MAX;
	size_t len = 0;

	while (len < most && text[len] && belongs(s, text[len]))
		len++;
	if (len == 0 || (s->type == 'c' && len < most))
		return NULL;
	if (dst)
		memcpy(dst, text, len);
	if (dst && s->type != 'c')
		dst[len] = '\0';
	return text + len;
}

static const char *
pass_blanks(const char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	return text;
}

/* As take_number(). */
static const char *
take(const struct spec *s, const char *text, va_list *args)
{
	if (s->type && strchr("diuox", s->type))
		return take_number(s, text, args);
	if (s->type && strchr("sc[", s->type))
		return take_text(s, text, args);
	return s->type == '%' && *text == '%' ? text + 1 : NULL;
}

int
scan_list(const char *text, const char *format, va_list args)
{
	va_list rest;
	struct spec s;
	int stored = 0;
	bool ended = false;

	va_copy(rest, args);
	while (text && *format) {
		if (isspace((unsigned char)*format)) {
			text = pass_blanks(text);
			format++;
			continue;
		}
		if (*format != '%') {
			ended = *text == '\0';
			text = *text == *format++ ? text + 1 : NULL;
			continue;
		}
		format = take_spec(format + 1, &s);
		if (s.type != 'c' && s.type != '[')
			text = pass_blanks(text);
		ended = *text == '\0';
		text = take(&s, text, &rest);
		stored += text && !s.skip && s.type != '%';
	}
	va_end(rest);
	return !text && ended && stored == 0 ? -1 : stored;
}

#ifndef __GLIBC__
int
vsscanf(const char *restrict text, const char *restrict format, va_list args)
{
	return scan_list(text, format, args);
}

int
vfscanf(FILE *restrict stream, const char *restrict format, va_list args)
{
	char line[LINE_SIZE];
	size_t len = fread(line, 1, sizeof line - 1, stream);

	line[len] = '\0';
	return scan_list(line, format, args);
}
#endif
