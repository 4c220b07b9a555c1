/* SPDX-License-Identifier: MIT */
/*
 * run - walks the procedure: each step in turn, its line in the log, its
 * policy when it fails.
 */
#ifndef LINUXRC_RUN_H
#define LINUXRC_RUN_H

#include <stddef.h>

#include "boot.h"

enum step_policy {
	CARRY_ON,	/* say it and go on without */
	ASK		/* ask the person what to do */
};

enum { NOTE_SIZE = 384 };

struct step {
	const char *name;	/* as the person reads it */
	const char *key;	/* short: seen as the worker's name in ps(1) */
	/* 0, and what was found in note (may be empty); or -1 and e. Can be
	 * called again after a failure or with changed options. */
	int (*go)(struct boot *b, char note[static NOTE_SIZE], struct err *e);
	enum step_policy policy;
	/* Is there anything to do? Else not a word; NULL: always. */
	bool (*asked)(const struct boot *b);
};

/*
 * Do the steps of the table (ended by one without a function) from b->step
 * on. 0: all done, b->step is behind the last; or one of them decided how to
 * end, b->outcome. -1: b->step failed, b->err says why and the step's policy
 * is ASK.
 */
int
run_steps(const struct step *table, struct boot *b);

/* Name this process after what it does, "lrc:KEY": where one hangs can be seen
 * from a shell or with SysRq-T. */
void
run_announce(const char *key);

/* "STEP: SENTENCE" of b->err and the step where it happened. */
void
run_sentence(const struct step *table, const struct boot *b, char *text,
	size_t size);

#endif
