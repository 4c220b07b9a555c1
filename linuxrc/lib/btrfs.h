/* SPDX-License-Identifier: MIT */
/*
 * btrfs - a file system on several devices, which can be mounted once the
 * driver knows all of them (include/uapi/linux/btrfs.h: BTRFS_IOC_SCAN_DEV
 * and BTRFS_IOC_DEVICES_READY on /dev/btrfs-control; the superblock as in
 * include/uapi/linux/btrfs_tree.h).
 */
#ifndef LINUXRC_LIB_BTRFS_H
#define LINUXRC_LIB_BTRFS_H

#include <stddef.h>

#include "lib/err.h"
#include "lib/seen.h"

/* How many devices the btrfs on the device (or file) open at fd has; 0 where
 * there is no btrfs. */
unsigned
btrfs_devices(int fd);

/*
 * How many of the devices that were seen belong to the file system of p; their
 * names are written to text, "vda, vdb", and what does not fit is left out.
 */
unsigned
btrfs_seen(const struct seen *s, const struct seen_device *p, char *text,
	size_t size);

/*
 * Tell the driver, which must be loaded, of every btrfs device that was seen:
 * a seed has another UUID than what grew out of it. dir is where the nodes
 * of s->at.dev are, "/dev". 1: it can mount that of p; 0: it misses one; -1:
 * it cannot be asked.
 */
int
btrfs_register(const struct seen *s, const struct seen_device *p,
	const char *dir, struct err *e);

#endif
