/* SPDX-License-Identifier: MIT */
/*
 * rundir - /run/linuxrc in the real root, where linuxrc leaves what the real
 * system may want to know. Its /run becomes a tmpfs, as the system would make
 * it itself (file-hierarchy(7)); nothing is written to a disk.
 */
#ifndef LINUXRC_LIB_RUNDIR_H
#define LINUXRC_LIB_RUNDIR_H

#include "lib/err.h"

/* Open the directory in the root that is mounted at root, making what is
 * missing of it. An fd, or -1: the root has no directory /run. */
int
rundir_open(const char *root, struct err *e);

#endif
