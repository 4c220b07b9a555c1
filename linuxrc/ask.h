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
	bool drivers;		/* the steps got as far as the drivers */

	/* left by ask() with OUTCOME_RETRY */
	const char *words;	/* what was typed or chosen, or "" */
	bool unmounted;		/* the root is not mounted any more */
};

void
ask(struct boot *b, const struct places *at, struct failure *f);

/*
 * A typed option counts from now on, and for every later worker. Of words
 * with a fault none counts: what is not told is not done.
 */
bool
ask_take_typed(struct boot *b, const char *words);

#endif
