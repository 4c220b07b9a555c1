/* SPDX-License-Identifier: MIT */
/*
 * romount - how each type of file system is mounted so that its driver writes
 * nothing, not even what a read-only mount of most of them writes: a replayed
 * journal, removed orphans, a clean mark. Pure.
 *
 * The device has to be read-only (BLKROSET) besides: ext4, f2fs, nilfs2 and
 * reiserfs ask for that before they clean up, and the block layer lets writes
 * pass all the same, so the flag alone protects nothing from other drivers.
 */
#ifndef LINUXRC_LIB_ROMOUNT_H
#define LINUXRC_LIB_ROMOUNT_H

struct romount {
	const char *type;	/* libblkid's name */
	const char *driver;	/* the kernel's */
	const char *options;	/* for mount(2), beside MS_RDONLY; or "" */
};

/*
 * The first way for this type (after is NULL), or the next one to try when a
 * way was refused: the kernel has no such driver (ENODEV), or the driver does
 * not know the options (EINVAL). NULL: there is none, or none more. A type
 * that is not known here must not be mounted only to look at it.
 */
const struct romount *
romount_next(const char *type, const struct romount *after);

#endif
