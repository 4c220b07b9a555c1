/* SPDX-License-Identifier: MIT */
/*
 * similar.c - see similar.h.
 */
#include "lib/similar.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { NAME_MAX_LEN = 255 };

static unsigned
least(unsigned a, unsigned b, unsigned c)
{
	if (b < a)
		a = b;
	return c < a ? c : a;
}

unsigned
similar_distance(const char *a, const char *b)
{
	unsigned char row[NAME_MAX_LEN + 1];	/* of the usual table */
	size_t len = strlen(b);
	unsigned left, above, corner;

	if (len > NAME_MAX_LEN || strlen(a) > NAME_MAX_LEN)
		return NAME_MAX_LEN;
	if (strcmp(a, b) != 0 && strcasecmp(a, b) == 0)
		return 1;
	for (size_t i = 0; i <= len; i++)
		row[i] = (unsigned char)i;
	for (; *a; a++) {
		corner = row[0]++;
		for (size_t i = 0; i < len; i++) {
			left = row[i];
			above = row[i + 1];
			corner += tolower((unsigned char)*a) !=
				tolower((unsigned char)b[i]);
			row[i + 1] = (unsigned char)least(left + 1, above + 1,
				corner);
			corner = above;
		}
	}
	return row[len];
}
