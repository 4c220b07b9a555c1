/* SPDX-License-Identifier: MIT */
/*
 * trace - watches the guest, so that no procfs of it is ever without
 * real-root-dev: every process that descends from it stops at each system
 * call, and before it goes on, what it has mounted is covered (sysctl.h); what
 * it wants to unmount is uncovered. A mount table that is watched from outside
 * comes too late (half of the writes were lost). ptrace(2), no option of the
 * kernel, no filter that would stay with a process.
 */
#ifndef LINUXRC_COMPAT_TRACE_H
#define LINUXRC_COMPAT_TRACE_H

#include <sys/types.h>

#include "compat/sysctl.h"

/*
 * In a process of its own, whose end gives all that it traces back to
 * themselves. Attach to guest, which is about to read from the pipe whose
 * writing end is go (closed then), and watch until it has ended. 0; -1: it
 * cannot be traced, and runs without.
 */
int
trace_run(pid_t guest, struct sysctl *s, int go);

#endif
