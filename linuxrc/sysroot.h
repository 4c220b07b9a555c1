/* SPDX-License-Identifier: MIT */
/*
 * sysroot - a system that was found on a disk, mounted beside the initrd for
 * a person to work on, at BASE/mnt/NAME; and the way into it.
 */
#ifndef LINUXRC_SYSROOT_H
#define LINUXRC_SYSROOT_H

#include "boot.h"
#include "lib/blockdev.h"

enum { SYSROOT_DIR_SIZE = BASE_SIZE + BLOCKDEV_NAME_SIZE + 8 };

struct sysroot {
	const struct blockdevs *devices;
	const char *base;	/* proc, sys, dev and mnt lie below it */
	const char *name;	/* the device's, as the kernel calls it */
	const char *type;	/* what libblkid saw on it */
	bool rw;
	/* drivers_filesystem() of drivers.h */
	int (*load_driver)(const char *type, struct err *e);
	/* DEVNAME_SIZE bytes that outlive a crash: as of inspect.h, whose
	 * inspect_undo() the caller calls afterwards */
	char *held;
};

/* Where it is mounted: "/mnt/vda2". Pure. */
void
sysroot_dir(const char *base, const char *name,
	char dir[static SYSROOT_DIR_SIZE]);

/*
 * Mount it there. Read-only: the way of lib/romount.h, with the device held
 * read-only meanwhile, so that not even a journal is replayed; a type that is
 * not known there is mounted read-only as its driver does it. 0 or -1.
 */
int
sysroot_mount(const struct sysroot *r, struct err *e);

/* 0, or -1: it is in use. */
int
sysroot_unmount(const char *base, const char *name, struct err *e);

/*
 * In a child that is about to run a program of it: dir is "/", and has the
 * /proc, /sys and /dev below base, as far as it has the directories. That is
 * so for this process and its children only, and undone when they end
 * (mount_namespaces(7)). 0, or -1 with errno.
 */
int
sysroot_enter(const char *base, const char *dir);

/* From now on what this process mounts is its own, and gone when it and its
 * children end. 0 or -1. */
int
sysroot_apart(struct err *e);

#endif
