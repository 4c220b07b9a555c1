/* SPDX-License-Identifier: MIT */
/*
 * dir - the entries of a directory, without memory from the heap and with
 * two system calls fewer than readdir(3) needs to begin.
 */
#ifndef LINUXRC_LIB_DIR_H
#define LINUXRC_LIB_DIR_H

#include <stdbool.h>
#include <stddef.h>

enum { DIR_BUFFER_SIZE = 512 };	/* a dozen names at a time, one at least */

struct dir {
	int fd;			/* of the directory; -1: not open */
	unsigned char type;	/* DT_* of the entry that was returned last */
	bool in_memory;		/* set after dir_open(): such a file system
				   gives all that fits at once, so there is
				   nothing behind a buffer with room left */
	size_t at, len;		/* within buffer */
	_Alignas(8) char buffer[DIR_BUFFER_SIZE];
};

/* Open path below the directory at. 0 or -1 with errno. */
int
dir_open(struct dir *d, int at, const char *path);

/* The next name but "." and "..", valid until the next call; NULL at the
 * end. Entries may be removed on the way. */
const char *
dir_next(struct dir *d);

void
dir_close(struct dir *d);

#endif
