/* SPDX-License-Identifier: MIT */
/*
 * optnet - how the words of the network are stored (lib/optword's table). What
 * ip= means is lib/ipspec's to know. Pure.
 */
#ifndef LINUXRC_LIB_OPTNET_H
#define LINUXRC_LIB_OPTNET_H

#include "lib/optword.h"

/* One line more: those of one source add up, with blanks between, and take the
 * place of all before it. An empty line is off, as to the kernel. */
int
optnet_take_ip(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e);

/* Refused: there are no VLANs yet. */
int
optnet_take_vlan(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e);

#endif
