/* SPDX-License-Identifier: MIT */
/*
 * hardlink - names of one file in a cpio archive: the first is made, the
 * others become links to it.
 */
#ifndef MKINITRD_HARDLINK_H
#define MKINITRD_HARDLINK_H

#include <stdbool.h>
#include <sys/types.h>

#include "lib/cpio.h"

struct hardlink {
	uint32_t inode, dev_major, dev_minor;	/* in the archive */
	char *path;		/* the first name, resolved */
	dev_t st_dev;		/* what was made there */
	ino_t st_ino;
};

struct hardlinks {
	struct hardlink *link;
	unsigned count;
};

/* If another name of this entry was made, make this name (in dir) a link to
 * it. False: it was not, or is not what it was. */
bool
hardlink_make(const struct hardlinks *h, int root, int dir, const char *name,
	const struct cpio_entry *entry);

/* This entry was made at path: name in dir. */
void
hardlink_remember(struct hardlinks *h, const char *path, int dir,
	const char *name, const struct cpio_entry *entry);

/* The next archive has inodes of its own. */
void
hardlink_forget(struct hardlinks *h);

#endif
