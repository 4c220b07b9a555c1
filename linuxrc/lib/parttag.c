/* SPDX-License-Identifier: MIT */
/*
 * parttag.c - see parttag.h.
 */
#include <string.h>
#include <strings.h>

#include "lib/parttag.h"

bool
parttag_uuid_fits(const char *uuid, const char *wanted)
{
	return wanted[0] &&
		strncasecmp(uuid, wanted, strlen(wanted)) == 0;
}

/* How many bytes follow the first one of a character in UTF-8. */
static unsigned
utf8_more(unsigned char first)
{
	return first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
}

/* The character at *s; *s moves on. A byte that begins none stands for
 * itself. */
static unsigned
utf8_next(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	unsigned more = utf8_more(p[0]);
	unsigned c = more ? p[0] & (0x3fu >> more) : p[0];

	for (unsigned i = 1; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80) {
			more = 0;
			c = p[0];
			break;
		}
		c = c << 6 | (p[i] & 0x3fu);
	}
	*s += more + 1;
	return c;
}

/* utf16_le_to_7bit() for one unit. */
static char
seven_bits(unsigned unit)
{
	unsigned c = unit & 0x7f;

	return (char)(c != 0 && (c < 0x20 || c == 0x7f) ? '!' : c);
}

bool
parttag_label_fits(const char *label, const char *wanted)
{
	if (label[0] == '\0' || strcmp(label, wanted) == 0)
		return label[0] != '\0';
	while (*label) {
		unsigned c = utf8_next(&label);
		unsigned unit = c > 0xffff ? 0xd800 + ((c - 0x10000) >> 10) : c;

		if (seven_bits(unit) == '\0')	/* ends the kernel's string */
			break;
		if (*wanted++ != seven_bits(unit))
			return false;
		if (c > 0xffff && (c & 0x7f) == 0)
			break;
		if (c > 0xffff && *wanted++ != seven_bits(c))
			return false;
	}
	return *wanted == '\0';
}
