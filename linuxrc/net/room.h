/* SPDX-License-Identifier: MIT */
/*
 * room - what net.c is asked for, what it knows, and what say.c tells of it.
 */
#ifndef LINUXRC_NET_ROOM_H
#define LINUXRC_NET_ROOM_H

#include "lib/dhcpclient.h"
#include "lib/ipspec.h"
#include "lib/rtnl.h"

enum {
	NICS_MAX = 16,		/* of one machine, that a root comes by */
	LINKS_MAX = 64		/* with all that is none */
};

struct net_wanted {
	const struct ipspec *spec;
	const uint8_t *mac;	/* IPSPEC_MAC_SIZE bytes of BOOTIF=, or NULL */
	const char *vendor_class;	/* dhcpclass= */
	unsigned packets_max;	/* of each card, or 0 */
};

/* How far it is: what to wait for, and which sentence to say. */
enum net_state {
	NET_NO_DEVICE,		/* no interface that may be used */
	NET_NO_LINK,		/* none of them has a carrier */
	NET_NO_ANSWER,
	NET_REFUSED		/* a server said no */
};

struct nic {
	struct rtnl_link link;
	bool asks;		/* its client has begun */
	struct dhcp_client client;
};

struct net {			/* 10 KiB */
	const struct net_wanted *want;
	bool ask;		/* else the spec has all */
	bool open;
	int requests, events, udp;
	int count;		/* of nic */
	struct dhcp_settings settings;
	struct rtnl_link link[LINKS_MAX];
	struct nic nic[NICS_MAX];
};

#endif
