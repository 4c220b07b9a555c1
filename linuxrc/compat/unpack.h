/* SPDX-License-Identifier: MIT */
/*
 * unpack - the old image, inflated, in a file of memory.
 */
#ifndef LINUXRC_COMPAT_UNPACK_H
#define LINUXRC_COMPAT_UNPACK_H

#include "boot.h"
#include "compat/source.h"

struct unpacked {
	int fd;			/* a memfd */
	uint64_t size;		/* bytes; no less than its file system says */
	enum ramdisk_kind kind;	/* a file system, or RAMDISK_CPIO */
};

/*
 * Inflate the image that source_find() has found: gzip here, another
 * compression by a program of the initramfs. At most limit bytes. 0 or -1:
 * damaged, larger than that, no program, or nothing known is in it.
 */
int
unpack(const struct source *s, uint64_t limit, struct unpacked *u,
	struct err *e);

#endif
