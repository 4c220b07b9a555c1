/* SPDX-License-Identifier: MIT */
/*
 * fshelper - modules that the kernel asks modprobe for when it mounts a file
 * system, and of which no index says that they are needed. Pure.
 */
#ifndef LINUXRC_LIB_FSHELPER_H
#define LINUXRC_LIB_FSHELPER_H

/* The next one for this type, from *i on (0 at first); NULL: no more. */
const char *
fshelper_next(const char *type, unsigned *i);

#endif
