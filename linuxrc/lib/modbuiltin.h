/* SPDX-License-Identifier: MIT */
/*
 * modbuiltin - what the kernel has inside itself: the names in
 * modules.builtin, and the aliases in modules.builtin.modinfo, a sequence of
 * strings MODULE.alias=PATTERN, each ended by NUL (scripts/mod of the kernel).
 * Read only for names that nothing else knows.
 */
#ifndef LINUXRC_LIB_MODBUILTIN_H
#define LINUXRC_LIB_MODBUILTIN_H

#include <stdbool.h>

/* True when the file in the directory modules (the kernel's) has a module of
 * this name. */
bool
modbuiltin_name(int modules, const char *name);

/* True when a module inside the kernel has this alias. */
bool
modbuiltin_alias(int modules, const char *alias);

#endif
