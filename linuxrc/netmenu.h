/* SPDX-License-Identifier: MIT */
/*
 * netmenu - the network, for a person to put right: the cards that are there,
 * what ip= was asked for and what came of it; DHCP on one of them, a line of
 * ip=, a root on an NFS server. An adapter. What is chosen comes back as words
 * of options.
 */
#ifndef LINUXRC_NETMENU_H
#define LINUXRC_NETMENU_H

#include "boot.h"
#include "dialog.h"
#include "netlist.h"

/*
 * Show the page, and leave in *a what came of it: REQUEST_RETRY with words,
 * REQUEST_MODULES, REQUEST_BACK or REQUEST_NOBODY. Where no card has a driver,
 * those that the cards want are loaded first.
 */
void
netmenu(struct boot *b, const struct places *at, struct answer *a);

/* The same with these cards, and without loading anything; REQUEST_NETWORK: to
 * look for more of them. hint: why there are not more, or "". */
void
netmenu_show(const struct boot *b, const struct netlist *l, const char *hint,
	struct answer *a);

#endif
