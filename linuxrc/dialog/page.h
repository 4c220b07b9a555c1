/* SPDX-License-Identifier: MIT */
/*
 * page.h - READ FIRST: what a person is shown, and what comes back. The
 * same page for each front end: full screen (full.h) or lines (line.h).
 * No functions.
 */
#ifndef LINUXRC_DIALOG_PAGE_H
#define LINUXRC_DIALOG_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "dialog/edit.h"

enum page_kind {
	PAGE_MENU,		/* one of the items */
	PAGE_INPUT,		/* a line of text */
	PAGE_HIDDEN,		/* the same, and nobody sees it */
	PAGE_VIEW		/* text to read */
};

struct page_item {
	const char *text;	/* one line */
	const char *note;	/* more about it, or NULL */
};

struct page {
	enum page_kind kind;
	bool top;		/* there is nothing to go back to */
	bool words;		/* a menu in lines: a line that begins with a
				   letter and is no item's name is an answer */
	const char *title;	/* a few words */
	const char *text;	/* above the items, or all there is to read;
				   NULL: nothing */
	const char *prompt;	/* in lines, before what is typed; of an input:
				   in both */
	unsigned count, chosen;	/* items, and the one to begin with */
	const struct page_item *item;
	const char *initial;	/* an input's text to begin with, or NULL */
	const char *const *history;	/* an input's: edit.h */
	int64_t deadline_ms;	/* sys_now_ms() scale, or -1: no limit */
	const char *then;	/* what happens at the deadline */
};

enum page_end {
	PAGE_STAYS,		/* no answer yet */
	PAGE_CHOSEN,		/* an item, or a text; read to the end */
	PAGE_WORDS,		/* a line of text where a menu was shown */
	PAGE_BACK,
	PAGE_TIMEOUT,
	PAGE_NOBODY		/* end of input, dead terminal */
};

struct page_answer {
	unsigned chosen;
	char text[EDIT_SIZE];
};

#endif
