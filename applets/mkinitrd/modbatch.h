/* SPDX-License-Identifier: MIT */
/*
 * modbatch - many compressed modules unpacked by one run of the tool: to
 * start it takes as long as to unpack a module, and a kernel has thousands.
 */
#ifndef MKINITRD_MODBATCH_H
#define MKINITRD_MODBATCH_H

#include <stdbool.h>

#include "lib/file.h"

/* These files will be asked for, in this order. The list has to stay. */
void
modbatch_plan(char *const *path, unsigned count);

/* The file of the plan, unpacked by this command (NULL at its end), until the
 * next call. False: it has to be unpacked by itself, which may fail and then
 * says why. */
bool
modbatch_take(const char *path, const char *const command[],
	struct file_map *map);

#endif
