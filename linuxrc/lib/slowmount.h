/* SPDX-License-Identifier: MIT */
/*
 * slowmount - mount(2) that takes no longer than it may. A call that waits for
 * a server ends on a signal that kills (TASK_KILLABLE), and on nothing else: so
 * a process of its own makes it.
 */
#ifndef LINUXRC_LIB_SLOWMOUNT_H
#define LINUXRC_LIB_SLOWMOUNT_H

#include <stdint.h>

struct slowmount {
	const char *source, *target, *type;
	unsigned long flags;
	const char *data;
};

/* As sys_mount(); ETIMEDOUT: it was not done at end_ms (CLOCK_MONOTONIC), and
 * is given up. */
int
slowmount(const struct slowmount *m, int64_t end_ms);

#endif
