/* SPDX-License-Identifier: MIT */
/*
 * auto - root=auto: of all file systems that are there the one that looks
 * like a root. An adapter: it lends inspect.c the drivers and the check of
 * init, and keeps what was found, so that each disk is looked at once.
 */
#ifndef LINUXRC_AUTO_H
#define LINUXRC_AUTO_H

#include "boot.h"
#include "inspect.h"
#include "whole.h"

/* Whose options count from now on, and where disks are mounted to be looked
 * at: below b->kernfs.base. It stays the caller's. */
void
auto_begin(struct boot *b);

/*
 * Look at every device that fits number which (of twins at the one that is
 * meant, lib/twins.h) and judge. A root is what has an init that the kernel
 * can run; when there are several, those with an os-release(5) go before those
 * without. With linuxrc.image= it is what has that file. A btrfs whose devices
 * are not all there is not looked at yet; whole (or NULL) says how its driver
 * is told of them. 1: there is one, and *d is filled; 0: none; -1: there are
 * two or more, and the sentence says what is on each. A rehearsal mounts
 * nothing: always 0.
 */
int
auto_judge(struct device_search *s, unsigned which, const struct whole *whole,
	struct root_device *d, struct err *e);

/* What is on this device of s: it is looked at, unless it was since
 * auto_begin(). NULL: there are too many. */
const struct finding *
auto_look(struct device_search *s, const struct seen_device *p);

/* A disk that holds nothing but its partitions. */
bool
auto_is_table(const struct seen *seen, const struct seen_device *p);

/* Why auto_judge() said 0: none of them looks like a root, or, in a rehearsal,
 * none was mounted. */
const char *
auto_none(void);

/*
 * Append "vda1 (ext4 UUID=...): Debian GNU/Linux 12 (bookworm), vdb (swap)"
 * about all that is there, with what was found on those that were looked at.
 */
void
auto_describe(const struct seen *seen, char *text, size_t size);

#endif
