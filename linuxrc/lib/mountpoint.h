/* SPDX-License-Identifier: MIT */
/*
 * mountpoint - whether something is mounted on a directory. statx(2) says so
 * since Linux 5.8. Before that the device number of the directory above tells,
 * and takes a subvolume of btrfs for a mount.
 */
#ifndef LINUXRC_LIB_MOUNTPOINT_H
#define LINUXRC_LIB_MOUNTPOINT_H

#include <stdbool.h>

/* False, too, when there is no such directory. Links are followed. */
bool
mountpoint_at(const char *dir);

#endif
