/* SPDX-License-Identifier: MIT */
/*
 * optcompat - how the values of the options for old initrd images are taken.
 * Belongs to lib/optword, whose table names these functions; nobody else
 * includes it. Pure.
 */
#ifndef LINUXRC_LIB_OPTCOMPAT_H
#define LINUXRC_LIB_OPTCOMPAT_H

#include "lib/optword.h"

/* linuxrc.compat, with or without the place of the image. As optword_take(). */
int
optcompat_at(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e);

/* A number of KiB: ramdisk_size= and ramdisk_start=. */
int
optcompat_kib(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e);

#endif
