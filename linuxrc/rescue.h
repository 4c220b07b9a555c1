/* SPDX-License-Identifier: MIT */
/*
 * rescue - linuxrc.rescue: before the root is looked for, a menu of the
 * systems that are there (system.h) and of the tools to work on them. An
 * adapter: fetches what it shows, and leaves its verdict in b->outcome.
 */
#ifndef LINUXRC_RESCUE_H
#define LINUXRC_RESCUE_H

#include "boot.h"
#include "run.h"

/* Until the menu was left. */
bool
rescue_is_asked(const struct boot *b);

/*
 * The menu. What is mounted by it, and in its shells, is mounted for this
 * worker alone, so b->outcome is always one that ends it: a fresh one goes on
 * with the boot. Nobody there to be asked: OUTCOME_UNATTENDED.
 */
int
step_rescue(struct boot *b, char note[static NOTE_SIZE], struct err *e);

#endif
