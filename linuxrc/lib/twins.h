/* SPDX-License-Identifier: MIT */
/*
 * twins - several devices carry one tag: which of them is meant, or is that
 * a guess? What is one thing seen twice is no guess:
 *
 * - a disk and its own partition (an isohybrid stick): the partition;
 * - the devices of one file system that has several (btrfs: one UUID, each
 *   its own UUID_SUB): the first of them;
 * - a device below a holder, md, device mapper or multipath: never that one.
 */
#ifndef LINUXRC_LIB_TWINS_H
#define LINUXRC_LIB_TWINS_H

#include "lib/seen.h"

/*
 * Among the devices with one of the bits in fits that are there: how many are
 * meant, one or none, or, when that would be a guess, more. *first and
 * *second are the first two of them in the order of their names, or NULL.
 */
unsigned
twins_choose(struct seen *s, unsigned bits, struct seen_device **first,
	struct seen_device **second);

/* True when p is one of those that twins_choose() counts: it fits, is there,
 * and no other one stands for it. */
bool
twins_counts(struct seen *s, unsigned bits, struct seen_device *p);

#endif
