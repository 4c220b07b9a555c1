/* SPDX-License-Identifier: MIT */
/*
 * watchdog - /dev/watchdog, as Documentation/watchdog/watchdog-api.rst has
 * it, with linuxrc.watchdog=. The supervisor feeds it while a question is
 * open or the worker gives signs of life (lib/alive.h); nobody else has it
 * open.
 */
#ifndef LINUXRC_WATCHDOG_H
#define LINUXRC_WATCHDOG_H

#include "boot.h"

/* Open it, if it is asked for and there; feed it, if it is time for that and
 * the worker lives. Returns when to call again: so many ms, -1 when there is
 * nothing to do. */
int64_t
watchdog_tend(const struct boot *b);

/* The same, whatever the worker does: while we wait for something ourselves. */
int64_t
watchdog_feed(void);

/* Leave it: stopped, or with linuxrc.watchdog=keep fed once more and running
 * on. */
void
watchdog_leave(const struct boot *b);

#endif
