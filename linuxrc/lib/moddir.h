/* SPDX-License-Identifier: MIT */
/*
 * moddir - the directory with the running kernel's modules and the indexes in
 * it. What depmod(8) could not have written is said.
 */
#ifndef LINUXRC_LIB_MODDIR_H
#define LINUXRC_LIB_MODDIR_H

#include "lib/err.h"
#include "lib/file.h"

enum {
	MODDIR_INDEX_LIMIT = 32 << 20	/* bytes; twenty times the largest
					   index of a distribution */
};

/*
 * Open lib/modules/RELEASE, or usr/lib/modules/RELEASE, below root. The fd, or
 * -1: e->code is ENOENT when there are no modules at all; a directory of
 * another release is named in the sentence.
 */
int
moddir_open(int root, const char *release, struct err *e);

/* Map an index. 0; -1 when it cannot be read (ENOENT in e->code when it is
 * absent) or is larger than the limit. One that is cut short is spoken of
 * (level 4) and used. */
int
moddir_map(int dir, const char *index, struct file_map *map, struct err *e);

#endif
