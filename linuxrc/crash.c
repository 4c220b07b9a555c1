/* SPDX-License-Identifier: MIT */
/*
 * crash.c - see crash.h.
 */
#include <string.h>
#include <sys/wait.h>

#include "crash.h"
#include "lib/log.h"
#include "lib/sys.h"
#include "policy.h"

static void
describe(struct boot *b, int status)
{
	if (WIFSIGNALED(status))
		fail(&b->err, 0, "crashed: %s", strsignal(WTERMSIG(status)));
	else
		fail(&b->err, 0, "ended with status %d without a word",
			WEXITSTATUS(status));
}

bool
crash_go_on(struct crashes *c, struct boot *b, const char *step, int status)
{
	bool first = b->step >= c->from;

	policy_open_log(b);
	/* as a full screen may have left it */
	if (b->asking && b->contract != CONTRACT_NONE &&
	    b->contract != CONTRACT_CHROOT)
		sys_quiet_console(false);
	if (b->asking && c->asking++ > 0)
		return false;
	if (b->asking && b->err.text[0]) {
		say(LOG_WITHOUT, "the question crashed and is put again");
	} else {
		describe(b, status);
		if (first && !b->asking)
			say(LOG_FAILED, "%s: %s -- once more, with a fresh "
				"worker", step, b->err.text);
	}
	b->ask = b->asking || !first;
	c->from = b->step + 1;
	return true;
}
