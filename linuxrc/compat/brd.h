/* SPDX-License-Identifier: MIT */
/*
 * brd - the RAM disk of the kernel, /dev/ram0, for an old image that asks for
 * it by its number: drivers/block/brd.c.
 */
#ifndef LINUXRC_COMPAT_BRD_H
#define LINUXRC_COMPAT_BRD_H

#include "boot.h"
#include "compat/unpack.h"

/* True when the text of a /linuxrc (len bytes) speaks of /dev/ram0 or
 * /dev/ram, or makes a node b 1 0. Pure. */
bool
brd_is_named(const char *text, size_t len);

/* Copy the image to /dev/ram0 and fill *d. 0; -1: there is none (e->code is
 * ENODEV), or it is too small (EFBIG). */
int
brd_fill(const struct unpacked *u, const struct places *at,
	struct root_device *d, struct err *e);

/* Give the memory of /dev/ram0 back if nothing has it mounted any more (Linux
 * 6.12 and later; before, it stays as it is). dev: the directory /dev. */
void
brd_free(int dev);

#endif
