/* SPDX-License-Identifier: MIT */
/*
 * number - our real-root-dev, a file of a tmpfs, made to behave as the
 * kernel's while the guest runs: what is no number is EINVAL and changes
 * nothing, a number reads back in decimal whatever its spelling, and each write
 * is one, wherever in the file it goes (proc_dointvec() of kernel/sysctl.c).
 */
#ifndef LINUXRC_COMPAT_NUMBER_H
#define LINUXRC_COMPAT_NUMBER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { NUMBER_SIZE = 64 };	/* no more of a write counts: realroot.c */

struct number {
	int file;		/* open for both */
	int watch;		/* inotify(7): readable when it was written
				   to; -1: then it stays as it is written */
	bool written;		/* and by whom is not known yet */
	uint32_t value;
	char text[16];		/* what we put there last */
};

/* The file, empty, open at file and named path; number is what it holds. 0, or
 * -1 with errno. */
int
number_begin(struct number *n, int file, const char *path, uint32_t value);

/*
 * The process pid of the procfs proc has ended a system call with result, and
 * n->watch is readable or n->written. True: what it wrote is refused, and the
 * call is to fail with EINVAL.
 */
bool
number_written(struct number *n, int proc, pid_t pid, int64_t result);

/* Nobody writes any more: a file left empty gets the value that it had. */
void
number_end(struct number *n);

/* What the file says now, or the value that it had. */
uint32_t
number_read(const struct number *n);

#endif
