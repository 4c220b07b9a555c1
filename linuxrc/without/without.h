/* SPDX-License-Identifier: MIT */
/*
 * without - parts of the program that were left out of it (see
 * conf/build/parts.mk). without/NAME.c stands in for the rooms of the part
 * NAME: it has those of their functions that the rest calls, and nothing else
 * of them. Whoever asks for the part is told that it is not there.
 */
#ifndef LINUXRC_WITHOUT_WITHOUT_H
#define LINUXRC_WITHOUT_WITHOUT_H

#include "lib/err.h"

/* The sentence about what was asked for ("ip=dhcp"), the part by its name for
 * make, and what it is to a person ("the network"). Always -1. */
int
without(const char *asked, const char *part, const char *what,
	struct err *e);

#endif
