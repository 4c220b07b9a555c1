/* SPDX-License-Identifier: MIT */
/*
 * osrelease - the name of a system, from its os-release(5). Pure.
 */
#ifndef LINUXRC_LIB_OSRELEASE_H
#define LINUXRC_LIB_OSRELEASE_H

#include <stddef.h>

/*
 * Find the name that people know the system by in text (NUL-terminated):
 * PRETTY_NAME, else NAME with VERSION, else "Linux", os-release(5)'s own
 * default. It is written to name (size bytes) as by text_clean(): nobody has
 * vouched for the disk.
 */
void
osrelease_name(const char *text, char *name, size_t size);

#endif
