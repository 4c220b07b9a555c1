/* SPDX-License-Identifier: MIT */
/*
 * fstab - what a system's own fstab(5) says its root is. Pure.
 */
#ifndef LINUXRC_LIB_FSTAB_H
#define LINUXRC_LIB_FSTAB_H

#include <stddef.h>

/*
 * Copy the first field of the line whose second field is "/" to spec (size
 * bytes): "UUID=...", "/dev/sda2", with \040 and its like made blanks again.
 * Of several such lines the last one counts, as it would be mounted over the
 * others. 0, or -1: there is none, or it does not fit; then spec is "".
 */
int
fstab_root(const char *text, char *spec, size_t size);

#endif
