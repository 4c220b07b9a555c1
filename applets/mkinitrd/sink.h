/* SPDX-License-Identifier: MIT */
/*
 * sink - where an image goes: to a file, as it is or compressed on the way.
 * gzip is zlib's; xz and zstd are the tools of these names.
 */
#ifndef MKINITRD_SINK_H
#define MKINITRD_SINK_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "lib/err.h"

enum squeeze { SQUEEZE_NONE, SQUEEZE_GZIP, SQUEEZE_XZ, SQUEEZE_ZSTD };

struct sink {
	int fd;			/* what is to be written goes there */
	enum squeeze squeeze;
	uint64_t bytes;		/* that went in */
	pid_t tool;		/* who compresses, or 0; then fd is a pipe */
};

/* Write to the file open at fd from its present place on. 0 or -1. */
int
sink_open(struct sink *s, int fd, enum squeeze squeeze, struct err *e);
int
sink_write(struct sink *s, const void *data, size_t size, struct err *e);
/* Zeros up to a multiple of unit bytes (at most 4096). */
int
sink_pad(struct sink *s, size_t unit, struct err *e);
/* All is written when this says so; fd stays open. 0 or -1. */
int
sink_close(struct sink *s, struct err *e);

/* write(2), all of it. 0 or -1. */
int
write_all(int fd, const void *data, size_t size, struct err *e);

/* The rest of the file open at from, to the end. 0 or -1. */
int
sink_file(struct sink *s, int from, struct err *e);

#endif
