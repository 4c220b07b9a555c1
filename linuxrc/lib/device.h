/* SPDX-License-Identifier: MIT */
/*
 * device - root_spec -> root_device: which block device is meant. Looks at
 * what is there now (device_scan) and at what appears (device_event), and
 * says which device fits (device_judge); it never waits, loads or mounts.
 * libblkid decides types and tags.
 *
 * By a tag only a file system is taken: not a member of md, LVM or LUKS, not
 * swap, not what carries several signatures, not a RAM disk (/dev/ram holds
 * the initrd), and not a floppy, which is slow to ask and easy to name.
 */
#ifndef LINUXRC_LIB_DEVICE_H
#define LINUXRC_LIB_DEVICE_H

#include <stdbool.h>
#include <stddef.h>

#include "boot.h"
#include "lib/seen.h"
#include "lib/uevent.h"

enum { DEVICE_SPECS_MAX = 16 };	/* root=, each fallback, and members */

/*
 * One search, for several roots at once: each device is read once, whatever
 * their number. Several KiB: static.
 */
struct device_search {
	unsigned count;
	const struct root_spec *spec[DEVICE_SPECS_MAX];
	/* set after begin, when they are other: */
	const char *word;	/* the option that names it: "root" */
	bool swap;		/* a tag may be that of swap (false) */
	struct seen seen;	/* what was looked at: every device that a
				   tag could be on, none for names and
				   numbers; seen.at.look_only (false) */
};

/* True when spec names one device, so that no other has to be looked at. */
bool
device_is_named(const struct root_spec *spec);

/* True for a kind of root that is a block device which can be searched for;
 * not for ROOT_AUTO, which is to be looked for in another way. */
bool
device_can_be(enum root_kind kind);

/* A search for nothing yet. */
void
device_search_begin(struct device_search *s, const struct places *at);

/* Look for this one too, from the next scan on, which looks at everything
 * anew; it stays the caller's. Its index for device_judge(): 0 is the first. */
unsigned
device_search_add(struct device_search *s, const struct root_spec *spec);

/*
 * If one of the specs is a tag, look at every block device that the kernel
 * knows (/sys/class/block, or /proc/partitions without /sys), at each once in
 * a search; those that have gone are forgotten. A name or a number needs no
 * scan: device_judge() looks it up. 0, or -1: nothing can be read.
 */
int
device_scan(struct device_search *s, struct err *e);

/*
 * Look at the device of one event (subsystem block: add, change, remove).
 * True when a judgement may be another one now; other events are passed over.
 */
bool
device_event(struct device_search *s, const struct uevent *u);

/*
 * Which device is meant by spec number which, of those that were seen? A
 * name or a number is looked up directly: no other device is touched, and
 * d->fstype stays "". ROOT_AUTO is not decided here: 0, and each device that
 * could be the root has its bit in fits. 1 this one (then *d is filled), 0
 * none yet, -1 two fit (the sentence names both) or the name is none. A twin
 * may be in the next event: take all that wait before acting on a 1.
 */
int
device_judge(struct device_search *s, unsigned which, struct root_device *d,
	struct err *e);

/* Look for a superblock on every device that has not been asked, and read
 * the partition tables: then s->seen knows all that is there. */
void
device_look_at_all(struct device_search *s);

/*
 * "vda1 (ext4 LABEL=boot), vda2 (xfs UUID=...)" or "no block device", then,
 * after a semicolon, the nearest matches of spec number which. Looks at all:
 * for the sentence of a failure or of a long wait.
 */
void
device_describe(struct device_search *s, unsigned which, char *text,
	size_t size);

#endif
