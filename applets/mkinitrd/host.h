/* SPDX-License-Identifier: MIT */
/*
 * host - what this machine needs: modules for its devices, those that
 * linuxrc would plug, and for the root. Reads /sys, /proc and /dev; changes
 * nothing.
 */
#ifndef MKINITRD_HOST_H
#define MKINITRD_HOST_H

#include "lib/device.h"
#include "lib/err.h"
#include "modules.h"

/* The places of this machine. 0, or -1: /sys or /dev is not there. */
int
host_open(struct places *at, struct err *e);

/* Want the modules for the devices. 0 or -1. */
int
host_want_devices(struct modules *m, const struct places *at, struct err *e);

/*
 * Want the modules for the root: its file system, the network for an NFS
 * root, and the drivers of everything that the device hangs on. root is a
 * spelling of root=; NULL: what is "/" now. 0, or -1: it is not there, what
 * is on it cannot be read, or the kernel has no such file system.
 */
int
host_want_root(struct modules *m, const struct places *at, const char *root,
	struct err *e);

/* -1 and a sentence when the kernel of this machine takes no module that is
 * not signed; else 0. */
int
host_enforces(const struct places *at, struct err *e);

#endif
