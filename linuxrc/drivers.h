/* SPDX-License-Identifier: MIT */
/*
 * drivers - which modules, in which order: coldplug of what is there, then
 * what each uevent brings, then file systems on demand. By default only what
 * a root can need (lib/coldplug). Never looks for the root itself.
 *
 * A module that cannot be loaded is said once, at once (level 4), and never
 * tried again; the rest goes on.
 */
#ifndef LINUXRC_DRIVERS_H
#define LINUXRC_DRIVERS_H

#include <stddef.h>

#include "boot.h"
#include "lib/uevent.h"

/*
 * Map the indexes of the running kernel's modules. The options, the command
 * line, what was typed and the table of modules that failed are those of *b,
 * and have to stay. 0; -1 when the image has none (e->code ENOENT) or none
 * that fit: then everything below finds nothing to do. Called again, it
 * begins anew.
 */
int
drivers_open(const struct places *at, struct boot *b, struct err *e);

/*
 * Load what the devices in /sys want, and what appears because of that,
 * until nothing new does. Returns the number of modules loaded, or -1 with
 * the sentence of the first failure (the others were still tried).
 */
int
drivers_coldplug(const struct places *at, struct err *e);

enum drivers_for {
	DRIVERS_FOR_STORAGE,	/* disks and what they hang on */
	DRIVERS_FOR_ALL		/* and what is slow or no disk: USB, keyboards
				   (lib/coldplug.h, COLDPLUG_LATER) */
};

/*
 * One step of it: look at devices until one made us load something (or fail
 * to). What that revealed comes before what was there, so a caller that
 * stops as soon as the root is there has loaded little else; for all is
 * asked when nothing is left for storage. 1: call again. 0: nothing new is
 * left. -1: there is no /sys.
 */
int
drivers_next(const struct places *at, enum drivers_for what, struct err *e);

/* Load what this event's modalias wants. As drivers_coldplug(). */
int
drivers_event(const struct uevent *u, struct err *e);

/*
 * From now on a network card counts as what a root can need, for all calls of
 * this room. As drivers_coldplug(), but with nothing that is slow; call that
 * when no card came of it.
 */
int
drivers_network(const struct places *at, struct err *e);

/* Load the modules of a comma list (linuxrc.modules=), names or aliases, in
 * that order. One that cannot be loaded is said (level 4). */
void
drivers_list(const char *list);

/* Load the driver of a file system type (alias fs-TYPE, else module TYPE).
 * 0 or -1. */
int
drivers_filesystem(const char *type, struct err *e);

/* Load the module of this name. 0 (also when it is built in) or -1. */
int
drivers_load(const char *name, struct err *e);

/* "virtio_pci, virtio_blk": what was loaded so far, cut with ", ..." */
void
drivers_describe(char *text, size_t size);

/* "no driver is bound to 1af4:1042: module virtio_pci is not in this image":
 * what could have been the root, or the network card after
 * drivers_network(); "" when there is nothing to say, or nothing
 * was to be loaded. */
void
drivers_unbound(const struct places *at, char *text, size_t size);

#endif
