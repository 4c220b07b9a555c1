/* SPDX-License-Identifier: MIT */
/*
 * rescue - a shell and the usual tools, which an image has only when they are
 * asked for: who gets to the question of a failed boot is root.
 */
#ifndef MKINITRD_RESCUE_H
#define MKINITRD_RESCUE_H

#include "lib/err.h"
#include "tree.h"

/* BusyBox of this machine, with a link for each of its tools where nothing
 * of that name is there. 0, or -1: there is none. */
int
rescue_put(struct tree *t, struct err *e);

#endif
