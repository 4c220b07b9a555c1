/* SPDX-License-Identifier: MIT */
/*
 * image - linuxrc.image=: a file in a mounted file system, or one partition of
 * it, becomes a block device (a loop device) that can be mounted as the root.
 * Does not mount, and does not load the driver of loop devices.
 */
#ifndef LINUXRC_IMAGE_H
#define LINUXRC_IMAGE_H

#include <stdbool.h>

#include "boot.h"

struct image {
	const char *text;	/* linuxrc.image= */
	const char *dir;	/* where the file system with it is mounted */
	const char *in;		/* what that is called in sentences */
	bool rw;		/* to be written to; false afterwards when
				   the file cannot be */

	/* filled */
	char types[FSTYPES_SIZE];	/* TYPE of the text, or "" */
	int fd;			/* of the device, which it holds until it is
				   mounted; for the caller to close */
};

/*
 * Find the file, absolute links looked up in dir, and put it on a loop device
 * *d. Without a partition in the text a file system in the whole file counts
 * first, then the one partition that holds one. 0; -1 with the sentence: the
 * file is not there (with the most similar name that is), it has no such
 * partition, several could be meant (all are named), or no loop device can be
 * had: then e->code is ENODEV when the kernel has no driver for them.
 */
int
image_attach(struct image *i, const struct places *at, struct root_device *d,
	struct err *e);

#endif
