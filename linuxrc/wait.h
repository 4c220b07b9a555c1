/* SPDX-License-Identifier: MIT */
/*
 * wait - between the drivers and the root device: drivers are loaded until
 * the root is there; and the event loop, where each uevent goes to the
 * drivers first, then to the search. Sleeps only on the uevent socket, never
 * when the device is there.
 */
#ifndef LINUXRC_WAIT_H
#define LINUXRC_WAIT_H

#include "boot.h"
#include "choice.h"

/*
 * Find the device w->spec, or a fallback. 0; -1: none came in time, and what
 * was seen instead, or two of them fit. A rehearsal does not wait.
 */
int
wait_for(struct wanted *w, const struct boot *b,
	const struct places *at, struct err *e);

/* b->spec is another one since wait_load_drivers() has looked for it. */
void
wait_forget(void);

/*
 * Load the drivers of the devices that are there, one module after the
 * other, until the device of b->spec is there: by its name as soon as it
 * is, by a tag when all disks have their drivers, since a twin may be on any
 * of them. When it is not found, for everything that a root or the question
 * can need. A module that fails is said at once.
 */
void
wait_load_drivers(struct boot *b, const struct places *at);

#endif
