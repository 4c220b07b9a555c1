/* SPDX-License-Identifier: MIT */
/*
 * network - the step "configure the network": loads the drivers of network
 * cards, waits while net.c asks, has netapply.c do it, and netconf.c tell the
 * real system. An adapter, as steps.c, with an event loop of its own: news of
 * interfaces, answers of servers, and uevents of cards that come late.
 */
#ifndef LINUXRC_NETWORK_H
#define LINUXRC_NETWORK_H

#include "run.h"

/* Fills b->net; the boot goes on without a network that is not to be had. */
int
step_network(struct boot *b, char note[static NOTE_SIZE], struct err *e);

/* True when b->net is to be told to the real system. */
bool
network_is_there(const struct boot *b);

/* Writes /run/linuxrc/net.conf and resolv.conf in the new root. */
int
step_netconf(struct boot *b, char note[static NOTE_SIZE], struct err *e);

#endif
