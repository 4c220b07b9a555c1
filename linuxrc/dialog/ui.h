/* SPDX-License-Identifier: MIT */
/*
 * ui - one page on all terminals, each with its front end. The first that
 * answers wins: it alone is asked until ui_everyone(), and the others say
 * so. Nothing polls: it sleeps until a byte, a second of a countdown, or, on
 * a full screen, a look at its size every other second.
 */
#ifndef LINUXRC_DIALOG_UI_H
#define LINUXRC_DIALOG_UI_H

#include "dialog/page.h"
#include "dialog/term.h"

enum { UI_TERMS_MAX = 4 };	/* a screen, a serial line, and two more */

struct ui {
	unsigned count;
	struct term *owner;	/* who answered, or NULL: all are asked */
	struct term term[UI_TERMS_MAX];
};

/* Open all of ui->term[], whose first members are set. */
void
ui_open(struct ui *ui);

void
ui_close(struct ui *ui);

/* A line for who answered, or for all, once they are closed. */
void
ui_end(struct ui *ui, const char *line);

/* The next page is for all of them again, and what was typed is forgotten. */
void
ui_everyone(struct ui *ui);

/*
 * Show the page and wait for what becomes of it: never PAGE_STAYS. Any key on
 * any terminal stops the countdown, for good: then p->deadline_ms is -1.
 */
enum page_end
ui_run(struct ui *ui, struct page *p, struct page_answer *a);

/* A sentence for who is asked: above the next page, or a line. */
void
ui_say(struct ui *ui, const char *text);

#endif
