/* SPDX-License-Identifier: MIT */
/*
 * modput - the wanted modules go into the image, so that loading them is
 * quickest: out of their own compression, and with an index that has the
 * rows for them and no others. The firmware that they name comes along.
 */
#ifndef MKINITRD_MODPUT_H
#define MKINITRD_MODPUT_H

#include <stdbool.h>

#include "lib/err.h"
#include "modules.h"
#include "tree.h"

/* cut: without the signatures. 0 or -1. */
int
modules_put(const struct modules *m, bool cut, struct tree *t,
	struct err *e);

#endif
