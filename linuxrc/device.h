/* SPDX-License-Identifier: MIT */
/*
 * device - root_spec -> root_device: which block device is meant. Looks at
 * what is there now (device_scan) and at what appears (device_event); it
 * never waits, loads or mounts. libblkid decides types and tags.
 *
 * By a tag only a file system is taken: not a member of md, LVM or LUKS, not
 * swap, not what carries several signatures, not a RAM disk (/dev/ram holds
 * the initrd), and not a floppy, which is slow to ask and easy to name.
 */
#ifndef LINUXRC_DEVICE_H
#define LINUXRC_DEVICE_H

#include <stddef.h>

#include "boot.h"
#include "lib/seen.h"
#include "lib/uevent.h"

struct device_search {
	const struct root_spec *spec;
	struct seen seen;	/* seen.at.look_only: set it after begin */
};

void
device_search_begin(struct device_search *s, const struct root_spec *spec,
	const struct places *at);

/*
 * Look at every block device that the kernel knows (/sys/class/block, or
 * /proc/partitions without /sys), at each once in a search. A name or a
 * number is looked up directly: no other device is touched, and d->fstype
 * stays "". 1 one fits (then *d is filled), 0 none yet, -1 two fit (the
 * sentence names both) or nothing can be read.
 */
int
device_scan(struct device_search *s, struct root_device *d, struct err *e);

/*
 * Look at the device of one event (subsystem block: add, change, remove);
 * other events are passed over. Returns as device_scan(). A twin may be
 * in the next event: take all that wait before acting on a 1.
 */
int
device_event(struct device_search *s, const struct uevent *u,
	struct root_device *d, struct err *e);

/*
 * "vda1 (ext4 LABEL=boot), vda2 (xfs UUID=...)" or "no block device", then,
 * after a semicolon, the nearest match if there is one. Probes what has not
 * been: for the sentence of a failure or of a long wait.
 */
void
device_describe(struct device_search *s, char *text, size_t size);

#endif
