/* SPDX-License-Identifier: MIT */
/*
 * whole - a device that was found can be a part of the file system only:
 * btrfs has any number of devices, and is there when all of them are.
 */
#ifndef LINUXRC_WHOLE_H
#define LINUXRC_WHOLE_H

#include "lib/device.h"

/* What to look for. */
struct whole {
	const char *types;	/* rootfstype=: without btrfs none is asked */
	const char *base;	/* the directory that dev/ is in, "" for / */
	bool degraded;		/* rootflags= allows that some are missing */
};

/*
 * Can the file system of the device be mounted? What is on it is learnt for
 * that, if it is not known (d->fstype). Of a btrfs on several devices all
 * are looked for, and once they are there its driver is told of them; in a
 * rehearsal it is not. 1 yes; 0 devices are missing (the sentence says which
 * are there), unless that is allowed and enough is true.
 */
int
whole_judge(const struct whole *w, struct device_search *s,
	struct root_device *d, bool enough, struct err *e);

/* True when the comma list has this word. */
bool
whole_has_word(const char *list, const char *word);

#endif
