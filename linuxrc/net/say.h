/* SPDX-License-Identifier: MIT */
/*
 * say - the sentences of net.c: no link, no answer and refused are three
 * different ones.
 */
#ifndef LINUXRC_NET_SAY_H
#define LINUXRC_NET_SAY_H

#include <stddef.h>

#include "net/room.h"

bool
say_has_carrier(const struct nic *n);

enum net_state
say_state(const struct net *n);

void
say_describe(const struct net *n, char *text, size_t size);

/* s seconds after it began. Returns -1. */
int
say_failure(const struct net *n, long long s, struct err *e);

#endif
