/* SPDX-License-Identifier: MIT */
/*
 * fstab.c - see fstab.h.
 */
#include <stdbool.h>
#include <string.h>

#include "lib/fstab.h"

static bool
is_octal(char c)
{
	return c >= '0' && c <= '7';
}

/* Copy one field, with its escapes undone. -1: it does not fit. */
static int
decode(const char *field, size_t len, char *dst, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		char c = field[i];

		if (n + 1 >= size)
			return -1;
		if (c == '\\' && len - i > 3 && is_octal(field[i + 1]) &&
		    is_octal(field[i + 2]) && is_octal(field[i + 3])) {
			c = (char)((field[i + 1] - '0') << 6 |
				(field[i + 2] - '0') << 3 |
				(field[i + 3] - '0'));
			i += 3;
		}
		if (c == '\0')		/* no name of anything has one */
			return -1;
		dst[n++] = c;
	}
	dst[n] = '\0';
	return 0;
}

int
fstab_root(const char *text, char *spec, size_t size)
{
	const char *found = NULL;
	size_t found_len = 0;

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
		const char *field = text + strspn(text, " \t");
		size_t len = strcspn(field, " \t\r\n");
		const char *file = field + len + strspn(field + len, " \t");

		if (field[0] == '#' || len == 0 || file[0] != '/' ||
		    !strchr(" \t\r\n", file[1]))
			continue;
		found = field;
		found_len = len;
	}
	if (found && decode(found, found_len, spec, size) == 0)
		return 0;
	spec[0] = '\0';
	return -1;
}
