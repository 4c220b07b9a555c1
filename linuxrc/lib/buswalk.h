/* SPDX-License-Identifier: MIT */
/*
 * buswalk - the devices of the buses in /sys that can lead to a root, those
 * nearest to a disk first (lib/coldplug). Knows no drivers; reads no more
 * than directories.
 */
#ifndef LINUXRC_LIB_BUSWALK_H
#define LINUXRC_LIB_BUSWALK_H

#include <stdbool.h>

#include "lib/dir.h"

enum { BUSWALK_NAME_SIZE = 256 };	/* NAME_MAX + NUL: a bus or device */

struct buswalk {
	bool all;		/* every bus that the kernel has */
	unsigned wanted;	/* else these of coldplug_buses, as bits */
	bool storage;		/* and of these not what can wait */
	unsigned next;		/* of coldplug_buses */
	char bus[BUSWALK_NAME_SIZE];	/* the present one */
	struct dir devices;	/* of the present bus: devices.fd is where a
				   device's name leads to its files */
	struct dir buses;	/* /sys/bus, with all */
};

/* Once, before anything else. */
void
buswalk_init(struct buswalk *w);

/* Begin anew with the first bus. */
void
buswalk_begin(struct buswalk *w);

/* The next device, valid until the next call; NULL after the last. */
const char *
buswalk_next(struct buswalk *w, int sys);

#endif
