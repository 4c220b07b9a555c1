/* SPDX-License-Identifier: MIT */
/*
 * image - looks into images: cpio archives, any number of them one after the
 * other, each plain or compressed, as the kernel unpacks them; or a file
 * system that it mounts as an initrd.
 */
#ifndef MKINITRD_IMAGE_H
#define MKINITRD_IMAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/cpio.h"
#include "lib/err.h"

/* Who wants to know what is in an image. */
struct image_reader {
	bool names_only;	/* a file's data may be left out */
	/* An archive or a file system begins at this byte of the file (of
	 * what was compressed: where that begins); kind is "gzip, cpio" or
	 * the like. */
	void (*member)(void *self, const char *kind, size_t at);
	/* An entry. 0 or -1, which ends all. */
	int (*entry)(void *self, const struct cpio_entry *entry,
		struct err *e);
	void *self;
};

/* Read the image at path, in its order. 0, or -1: it is damaged, cut short
 * or no image, or the reader has failed. */
int
image_read(const char *path, const struct image_reader *reader,
	struct err *e);

/* --list: one line for each entry on standard output. 0 or -1. */
int
image_list(const char *path, struct err *e);

/*
 * --extract: the entries, below the directory dir and nowhere else. What a
 * name of the image would put elsewhere is left out and named, and so is
 * what only root may make. 0, or -1: the image is damaged, something could
 * not be written, or a name was refused.
 */
int
image_extract(const char *path, const char *dir, struct err *e);

#endif
