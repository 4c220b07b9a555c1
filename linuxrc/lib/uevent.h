/* SPDX-License-Identifier: MIT */
/*
 * uevent - what the kernel broadcasts about devices (netlink,
 * NETLINK_KOBJECT_UEVENT, group 1; Documentation/ABI/testing/sysfs-uevent
 * and lib/kobject_uevent.c). The socket is opened before coldplug, so that
 * no event is lost.
 */
#ifndef LINUXRC_LIB_UEVENT_H
#define LINUXRC_LIB_UEVENT_H

#include <stddef.h>

#include "lib/err.h"

enum { UEVENT_SIZE = 6144 };	/* UEVENT_BUFFER_SIZE is 2048, PATH_MAX
				   of the header before it 4096 */

/* One event; the strings point into text, "" where the event has none. */
struct uevent {
	const char *action;	/* add, remove, change, bind ... */
	const char *subsystem;	/* block, pci, virtio ... */
	const char *devname;	/* vda2 */
	const char *devtype;	/* disk, partition */
	const char *modalias;
	unsigned major, minor;
	char text[UEVENT_SIZE + 1];
};

/* The socket, non-blocking and close-on-exec, or -1 (ENOSYS-like errors on
 * kernels without netlink: the caller then looks at /sys instead). */
int
uevent_open(struct err *e);

/*
 * Take one event. 1 taken, 0 none is waiting, -1 events were lost (errno
 * ENOBUFS: the caller must look at everything again; the next call goes on
 * with what came after) or the socket is broken (another errno). Messages
 * that did not come from the kernel are passed over.
 */
int
uevent_read(int fd, struct uevent *u);

/*
 * Split the len bytes in u->text: "ACTION@DEVPATH" and NAME=VALUE strings,
 * each ended by a NUL. 0, or -1: not an event (len is 0 or does not fit, or
 * the first string is no header). Pure.
 */
int
uevent_parse(struct uevent *u, size_t len);

#endif
