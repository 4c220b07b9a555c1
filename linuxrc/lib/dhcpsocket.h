/* SPDX-License-Identifier: MIT */
/*
 * dhcpsocket - one UDP socket for DHCP on all interfaces: each packet says
 * which one it goes out on or came in by (IP_PKTINFO, ip(7)). No raw socket
 * is needed, nor an address: answers come to the broadcast address, since our
 * packets ask for that.
 */
#ifndef LINUXRC_LIB_DHCPSOCKET_H
#define LINUXRC_LIB_DHCPSOCKET_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "lib/err.h"

/* The socket, non-blocking and close-on-exec, or -1. */
int
dhcpsocket_open(struct err *e);

/* Broadcast a packet on the interface. 0, or -1 and errno. */
int
dhcpsocket_send(int fd, int index, uint8_t *packet, size_t len);

/* Take one packet and the interface that it came by. Returns its length (0 for
 * one that is longer than size), or -1 when none is there. */
ssize_t
dhcpsocket_receive(int fd, uint8_t *packet, size_t size, int *index);

#endif
