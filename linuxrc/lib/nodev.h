/* SPDX-License-Identifier: MIT */
/*
 * nodev - the sources of roots that are no block device, for a sentence: the
 * names under which the host of a virtual machine shares its directories (9p,
 * virtiofs), and those of flash (MTD, UBI).
 */
#ifndef LINUXRC_LIB_NODEV_H
#define LINUXRC_LIB_NODEV_H

#include <stddef.h>

/* "hostshare, mtd:system, ubi:root", or "": what the drivers that are loaded
 * show in sys (of virtiofs since Linux 6.9). What does not fit is cut. */
void
nodev_list(int sys, char *text, size_t size);

#endif
