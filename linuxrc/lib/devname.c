/* SPDX-License-Identifier: MIT */
/*
 * devname.c - see devname.h.
 */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "lib/devname.h"

/* How many characters from s on are digits, or are none. */
static size_t
run_length(const char *s, bool digits)
{
	size_t len = 0;

	while (s[len] && (isdigit((unsigned char)s[len]) != 0) == digits)
		len++;
	return len;
}

/* A stretch of both names, all digits or all letters: numbers by their value;
 * letters behind the same two, as in sdz and sdaa, by their number first. */
static int
compare_runs(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t shorter = a_len < b_len ? a_len : b_len;
	int order = memcmp(a, b, shorter);

	if (a_len != b_len && (isdigit((unsigned char)*a) ||
	    (shorter > 1 && memcmp(a, b, 2) == 0)))
		return a_len < b_len ? -1 : 1;
	return order ? order : (int)a_len - (int)b_len;
}

int
devname_order(const char *a, const char *b)
{
	for (bool digits = false; *a || *b; digits = !digits) {
		size_t a_len = run_length(a, digits);
		size_t b_len = run_length(b, digits);
		int order = compare_runs(a, a_len, b, b_len);

		if (order)
			return order;
		a += a_len;
		b += b_len;
	}
	return 0;
}
