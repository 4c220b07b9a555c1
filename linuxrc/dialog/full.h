/* SPDX-License-Identifier: MIT */
/*
 * full - the front end that has a whole screen: arrows, Home, End, PgUp,
 * PgDn, Tab, Esc, first letters and digits. The other one is line.h.
 */
#ifndef LINUXRC_DIALOG_FULL_H
#define LINUXRC_DIALOG_FULL_H

#include "boot.h"
#include "dialog/term.h"

/* Is this the front end of a terminal, by linuxrc.ui=? screen: it is the
 * machine's own. */
bool
full_is_wanted(enum front_end ui, bool screen);

/* Show the page. */
void
full_begin(struct term *t, const struct page *p);

/* Seconds of the countdown that are left; -1: none. */
void
full_count(struct term *t, const struct page *p, int64_t left_s);

/* Take what was typed, until it is an answer. */
enum page_end
full_take(struct term *t, const struct page *p, struct page_answer *a);

/* KEYS_ESC_MS are over. As full_take(). */
enum page_end
full_escape(struct term *t, const struct page *p, struct page_answer *a);

/* Draw it again, for the size has changed. */
void
full_again(struct term *t, const struct page *p);

/* Instead of the page: what became of it. */
void
full_note(struct term *t, const char *text);

#endif
