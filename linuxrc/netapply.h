/* SPDX-License-Identifier: MIT */
/*
 * netapply - makes an interface what net.c found out: address, MTU, routes,
 * the machine's name; and takes it back. What ip= gives comes before what a
 * server says, as in the kernel's nfsroot.rst.
 */
#ifndef LINUXRC_NETAPPLY_H
#define LINUXRC_NETAPPLY_H

#include "boot.h"
#include "lib/ipspec.h"

/*
 * Put into *r what spec gives, and the defaults: the netmask of the address'
 * class, the address as the machine's name, as server the next one, else the
 * one that the lease is from. Name servers and time servers of spec count where
 * the lease has none. Pure.
 */
void
netapply_complete(const struct ipspec *spec, struct net_result *r);

/*
 * Configure the interface by requests to the socket of lib/rtnl, and set the
 * names. A gateway that a lease names may be anywhere on the link; one that is
 * given has to be in the network of the address. 0 or -1; a route of a lease
 * that cannot be added, or an MTU, is only said.
 */
int
netapply(int requests, const struct net_result *r, bool gateway_given,
	struct err *e);

/* Take the address away again, and the routes with it. */
void
netapply_undo(int requests, const struct net_result *r);

/* "eth0 10.0.2.15/24 by 10.0.2.2 from DHCP, for 86400 s" */
void
netapply_describe(const struct net_result *r, char *text, size_t size);

#endif
