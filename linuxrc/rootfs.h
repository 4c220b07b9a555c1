/* SPDX-License-Identifier: MIT */
/*
 * rootfs - a device, or a source that is none, -> mounted_root, not yet "/".
 * Tries the types in the kernel's order and by the kernel's rules
 * (init/do_mounts.c, mount_root_generic(): EACCES and EINVAL go on to the next
 * type, another error ends it; a read-write mount that no type took is tried
 * read-only; mount_nodev_root(): every error goes on).
 */
#ifndef LINUXRC_ROOTFS_H
#define LINUXRC_ROOTFS_H

#include "boot.h"
#include "lib/fstypes.h"

/* What is to be mounted, and how. */
struct rootfs_wish {
	const struct root_device *device;	/* NULL: source is none */
	const char *node;	/* the device's in /dev; NULL: its name */
	const char *source;	/* then this, as it is: "mtd0", a tag of 9p */
	bool any_error;		/* go on to the next type after every error */
	bool rw;
	const char *types;	/* rootfstype=, or "" */
	const char *flags;	/* rootflags=, or "" */
	int64_t end_ms;		/* mount(2) is given up then (ETIMEDOUT), on
				   CLOCK_MONOTONIC; 0: it takes what it takes */
};

/* The types to try, in order. */
struct rootfs_types {
	struct fstypes list;
	unsigned next;		/* where rootfs_mount() begins: 0 at first */
	int refused;		/* errno of the first one that the kernel
				   knows and that did not take it, or 0 */
};

/*
 * w->types as a list; without it the device's fstype or, when that is "" too,
 * what libblkid sees on the device now; without that every block type of
 * /proc/filesystems. A device that is a member of md, LVM or LUKS, or swap,
 * is obeyed with a warning, as the kernel would. A source that is no device
 * has ubifs or jffs2 when it begins as ubi or mtd, else it needs a list. 0,
 * or -1: no type is left, or one is longer than any type's name.
 */
int
rootfs_types(const struct rootfs_wish *w, const struct places *at,
	struct rootfs_types *types, struct err *e);

/*
 * Mount dev/NAME beside root->dir, or the source, at root->dir (the caller's;
 * both in one base, "/new-root" and "/dev") trying the types from types->next
 * on. What an earlier try has mounted there is unmounted first. 0: done, *root
 * is filled. -1: the sentence; when the kernel does not know a type (e->code
 * is ENODEV) types->next is its index, so that the caller can load its driver
 * and call again, or add 1 to it and call again: beyond the last there may
 * still be the read-only pass, else the sentence is about those types that
 * refused, or stays as it was when none did.
 */
int
rootfs_mount(const struct rootfs_wish *w, struct rootfs_types *types,
	struct mounted_root *root, struct err *e);

#endif
