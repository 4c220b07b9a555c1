/* SPDX-License-Identifier: MIT */
/*
 * cpio - the archive of an initramfs, newc and crc, as the kernel reads it
 * (Documentation/driver-api/early-userspace/buffer-format.rst and
 * init/initramfs.c). Pure: one entry after the other out of memory, and one
 * header after the other into it.
 */
#ifndef LINUXRC_LIB_CPIO_H
#define LINUXRC_LIB_CPIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/err.h"

enum {
	CPIO_NAME_SIZE = 4096,	/* with its NUL: PATH_MAX, as the kernel */
	CPIO_HEAD_SIZE = 110 + CPIO_NAME_SIZE + 4	/* with padding */
};

struct cpio_entry {
	const char *name;	/* as it stands there, ended by NUL */
	const char *data;	/* of a file, or the target of a link */
	uint32_t size;		/* bytes of data */
	uint32_t inode, mode, uid, gid, links, mtime;
	uint32_t dev_major, dev_minor;	/* where it lay; with inode: which
					   names are one file */
	uint32_t major, minor;		/* of a device node */
};

struct cpio_reader {
	const char *data;	/* of the archive, from its first byte on */
	size_t size;		/* bytes of it and of what follows it */
	size_t at;		/* next header */
};

/* True when an archive of a kind that the kernel knows begins here. */
bool
cpio_is(const char *data, size_t size);

/*
 * The next entry. 1: there it is; 0: this was the trailer, and c->at is
 * behind it; -1: the sentence tells at which byte the archive is cut short
 * or makes no sense. A name is never empty.
 */
int
cpio_next(struct cpio_reader *c, struct cpio_entry *entry, struct err *e);

/*
 * Header and name of an entry (name, size, inode, mode, uid, gid, links,
 * mtime, major, minor count), padded, into buffer. Its length in bytes, or
 * 0: the name is too long. The data follows, padded by cpio_padding() zeros.
 */
size_t
cpio_head(char buffer[static CPIO_HEAD_SIZE], const struct cpio_entry *entry);
size_t
cpio_padding(size_t size);

#endif
