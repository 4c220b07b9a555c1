/* SPDX-License-Identifier: MIT */
/*
 * loop - a file, or a part of one, as a block device: loop(4). The device
 * goes away by itself with its last user (LO_FLAGS_AUTOCLEAR).
 */
#ifndef LINUXRC_LIB_LOOP_H
#define LINUXRC_LIB_LOOP_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/blockdev.h"
#include "lib/err.h"

struct loop_source {
	int file;		/* open for reading, or for both */
	const char *name;	/* for losetup(8) to show; may be cut */
	uint64_t offset, size;	/* bytes; size 0: up to the file's end */
	bool read_only;
};

/*
 * Put the source on a free loop device; its name ("loop0") goes to name. In
 * a /dev that is no devtmpfs its node is made, and that of loop-control.
 * Returns an fd of the device, which holds it: to be closed when something
 * else does, a mount. -1 with the sentence; e->code is ENODEV when the kernel
 * has no loop driver (now).
 */
int
loop_attach(const struct blockdevs *b, const struct loop_source *source,
	char name[static BLOCKDEV_NAME_SIZE], struct err *e);

/* The same on the device of this name ("loop3"), which must be free. */
int
loop_attach_to(const struct blockdevs *b, const struct loop_source *source,
	const char *name, struct err *e);

#endif
