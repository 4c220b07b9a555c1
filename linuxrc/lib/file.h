/* SPDX-License-Identifier: MIT */
/*
 * file - whole small files relative to a directory fd. Everything that is
 * read from /proc, /sys, /dev and /etc goes through here.
 */
#ifndef LINUXRC_LIB_FILE_H
#define LINUXRC_LIB_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "lib/err.h"

/*
 * Read the whole file into buf (size bytes) and end it with NUL. Returns
 * its length, or -1: the error of open or read, EFBIG when it is longer
 * than size - 1 bytes (the sentence names the limit).
 */
ssize_t
file_read(int dir, const char *path, char *buf, size_t size, struct err *e);

/* The first line without its newline: for files of /proc and /sys. Returns
 * its length or -1 without a sentence (errno says why). */
ssize_t
file_line(int dir, const char *path, char *buf, size_t size);

/* Write text to an existing file, in one write. 0 or -1. */
int
file_write(int dir, const char *path, const char *text, struct err *e);

/* Text that a file holds, mapped read-only; not NUL-terminated. */
struct file_map {
	const char *data;	/* NULL when the file is empty */
	size_t size;		/* bytes */
};

/* Map a file for reading. 0 or -1 (ENOENT in e->code when it is absent). */
int
file_map(int dir, const char *path, struct file_map *map, struct err *e);

void
file_unmap(struct file_map *map);

#endif
