/* SPDX-License-Identifier: MIT */
/*
 * imagespec - the grammar of linuxrc.image=: PATH[#PARTITION][:TYPE[,TYPE...]].
 * Pure.
 */
#ifndef LINUXRC_LIB_IMAGESPEC_H
#define LINUXRC_LIB_IMAGESPEC_H

#include "lib/err.h"

enum {
	IMAGESPEC_PATH_SIZE = 1024,
	IMAGESPEC_TYPES_SIZE = 256,
	IMAGESPEC_ANY = -1	/* no partition was named */
};

struct image_spec {
	char path[IMAGESPEC_PATH_SIZE];	/* without a / at its beginning */
	char types[IMAGESPEC_TYPES_SIZE];	/* comma list, or "" */
	int partition;		/* IMAGESPEC_ANY; 0: all of the file */
};

/*
 * Understand text. A colon belongs to the path when something other than
 * lower-case letters, digits, _ and commas follows the last one, a # when
 * something other than 1 to 3 digits does. 0, or -1 and the sentence: there
 * is no path, or a part is too long.
 */
int
imagespec_parse(const char *text, struct image_spec *spec, struct err *e);

#endif
