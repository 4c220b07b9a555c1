/* SPDX-License-Identifier: MIT */
/*
 * without.c - see without.h.
 */
#include "without/without.h"

int
without(const char *asked, const char *part, const char *what,
	struct err *e)
{
	fail(e, 0, "%.300s: this linuxrc was made without %s", asked, what);
	return hint(e, "make the image with the whole linuxrc (mkinitrd "
		"--linuxrc FILE), or build one with make PARTS=%s", part);
}
