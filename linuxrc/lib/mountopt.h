/* SPDX-License-Identifier: MIT */
/*
 * mountopt - mount options as people write them (mount(8), fstab(5)) ->
 * flags and data of mount(2). Pure.
 */
#ifndef LINUXRC_LIB_MOUNTOPT_H
#define LINUXRC_LIB_MOUNTOPT_H

#include <stddef.h>

#include "lib/err.h"

/*
 * words: comma list; a value may hold commas inside double quotes. VFS
 * words set or clear bits in *flags (which comes in with the caller's
 * start value); defaults, auto, noauto, user, nouser, _netdev, nofail, x-*
 * and the like are dropped; the rest goes to data (size bytes) in order.
 * 0, or -1: data too small.
 */
int
mountopt_parse(const char *words, unsigned long *flags, char *data,
	size_t size, struct err *e);

#endif
