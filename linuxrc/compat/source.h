/* SPDX-License-Identifier: MIT */
/*
 * source - the old image as it lies there: a file in the initramfs or on a
 * medium, or what the kernel has kept of all that the boot loader gave it; and
 * where in that file the image begins.
 */
#ifndef LINUXRC_COMPAT_SOURCE_H
#define LINUXRC_COMPAT_SOURCE_H

#include "boot.h"
#include "lib/ramdisk.h"

struct source {
	const char *name;	/* as a sentence calls it */
	int fd;
	const char *data;	/* the whole file, mapped */
	size_t size;		/* bytes */
	size_t at;		/* where the image begins */
	enum ramdisk_kind kind;	/* what begins there */
};

/* Is there a file of ours that could hold an image: path relative to dir,
 * judged by its first bytes. Costs one failed open() where there is none. */
bool
source_is_there(int dir, const char *path);

/* Open and map it; s->name stays the caller's. 0 or -1. */
int
source_open(struct source *s, int dir, const char *path, struct err *e);

/*
 * Find the image: at start_kib (ramdisk_start=) or, when that is 0, behind the
 * archives that the kernel has unpacked already. An archive with nothing
 * behind it is the image itself. 0; -1: e->code is ENOENT when there is none.
 */
int
source_find(struct source *s, int start_kib, struct err *e);

void
source_close(struct source *s);

#endif
