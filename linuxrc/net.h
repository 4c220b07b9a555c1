/* SPDX-License-Identifier: MIT */
/*
 * net - which interface gets which address: looks at all interfaces, sets them
 * up, and asks by DHCP or BOOTP on all that have a carrier at once; the first
 * lease wins. Knows no drivers and configures nothing: lib/ipspec says what is
 * wanted, netapply.c does it. Follows the kernel's nfsroot.rst.
 *
 * Who calls waits on the sockets of net_sockets() and until net_next_ms().
 */
#ifndef LINUXRC_NET_H
#define LINUXRC_NET_H

#include "boot.h"
#include "net/room.h"

enum { NET_SOCKETS = 2 };

/* Open the sockets and set lo up. 0 or -1; once for all that follows. */
int
net_open(struct err *e);

/* Forget all and begin; *w has to stay. 0; -1: RARP is asked for, or the port
 * of DHCP is not to be had. */
int
net_begin(const struct net_wanted *w, struct err *e);

/* The socket that has news of interfaces (and then net_look() is to be
 * called), and that of the answers (net_take()). */
void
net_sockets(int fds[static NET_SOCKETS]);

/* CLOCK_MONOTONIC of the next packet to send; -1: none is to be sent. */
int64_t
net_next_ms(int64_t now_ms);

/* Look at all interfaces: set up what may be used, and begin to ask where a
 * carrier is. True: one needs no asking, and r says which and how. */
bool
net_look(int64_t now_ms, struct net_result *r);

/* Send what is due. */
void
net_send(int64_t now_ms);

/* Take all answers that came in. True: r has a lease. */
bool
net_take(int64_t now_ms, struct net_result *r);

/* How far it is. */
enum net_state
net_state(void);

/* Some asked, and all of those have sent what they may. */
bool
net_is_over(int64_t now_ms);

/* The three sentences, and the one for no device; since_ms is when it all
 * began. Returns -1, as fail(). */
int
net_fail(int64_t since_ms, int64_t now_ms, struct err *e);

/* "eth0 asks, eth1 has no carrier" */
void
net_describe(char *text, size_t size);

/* The socket for requests to lib/rtnl. */
int
net_requests(void);

/* An interface that may be used and has an address already, from whoever was
 * there before us: true, and r says which. */
bool
net_find_configured(struct net_result *r);

/* Close what net_begin() opened. */
void
net_end(void);

#endif
