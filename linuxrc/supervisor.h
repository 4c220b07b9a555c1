/* SPDX-License-Identifier: MIT */
/*
 * supervisor - the process that must not die. It parses nothing: it forks a
 * worker, waits, and does what the worker asks for, once it has checked it.
 */
#ifndef LINUXRC_SUPERVISOR_H
#define LINUXRC_SUPERVISOR_H

#include "boot.h"

struct supervised {
	/* In a fresh process: do the steps, leave the result in *b, return
	 * (the process then exits). */
	void (*work)(struct boot *b);
	/* In the supervisor: leave for init. Returns only on failure (-1 and
	 * the sentence, with b->step where to go on), or 0 when leaving
	 * means to exit (contract linuxrc). */
	int (*leave)(struct boot *b, struct err *e);
	unsigned steps;		/* how many there are */
	/* Name of the step b is in, for sentences. */
	const char *(*step_name)(const struct boot *b);
};

/*
 * Memory for struct boot that both processes share, zeroed. NULL when there
 * is none.
 */
struct boot *
supervisor_boot(void);

/* Run the boot. Returns the exit status for contracts that end by an exit
 * (linuxrc, chroot); as PID 1 it never returns. */
int
supervisor_run(const struct supervised *s, struct boot *b);

#endif
