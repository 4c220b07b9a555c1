/* SPDX-License-Identifier: MIT */
/*
 * devlink - names of block devices that are not the kernel's: what udev would
 * link in /dev/disk/by-path and by-id, /dev/mapper/NAME, and a symbolic link
 * in /dev. Nothing is made: the device is found in /sys.
 */
#ifndef LINUXRC_LIB_DEVLINK_H
#define LINUXRC_LIB_DEVLINK_H

#include "lib/blockdev.h"

/*
 * The device of /dev/disk/by-path/VALUE or, when id is true, of
 * /dev/disk/by-id/VALUE; -partN behind it is partition N. 1: name is filled,
 * the partition may not be there; 0: none yet; -1: two fit, or this kind of
 * name is made by programs that only udev runs; the sentence says which
 * kinds are not.
 */
int
devlink_disk(const struct blockdevs *b, const char *value, bool id,
	char name[static BLOCKDEV_NAME_SIZE], struct err *e);

/*
 * The device of /dev/VALUE where VALUE is mapper/NAME or a symbolic link to a
 * name in /dev, also in that of the initrd below what is mounted there (not
 * when b->look_only is set). Ask after blockdev_find() knew none. 1: name is
 * filled, the device may not be there; 0: none yet; -1: VALUE is longer than
 * any name.
 */
int
devlink_node(const struct blockdevs *b, const char *value,
	char name[static BLOCKDEV_NAME_SIZE], struct err *e);

#endif
