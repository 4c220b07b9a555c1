/* SPDX-License-Identifier: MIT */
/*
 * rtnl - interfaces, addresses and routes of IPv4, through NETLINK_ROUTE
 * (rtnetlink(7)). Addresses are in the byte order of this machine.
 */
#ifndef LINUXRC_LIB_RTNL_H
#define LINUXRC_LIB_RTNL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/err.h"

enum {
	RTNL_NAME_SIZE = 16,	/* IFNAMSIZ */
	RTNL_MAC_SIZE = 32	/* MAX_ADDR_LEN */
};

struct rtnl_link {
	int index;		/* from 1 */
	unsigned flags;		/* IFF_*, IFF_LOWER_UP for a carrier */
	unsigned type;		/* ARPHRD_* */
	unsigned mtu;
	unsigned mac_len;
	uint8_t mac[RTNL_MAC_SIZE];
	char name[RTNL_NAME_SIZE];
};

/* A socket for the calls below, close-on-exec, or -1. */
int
rtnl_open(struct err *e);

/* A socket that is readable when an interface came, went, or got or lost its
 * carrier; or -1. */
int
rtnl_open_events(struct err *e);

/* Take all events that wait there: true when there was one. */
bool
rtnl_take_events(int fd);

/* All interfaces, as many as fit; returns their number, or -1. */
int
rtnl_links(int fd, struct rtnl_link *list, int max, struct err *e);

/* The first address of that interface and its prefix: 1; 0: it has none. */
int
rtnl_address_of(int fd, int index, uint32_t *ip, unsigned *prefix);

/* Set it up, and its MTU unless that is 0. 0 or -1, as all that follow. */
int
rtnl_up(int fd, int index, unsigned mtu, struct err *e);

/* Give it an address, with the broadcast address of its prefix. */
int
rtnl_add_address(int fd, int index, uint32_t ip, unsigned prefix,
	struct err *e);

/* Take one away. */
int
rtnl_remove_address(int fd, int index, uint32_t ip, unsigned prefix,
	struct err *e);

struct rtnl_route {
	uint32_t to, gateway;	/* gateway 0: directly */
	unsigned prefix;
	bool onlink;		/* the gateway is on the link, whatever the
				   address' prefix says */
};

int
rtnl_add_route(int fd, int index, const struct rtnl_route *route,
	struct err *e);

#endif
