/* SPDX-License-Identifier: MIT */
/*
 * unbound - devices that could be or lead to a disk, or a network card, and
 * have no driver: which, and why, for the sentence about a root that did not
 * come. Reads only /sys
 * and the index of the modules.
 */
#ifndef LINUXRC_LIB_UNBOUND_H
#define LINUXRC_LIB_UNBOUND_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/module.h"

/*
 * "no driver is bound to 1af4:1042: module virtio_pci is not in this image",
 * of disks first, then of what is on USB; of more than two only how many; ""
 * when there is none or size is too small. With network it is network cards
 * instead, then what is on USB. sys is the directory /sys, or -1.
 */
void
unbound_describe(struct module_index *m, int sys, bool network, char *text,
	size_t size);

/* The module that drives such a device on most machines, or NULL. Pure. */
const char *
unbound_driver(const char *modalias);

#endif
