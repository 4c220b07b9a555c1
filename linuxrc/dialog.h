/* SPDX-License-Identifier: MIT */
/*
 * dialog - a failed step as a numbered question, on any terminal, a pipe or
 * a braille line: plain lines, no escape sequences. It calls nobody back:
 * the answer is a request that main.c carries out.
 */
#ifndef LINUXRC_DIALOG_H
#define LINUXRC_DIALOG_H

#include "boot.h"

enum request {
	REQUEST_RETRY,		/* the step again; words may hold options */
	REQUEST_SHELL,
	REQUEST_REBOOT,
	REQUEST_POWEROFF,
	REQUEST_KERNEL,		/* contract linuxrc: exit */
	REQUEST_NOBODY,		/* end of input, dead terminal */
	REQUEST_TIMEOUT
};

enum { ANSWER_SIZE = 2048 };	/* a line that a person types */

struct question {
	int in, out;		/* the console, or a test's pipes */
	const char *sentence;	/* the failed step's */
	const char *typed;	/* "root", or "init" when that is in doubt */
	bool shell;		/* the image has one */
	bool kernel;		/* the kernel can be left to try */
	int64_t deadline_ms;	/* sys_now_ms() scale, or -1: no limit */
	const char *then;	/* what happens at the deadline */
};

struct answer {
	enum request request;
	char words[ANSWER_SIZE];	/* options as typed, or "" */
};

/*
 * Ask until there is a usable answer, the deadline or the end of the input.
 * Any key stops the countdown; what was typed before the question is no
 * answer to it.
 */
void
dialog_ask(const struct question *q, struct answer *a);

/* Say why the last answer was not taken. */
void
dialog_tell(const struct question *q, const char *why);

#endif
