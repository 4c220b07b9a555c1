/* SPDX-License-Identifier: MIT */
/*
 * umountcall - the numbers of umount and umount2, for each architecture: the
 * only system calls that have to be known before they run. Pure.
 */
#ifndef LINUXRC_COMPAT_UMOUNTCALL_H
#define LINUXRC_COMPAT_UMOUNTCALL_H

#include <stdbool.h>
#include <stdint.h>

/*
 * arch: AUDIT_ARCH_* of linux/audit.h, as PTRACE_GET_SYSCALL_INFO tells it;
 * nr: the call's number there. True also for every call of an architecture
 * that is not known here: what is no path of a procfs is then passed over.
 */
bool
umountcall_is(uint32_t arch, uint64_t nr);

#endif
