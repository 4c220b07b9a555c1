/* SPDX-License-Identifier: MIT */
/*
 * wanted - the modules of a kernel, and which of them come into an image.
 */
#ifndef TEST_WANTED_H
#define TEST_WANTED_H

#include <string.h>

#include "../../applets/mkinitrd/modules.h"

static struct modules m;

/* The names of what is wanted, in the order of modules.dep. */
static inline const char *
wanted(void)
{
	static char text[1024];

	text[0] = '\0';
	for (unsigned i = 0; i < m.count; i++)
		if (m.module[i].wanted) {
			strcat(text, text[0] ? " " : "");
			strcat(text, m.module[i].name);
		}
	return text;
}

#endif
