/* SPDX-License-Identifier: MIT */
/*
 * temp - files and directories that must not stay: in TMPDIR, /var/tmp or
 * /tmp, gone when the program ends, by itself or by a signal. A signal is
 * noticed wherever something is read, written or waited for.
 */
#ifndef MKINITRD_TEMP_H
#define MKINITRD_TEMP_H

#include "lib/err.h"

/* From now on SIGINT, SIGTERM and SIGHUP end what is being done. */
void
temp_begin(void);

/* A file without a name, for reading and writing: its fd, or -1. */
int
temp_file(struct err *e);

/* An empty directory; its path, or NULL. */
const char *
temp_dir(struct err *e);

/* Remove this file at the end, unless temp_keep() comes first. */
void
temp_remove(const char *path);
void
temp_keep(void);

/* 0, or -1 when a signal has come. */
int
temp_interrupted(struct err *e);

#endif
