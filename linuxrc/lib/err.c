/* SPDX-License-Identifier: MIT */
/*
 * err - builds the one sentence of a failure in the caller's struct. A
 * sentence that is too long ends in "...", so that a cut is seen.
 */
#include "lib/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { ENOTSUPP = 524 };	/* include/linux/errno.h */

static void __attribute__((format(printf, 2, 0)))
append_list(struct err *e, const char *format, va_list args)
{
	size_t used = strlen(e->text);
	size_t room = sizeof(e->text) - used;
	int len = vsnprintf(e->text + used, room, format, args);

	if (len < 0 || (size_t)len >= room)
		memcpy(e->text + sizeof(e->text) - 4, "...", 4);
}

static void __attribute__((format(printf, 2, 3)))
append(struct err *e, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	append_list(e, format, args);
	va_end(args);
}

/* Codes of the kernel that a C library has no words for: two that mount(2)
 * gives, and any other as its number. */
static void
append_code(struct err *e, int code)
{
	static const char *const none[] = {
		"No error information", "Unknown error"
	};
	const char *words = strerror(code);

	if (code == EUCLEAN)
		words = "Structure needs cleaning";
	else if (code == ENOTSUPP)
		words = "Operation not supported by the driver";
	for (unsigned i = 0; i < 2; i++)
		if (strncmp(words, none[i], strlen(none[i])) == 0) {
			append(e, ": error %d", code);
			return;
		}
	append(e, ": %s", words);
}

int
fail(struct err *e, int code, const char *what, ...)
{
	va_list args;

	e->code = code;
	e->text[0] = '\0';
	va_start(args, what);
	append_list(e, what, args);
	va_end(args);
	if (code != 0)
		append_code(e, code);
	return -1;
}

int
hint(struct err *e, const char *what, ...)
{
	va_list args;

	append(e, " -- ");
	va_start(args, what);
	append_list(e, what, args);
	va_end(args);
	return -1;
}
