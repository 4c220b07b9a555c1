/* SPDX-License-Identifier: MIT */
/*
 * tool - other people's programs: found, run, and waited for. One that is
 * missing is named with Debian's package; what one that fails said last is
 * part of the sentence.
 */
#ifndef MKINITRD_TOOL_H
#define MKINITRD_TOOL_H

#include <sys/types.h>

#include "lib/err.h"

/* The tool of this name in PATH, /usr/sbin or /sbin. NULL and a sentence. */
const char *
tool_find(const char *name, struct err *e);

/*
 * Start argv[0], a name for tool_find(), with this input (-1: none) and
 * output (-1: none). Its process, or -1. One at a time.
 */
pid_t
tool_start(const char *const argv[], int in, int out, struct err *e);

/* Wait for it. 0, or -1: it failed. */
int
tool_wait(pid_t pid, struct err *e);

/* Both. */
int
tool_run(const char *const argv[], int in, int out, struct err *e);

#endif
