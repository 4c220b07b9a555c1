/* SPDX-License-Identifier: MIT */
/*
 * holder - what is built on a block device: a device mapper target (multipath
 * among them), an md array, a bcache. Follows the links in
 * /sys/class/block/NAME/holders (Documentation/ABI/stable/sysfs-block).
 */
#ifndef LINUXRC_LIB_HOLDER_H
#define LINUXRC_LIB_HOLDER_H

#include <stdbool.h>

#include "lib/blockdev.h"

/* True for a name that only what holds other devices has: dm-0, md127. Where
 * none of these is there, nothing is held. Pure. */
bool
holder_is_name(const char *name);

/*
 * True when the device is held or, for a partition, its disk: the kernel then
 * refuses to mount it (EBUSY). The name of the first holder. Without /sys
 * nothing is known of holders.
 */
bool
holder_find(const struct blockdevs *b, const char *name,
	char holder[static BLOCKDEV_NAME_SIZE]);

#endif
