/* SPDX-License-Identifier: MIT */
/*
 * wait - the event loop between the drivers and the root device: each uevent
 * goes to the drivers first, then to the search. Sleeps only on the uevent
 * socket, never when the device is there.
 */
#ifndef LINUXRC_WAIT_H
#define LINUXRC_WAIT_H

#include "boot.h"

/*
 * Find the device of b->spec into b->device, waiting for it as the options
 * say (linuxrc.conf(5), rootwait). 0; -1: it did not come in time, and
 * what was seen instead.
 */
int
wait_for_device(struct boot *b, const struct places *at, struct err *e);

#endif
