/* SPDX-License-Identifier: MIT */
/*
 * ask - what becomes of a failed step: the question when somebody can
 * answer, else the failure policy. Leaves its verdict in b->outcome.
 */
#ifndef LINUXRC_ASK_H
#define LINUXRC_ASK_H

#include "boot.h"

struct failure {
	const char *sentence;	/* "STEP: WHAT ..." */
	const char *typed;	/* the option that is most likely wrong:
				   "root" or "init" */
	unsigned again;		/* step for another try as it is */
	bool drivers;		/* the steps got as far as the drivers */
	unsigned changed;	/* step for a try with a changed option */
};

void
ask(struct boot *b, const struct places *at, const struct failure *f);

/*
 * A typed option counts from now on, and for every later worker. Of words
 * with a fault none counts: what is not told is not done.
 */
bool
ask_take_typed(struct boot *b, const char *words);

#endif
