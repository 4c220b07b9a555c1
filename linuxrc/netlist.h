/* SPDX-License-Identifier: MIT */
/*
 * netlist - the network cards that have a driver, for a person to choose one:
 * what drives each, whether its cable has a link, which address it has.
 */
#ifndef LINUXRC_NETLIST_H
#define LINUXRC_NETLIST_H

#include "boot.h"
#include "lib/rtnl.h"

enum {
	NETLIST_MAX = 16,	/* as many as net.c asks */
	NETLIST_TEXT = 96, NETLIST_DRIVER = 32
};

struct netlist_entry {
	char name[RTNL_NAME_SIZE];	/* "eth0" */
	char driver[NETLIST_DRIVER];	/* "virtio_net", or "-" */
	uint8_t mac[6];
	bool link;			/* a carrier */
	uint32_t ip;			/* its first address, 0: none */
	unsigned prefix;
};

struct netlist {
	unsigned count;
	struct netlist_entry entry[NETLIST_MAX];
};

/*
 * Fill *l. A card knows of a link only when it is up, so those that are down
 * are set up. sys: that directory, for the drivers, or -1. 0, or -1: the kernel
 * does not tell.
 */
int
netlist_read(struct netlist *l, int sys, struct err *e);

/* "eth0     virtio_net   link     10.0.2.15/24" */
void
netlist_line(const struct netlist_entry *n, char text[static NETLIST_TEXT]);

#endif
