/* SPDX-License-Identifier: MIT */
/*
 * memory.c - see memory.h. exit(3) takes what is unfinished away (out.h).
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "memory.h"

static void
end(void)
{
	fputs("mkinitrd: not enough memory\n", stderr);
	exit(1);
}

void *
memory_get(size_t count, size_t size)
{
	void *p = calloc(count > 0 ? count : 1, size > 0 ? size : 1);

	if (!p)
		end();
	return p;
}

void *
memory_more(void *old, size_t count, size_t size)
{
	void *p = count > SIZE_MAX / size ? NULL : realloc(old, count * size);

	if (!p)
		end();
	return p;
}

char *
memory_text(const char *format, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	text = memory_get((size_t)len + 1, 1);
	va_start(args, format);
	vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return text;
}

void
note(const char *format, ...)
{
	va_list args;

	fputs("mkinitrd: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputs("\n", stderr);
}

#ifdef __SANITIZE_ADDRESS__
/* The host build would report all of it at the end. */
const char *
__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}
#endif
