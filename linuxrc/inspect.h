/* SPDX-License-Identifier: MIT */
/*
 * inspect - what is on a file system that nobody has mounted: is it a root,
 * and of which system? A child does the looking, in a mount namespace of its
 * own, so that a crash or a driver that hangs costs this one disk only.
 *
 * Looking writes nothing: only types of lib/romount are mounted, with the
 * options that it names, while the device itself is read-only. Afterwards it
 * is what it was, and nothing is mounted.
 */
#ifndef LINUXRC_INSPECT_H
#define LINUXRC_INSPECT_H

#include "boot.h"
#include "lib/fstab.h"
#include "lib/rootinfo.h"
#include "lib/seen.h"

enum { INSPECT_WHY_SIZE = 160 };

struct finding {
	char name[DEVNAME_SIZE];
	bool looked;		/* it was mounted, and the rest is known */
	bool unclean;		/* it was not unmounted (lib/unclean.h) */
	enum fstab_says fstab;	/* is info.fstab this device? */
	char init[INIT_SIZE];	/* one that the kernel can run, or "" */
	char why[INSPECT_WHY_SIZE];	/* why it was not looked at, or why
					   there is no init */
	struct rootinfo info;
};

/* What an inspection needs of others. */
struct inspector {
	const struct blockdevs *devices;
	const char *base;	/* proc, dev and new-root lie below it, and
				   nothing is mounted at new-root */
	const char *init;	/* init=, or "": the kernel's own list */
	const char *tree;	/* "subvol=NAME" for btrfs, or "" */
	const char *release;	/* of the running kernel */
	/* init_check() of init.h, within "/" as dir is NULL; or what else
	 * makes a root of it: init gets what was found */
	int (*check_init)(const char *dir, const char *wanted, char *init,
		struct err *e);
	/* drivers_filesystem() of drivers.h */
	int (*load_driver)(const char *type, struct err *e);
	/* DEVNAME_SIZE bytes that outlive a crash of this process: the
	 * device that is read-only at the moment, or "" */
	char *held;
};

/*
 * Look at what seen_probe() found on the device d; *f says what is there, or
 * why that is not known: it is no file system, its driver might write, it is
 * in use (mounted, or a part of something else), it cannot be made read-only,
 * its driver refuses it or did not answer within 30 s.
 */
void
inspect_device(const struct inspector *in, const struct seen_device *d,
	struct finding *f);

/*
 * After a crash in inspect_device(): let the device of this name be written
 * again, and make held "". Nothing to do when it is "" already.
 */
void
inspect_undo(const struct blockdevs *devices, char *held);

#endif
