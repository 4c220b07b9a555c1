/* SPDX-License-Identifier: MIT */
/*
 * netconf - tells the real system how its network was configured, in two
 * files below /run/linuxrc: net.conf, KEY='VALUE' lines with the names that
 * the ipconfig of klibc uses, and resolv.conf, in the form of the kernel's
 * /proc/net/pnp (nfsroot.rst).
 */
#ifndef LINUXRC_NETCONF_H
#define LINUXRC_NETCONF_H

#include <stddef.h>

#include "boot.h"

enum { NETCONF_SIZE = 4096 };	/* all fields at their longest are 2 K */

/* Write net.conf's text. A quote in a value is '\''. Pure. */
void
netconf_write(const struct net_result *r, char text[static NETCONF_SIZE]);

/* Write resolv.conf's text. Pure. */
void
netconf_resolv(const struct net_result *r, char text[static NETCONF_SIZE]);

/* Create both files in the directory dir. 0 or -1. */
int
netconf_leave(const struct net_result *r, int dir, struct err *e);

/* Take the name servers and the boot server from text, that of the kernel's
 * /proc/net/pnp. True: the kernel has configured something. */
bool
netconf_read_pnp(const char *text, struct net_result *r);

#endif
