/* SPDX-License-Identifier: MIT */
/*
 * rootfs - root_device -> mounted_root, not yet "/". Tries the types in the
 * kernel's order and by the kernel's rule (init/do_mounts.c,
 * mount_root_generic(): EACCES and EINVAL go on to the next type, another
 * error ends it; a read-write mount that no type took is tried read-only).
 */
#ifndef LINUXRC_ROOTFS_H
#define LINUXRC_ROOTFS_H

#include "boot.h"

enum { ROOTFS_TYPES_MAX = 64 };

/* The types to try, in order. */
struct rootfs_types {
	unsigned count;
	unsigned next;		/* where rootfs_mount() begins: 0 at first */
	int refused;		/* errno of the first one that the kernel
				   knows and that did not take it, or 0 */
	char name[ROOTFS_TYPES_MAX][FSTYPE_SIZE];
};

/*
 * rootfstype= as a list; without it d->fstype or, when that is "" too, what
 * libblkid sees on the device now; without that every block type of
 * /proc/filesystems. A device that is a member of md, LVM or LUKS, or swap,
 * is obeyed with a warning, as the kernel would. 0, or -1: no type is left,
 * or one is longer than any type's name.
 */
int
rootfs_types(const struct boot_options *o, const struct root_device *d,
	const struct places *at, struct rootfs_types *types, struct err *e);

/*
 * Mount dev/NAME beside root->dir at root->dir (the caller's; both in one
 * base, "/new-root" and "/dev") trying the types from types->next on. What
 * an earlier try has mounted there is unmounted first. 0: done, *root is
 * filled. -1: the sentence; when the kernel does not know a type (e->code is
 * ENODEV) types->next is its index, so that the caller can load its driver
 * and call again, or add 1 to it and call again: beyond the last there may
 * still be the read-only pass, else the sentence is about those types that
 * refused, or stays as it was when none did.
 */
int
rootfs_mount(const struct root_device *d, const struct boot_options *o,
	struct rootfs_types *types, struct mounted_root *root, struct err *e);

#endif
