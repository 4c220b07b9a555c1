/* SPDX-License-Identifier: MIT */
/*
 * firmware - the files that a module says it asks for (MODULE_FIRMWARE),
 * from where the kernel looks for them. Many are for devices that this
 * machine does not have: what is missing is only spoken of.
 */
#ifndef MKINITRD_FIRMWARE_H
#define MKINITRD_FIRMWARE_H

#include "lib/err.h"
#include "release.h"
#include "tree.h"

/* Put the firmware of this name (which may be a pattern), out of its
 * compression, to lib/firmware; it is looked for in the directory firmware
 * beside that of the modules. 0, also when it is not there; -1. */
int
firmware_put(const struct release *r, const char *module, const char *name,
	struct tree *t, struct err *e);

/* One line about what was not there. */
void
firmware_report(void);

#endif
