/* SPDX-License-Identifier: MIT */
/*
 * kernel - the part of the image that belongs to one kernel: what -k,
 * --modules-dir, -m, --host, --all and --unsigned ask for.
 */
#ifndef MKINITRD_KERNEL_H
#define MKINITRD_KERNEL_H

#include "lib/err.h"
#include "request.h"
#include "tree.h"

/* 0 (also when nothing is asked for) or -1. */
int
kernel_put(struct tree *t, const struct request *r, struct err *e);

#endif
