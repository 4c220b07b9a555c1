/* SPDX-License-Identifier: MIT */
/*
 * crash - what follows when a worker ended without a word: a fresh one, the
 * question, or what is done when nobody answers.
 */
#ifndef LINUXRC_CRASH_H
#define LINUXRC_CRASH_H

#include "boot.h"

/* How far the workers got that crashed, since the last answer; zeroed at
 * first. */
struct crashes {
	unsigned from;		/* a first crash counts from this step on */
	unsigned asking;	/* crashes of the question */
};

/*
 * The first crash in a step is a sentence, and a fresh worker goes on there;
 * the second one is a failure of that step. A crash while it asks takes
 * nothing from the sentence asked about, and the second one is no answer. step:
 * the name of b->step; status: as waitpid() has it. True: go on with another
 * worker, b->ask says how; from rises, so that comes to an end.
 */
bool
crash_go_on(struct crashes *c, struct boot *b, const char *step, int status);

#endif
