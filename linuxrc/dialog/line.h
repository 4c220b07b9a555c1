/* SPDX-License-Identifier: MIT */
/*
 * line - the front end for any terminal, a braille line, a pipe, a log: plain
 * lines, numbers, no escape sequence. The other one is full.h.
 */
#ifndef LINUXRC_DIALOG_LINE_H
#define LINUXRC_DIALOG_LINE_H

#include "dialog/term.h"

/* Say all of the page, and ask. */
void
line_begin(struct term *t, const struct page *p);

/* A countdown runs: say so, first and when 60, 30, 10 or 5 s are left. */
void
line_count(struct term *t, const struct page *p, int64_t left_s);

/* Take what was typed, until it is an answer. */
enum page_end
line_take(struct term *t, const struct page *p, struct page_answer *a);

#endif
