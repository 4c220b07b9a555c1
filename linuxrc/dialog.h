/* SPDX-License-Identifier: MIT */
/*
 * dialog - a failed step as a question, and what else a person needs to get a
 * machine going. dialog/page.h has the pages, dialog/full.h and dialog/line.h
 * the two front ends that show them. It calls nobody back: an answer is a
 * request that ask.c carries out.
 */
#ifndef LINUXRC_DIALOG_H
#define LINUXRC_DIALOG_H

#include "boot.h"
#include "dialog/page.h"

enum request {
	REQUEST_RETRY,		/* the step again; words may hold options */
	REQUEST_SHELL,
	REQUEST_REBOOT,
	REQUEST_POWEROFF,
	REQUEST_KERNEL,		/* contract linuxrc: exit */
	REQUEST_NOBODY,		/* end of input, dead terminal */
	REQUEST_TIMEOUT,
	REQUEST_BACK,		/* the question again */
	/* a page that menus.c makes and follows */
	REQUEST_ROOTS, REQUEST_OPTIONS, REQUEST_MODULES, REQUEST_NETWORK,
	REQUEST_LOG, REQUEST_HARDWARE
};

enum { ANSWER_SIZE = EDIT_SIZE };	/* a line that a person types */

struct question {
	const char *sentence;	/* the failed step's */
	const char *typed;	/* "root", or "init" when that is in doubt;
				   "" when no option can be typed */
	const char *plan;	/* what another try would do, or NULL */
	bool menus;		/* those of menus.h can be offered */
	bool roots;		/* another root can be chosen */
	bool shell;		/* the image has one */
	bool kernel;		/* the kernel can be left to try */
	int64_t deadline_ms;	/* sys_now_ms() scale, or -1: no limit */
	const char *then;	/* what happens at the deadline */
};

struct answer {
	enum request request;
	char words[ANSWER_SIZE];	/* options as typed, or "" */
};

/* A terminal, or pipes in its place. */
struct dialog_terminal {
	int in, out;
	const char *name;	/* as the others call it */
	bool full;		/* a whole screen, else lines */
	bool utf8, colour;	/* of a whole screen */
};

/* Talk to these from now on, at most UI_TERMS_MAX. */
void
dialog_open(const struct dialog_terminal *terminal, unsigned count);

/* The same with every console, and the screen (dialog/consoles.h). While a
 * full screen is shown where the kernel's log comes out, that is kept away. */
void
dialog_open_consoles(const struct places *at, enum front_end ui);

/* Leave them as they were; last, if not NULL, is what is said then. */
void
dialog_close(const char *last);

/* Lend them to a shell for a while: -1, or the terminal of who answered when
 * that is another one than fd 0. And back. */
int
dialog_lend(void);
void
dialog_take_back(void);

/*
 * Ask until there is a usable answer, the deadline or the end of the input.
 * Any key stops the countdown; what was typed before the question is no
 * answer to it.
 */
void
dialog_ask(const struct question *q, struct answer *a);

/* Show another page to who answered, until it is answered. */
enum page_end
dialog_page(struct page *p, struct page_answer *got);

/* Say a sentence to who answered; dialog_tell(): why that was not taken. */
void
dialog_say(const char *line);
void
dialog_tell(const char *why);

#endif
