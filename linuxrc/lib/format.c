/* SPDX-License-Identifier: MIT */
/*
 * format.c - see format.h. Follows fprintf() of C11, 7.21.6.1, as far as it
 * goes: no floating point, no wide characters, no %n.
 */
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "lib/format.h"

enum {
	DIGITS_MAX = 24,	/* of 64 bits in octal, and a sign */
	LINE_SIZE = 1024	/* to a stream: only libblkid's warnings */
};

struct output {
	char *dst;
	size_t size, len;	/* len: of all, written or not */
};

/* One conversion. */
struct spec {
	bool left, zero;
	int width, precision;	/* precision < 0: none */
	char length;		/* l, H for hh, h, or 0; L: 64 bits */
	char type;
};

static void
put(struct output *o, const char *text, size_t len)
{
	if (o->len < o->size) {
		size_t room = o->size - o->len;

		memcpy(o->dst + o->len, text, len < room ? len : room);
	}
	o->len += len;
}

static void
fill(struct output *o, char c, int count)
{
	while (count-- > 0)
		put(o, &c, 1);
}

/* Text in its width; a number's zeros go between sign and digits. */
static void
put_padded(struct output *o, const struct spec *s, const char *text,
	size_t len)
{
	int pad = s->width > (int)len ? s->width - (int)len : 0;

	if (!s->left)
		fill(o, ' ', pad);
	put(o, text, len);
	if (s->left)
		fill(o, ' ', pad);
}

static void
put_number(struct output *o, struct spec s, uintmax_t n, bool negative)
{
	unsigned base = s.type == 'o' ? 8 : s.type == 'd' || s.type == 'u' ?
		10 : 16;
	const char *digits = s.type == 'X' ? "0123456789ABCDEF" :
		"0123456789abcdef";
	char text[DIGITS_MAX], *p = text + sizeof text;
	int zeros = s.precision, len;

	for (; n; n /= base)
		*--p = digits[n % base];
	len = (int)(text + sizeof text - p);
	if (zeros < 0)
		zeros = s.zero && !s.left ? s.width - negative : 1;
	zeros = zeros > len ? zeros - len : 0;
	s.width -= zeros + negative + len;
	if (!s.left)
		fill(o, ' ', s.width);
	if (negative)
		put(o, "-", 1);
	fill(o, '0', zeros);
	put(o, p, (size_t)len);
	if (s.left)
		fill(o, ' ', s.width);
}

/* Digits, or * for an argument. */
static const char *
take_number(const char *f, int *value, va_list *args)
{
	*value = 0;
	if (*f == '*') {
		*value = va_arg(*args, int);
		return f + 1;
	}
	for (; *f >= '0' && *f <= '9' && *value < INT_MAX / 16; f++)
		*value = *value * 10 + (*f - '0');
	return f;
}

/* What follows a %, up to and with the conversion's letter. */
static const char *
take_spec(const char *f, struct spec *s, va_list *args)
{
	*s = (struct spec){ .precision = -1 };
	for (; *f == '-' || *f == '0'; f++) {
		s->left |= *f == '-';
		s->zero |= *f == '0';
	}
	f = take_number(f, &s->width, args);
	if (s->width < 0) {
		s->left = true;
		s->width = -s->width;
	}
	if (*f == '.')
		f = take_number(f + 1, &s->precision, args);
	for (; *f == 'h' || *f == 'l' || *f == 'z' || *f == 'j' || *f == 't';
	    f++)
		s->length = *f != s->length ? *f : *f == 'h' ? 'H' : 'L';
	s->type = *f;
	return *f ? f + 1 : f;
}

static intmax_t
take_signed(const struct spec *s, va_list *args)
{
	switch (s->length) {
	case 'H':
		return (signed char)va_arg(*args, int);
	case 'h':
		return (short)va_arg(*args, int);
	case 'l': case 'z': case 't':
		return va_arg(*args, long);
	case 'L': case 'j':
		return va_arg(*args, long long);
	default:
		return va_arg(*args, int);
	}
}

static uintmax_t
take_unsigned(const struct spec *s, va_list *args)
{
	switch (s->length) {
	case 'H':
		return (unsigned char)va_arg(*args, unsigned);
	case 'h':
		return (unsigned short)va_arg(*args, unsigned);
	case 'l': case 'z': case 't':
		return va_arg(*args, unsigned long);
	case 'L': case 'j':
		return va_arg(*args, unsigned long long);
	default:
		return va_arg(*args, unsigned);
	}
}

static void
put_text(struct output *o, const struct spec *s, const char *text)
{
	if (!text)
		text = "(null)";
	put_padded(o, s, text, s->precision < 0 ? strlen(text) :
		strnlen(text, (size_t)s->precision));
}

/* False: no such conversion. */
static bool
convert(struct output *o, struct spec *s, va_list *args)
{
	intmax_t n;
	char c;

	switch (s->type) {
	case 's':
		put_text(o, s, va_arg(*args, const char *));
		return true;
	case 'd': case 'i':
		n = take_signed(s, args);
		s->type = 'd';
		put_number(o, *s, n < 0 ? -(uintmax_t)n : (uintmax_t)n, n < 0);
		return true;
	case 'u': case 'x': case 'X': case 'o':
		put_number(o, *s, take_unsigned(s, args), false);
		return true;
	case 'p':
		put_number(o, *s, (uintptr_t)va_arg(*args, void *), false);
		return true;
	case 'c':
		c = (char)va_arg(*args, int);
		put_padded(o, s, &c, 1);
		return true;
	default:
		return false;
	}
}

int
format_list(char *dst, size_t size, const char *format, va_list args)
{
	struct output o = { .dst = dst, .size = size > 0 ? size - 1 : 0 };
	struct spec s;
	va_list rest;

	va_copy(rest, args);
	while (*format) {
		const char *f = strchr(format, '%');

		put(&o, format, f ? (size_t)(f - format) : strlen(format));
		if (!f)
			break;
		format = take_spec(f + 1, &s, &rest);
		if (s.type == '%')
			put(&o, "%", 1);
		else if (!convert(&o, &s, &rest))
			put(&o, f, (size_t)(format - f));
	}
	va_end(rest);
	if (size > 0)
		dst[o.len < size ? o.len : size - 1] = '\0';
	return o.len > INT_MAX ? -1 : (int)o.len;
}

#ifndef __GLIBC__
int
vsnprintf(char *restrict dst, size_t size, const char *restrict format,
	va_list args)
{
	return format_list(dst, size, format, args);
}

int
vfprintf(FILE *restrict stream, const char *restrict format, va_list args)
{
	char line[LINE_SIZE];
	int len = format_list(line, sizeof line, format, args);

	return len < 0 || fputs(line, stream) < 0 ? -1 : len;
}
#endif
