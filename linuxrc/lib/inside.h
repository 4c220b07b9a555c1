/* SPDX-License-Identifier: MIT */
/*
 * inside - for as long as paths are to be looked up as in a file system that
 * is mounted somewhere, absolute symbolic links too: chroot(2) and back. Serves
 * every kernel (openat2(2) only those since 5.6). In the worker only: if the
 * way back fails, nothing else is lost.
 */
#ifndef LINUXRC_LIB_INSIDE_H
#define LINUXRC_LIB_INSIDE_H

#include "lib/err.h"

/* Make dir "/" and the current directory. Returns what inside_leave() wants,
 * or -1 with the sentence. */
int
inside_enter(const char *dir, struct err *e);

/* 0, or -1 with the sentence. */
int
inside_leave(int outside, struct err *e);

#endif
