/* SPDX-License-Identifier: MIT */
/*
 * unclean - was a file system left without being unmounted? Read from its
 * superblock, so that nobody has to mount it.
 */
#ifndef LINUXRC_LIB_UNCLEAN_H
#define LINUXRC_LIB_UNCLEAN_H

#include <stdbool.h>

/*
 * True when the superblock of the device (or file) open at fd says so: ext2,
 * ext3, ext4 (a journal to be replayed, or not marked clean), btrfs (a log to
 * be replayed), vfat (its dirty mark). False when it was unmounted, and for a
 * type that does not say it in so few bytes (xfs).
 */
bool
unclean_superblock(int fd, const char *type);

#endif
