/* SPDX-License-Identifier: MIT */
/*
 * coldplug - which devices and modules a root can need: buses, storage, USB
 * and its hosts, keyboards (linuxrc.conf(5), linuxrc.coldplug=). Everything
 * else waits for the real system, which has the firmware; and each module
 * that stays out saves the 9 million instructions of its signature. Pure.
 */
#ifndef LINUXRC_LIB_COLDPLUG_H
#define LINUXRC_LIB_COLDPLUG_H

#include <stdbool.h>

/* A bus whose devices can lead to a root. */
struct coldplug_bus {
	const char *dir;	/* below /sys/bus */
	const char *prefix;	/* of its modaliases */
	bool later;		/* none of them is COLDPLUG_NOW */
};

enum { COLDPLUG_BUSES = 16 };

/*
 * Nearest to a disk first: what is there already is tried before another
 * bridge is opened, and keyboards come last, so that who stops when the root
 * is there has loaded the least. A bus with modaliases of two kinds stands
 * twice, one after the other.
 */
extern const struct coldplug_bus coldplug_buses[COLDPLUG_BUSES];

enum coldplug_verdict {
	COLDPLUG_NO,
	COLDPLUG_NOW,	/* a disk, or what disks hang on; all of these
				   are plugged before a tag counts, since its
				   twin may be on any of them */
	COLDPLUG_LATER,		/* USB, FireWire, PC cards (whose disks come
				   after seconds), 9p and virtiofs, keyboards:
				   only when the root is not there without */
	COLDPLUG_BY_PATH	/* ask coldplug_path() about each module */
};

enum coldplug_verdict
coldplug_judge(const char *modalias);

/*
 * The same for a root that comes over a network, of what coldplug_judge() says
 * COLDPLUG_NO: COLDPLUG_NOW for a wired network card, COLDPLUG_BY_PATH for
 * what may be one, of which coldplug_network_path() says more.
 */
enum coldplug_verdict
coldplug_network(const char *modalias);

/* True for the module of a network card that is not a wireless one. */
bool
coldplug_network_path(const char *path);

/*
 * False when a device of this name cannot lead to a root, whatever its
 * modalias is: so that this need not be read (15 thousand instructions). ACPI
 * names its devices after their identifiers: "device" has none, and LNX is for
 * those that the kernel itself made up (drivers/acpi/scan.c).
 */
bool
coldplug_name(const char *bus, const char *device);

/*
 * The modalias does not say what kind of device it is (a name in ACPI or in
 * a device tree, a PC card): judge by the module's place below
 * lib/modules/RELEASE. A module that is not below kernel/ was put there by
 * somebody who wants it. Never COLDPLUG_BY_PATH.
 */
enum coldplug_verdict
coldplug_path(const char *modalias, const char *path);

#endif
