/* SPDX-License-Identifier: MIT */
/*
 * run.c - see run.h.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "lib/alive.h"
#include "lib/log.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "run.h"

void
run_announce(const char *key)
{
	char comm[16] = "lrc:";	/* TASK_COMM_LEN */

	text_append(comm, sizeof comm, key);
	prctl(PR_SET_NAME, comm);
}

static void
report(const struct step *s, const struct boot *b, const char *note)
{
	int64_t now = sys_now_ms();

	say(LOG_STEP, "%s: %s (%lld ms, at %lld ms)", s->name,
		note[0] ? note : "done", (long long)(now - b->step_start_ms),
		(long long)(now - b->start_ms));
}

int
run_steps(const struct step *table, struct boot *b)
{
	for (; table[b->step].go; b->step++) {
		const struct step *s = &table[b->step];
		char note[NOTE_SIZE];
		struct err e;
		int64_t start_us;
		int result;

		if (s->asked && !s->asked(b))
			continue;
		note[0] = e.text[0] = '\0';
		e.code = 0;
		run_announce(s->key);
		b->step_start_ms = sys_now_ms();
		start_us = timeline_now();
		alive_for(ALIVE_S);
		result = s->go(b, note, &e);
		timeline_add(TIMELINE_STEP, s->name, start_us,
			timeline_now());
		/* its device may be there now: the supervisor looks */
		if (b->options.watchdog_s != NOT_GIVEN)
			kill(getppid(), SIGCHLD);
		if (result == 0) {
			report(s, b, note);
			if (b->outcome != OUTCOME_NONE)
				return 0;
		} else if (s->policy == CARRY_ON) {
			say(LOG_WITHOUT, "%s: %s", s->name, e.text);
		} else {
			b->err = e;
			return -1;
		}
	}
	return 0;
}

void
run_sentence(const struct step *table, const struct boot *b, char *text,
	size_t size)
{
	snprintf(text, size, "%s: %s", table[b->step].name, b->err.text);
}
