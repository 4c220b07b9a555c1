/* SPDX-License-Identifier: MIT */
/*
 * devname - the order in which a person counts devices: sda before sda1, sda2
 * before sda10, sdz before sdaa. Pure.
 */
#ifndef LINUXRC_LIB_DEVNAME_H
#define LINUXRC_LIB_DEVNAME_H

/* Below 0, 0 or above 0 for two names of the kernel, as strcmp(3). */
int
devname_order(const char *a, const char *b);

#endif
