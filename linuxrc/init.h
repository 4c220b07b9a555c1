/* SPDX-License-Identifier: MIT */
/*
 * init - which program of the real root becomes init, and whether the kernel
 * will be able to run it: all that can be known before anything that cannot
 * be undone.
 */
#ifndef LINUXRC_INIT_H
#define LINUXRC_INIT_H

#include <stddef.h>

#include "boot.h"

/*
 * Check wanted inside the root mounted at dir, or, when wanted is "", the
 * kernel's own list (/sbin/init, /etc/init, /bin/init, /bin/sh); the first
 * good one is copied to init (INIT_SIZE bytes). dir NULL: "/" itself.
 * The process is chrooted into dir while it looks, so that links mean what
 * they will mean to init, and back again. 0 or -1.
 */
int
init_check(const char *dir, const char *wanted, char *init, struct err *e);

#endif
