/* SPDX-License-Identifier: MIT */
/*
 * layout - a page on a full screen: a title, a frame with text, items and
 * what is known about the chosen one, a line of state, a line of help. Pure.
 */
#ifndef LINUXRC_DIALOG_LAYOUT_H
#define LINUXRC_DIALOG_LAYOUT_H

#include "dialog/page.h"
#include "dialog/screen.h"

/* Where a person is on a page. */
struct view {
	unsigned chosen;	/* item */
	unsigned top;		/* the first item, or line, that is shown */
	unsigned number;	/* digits typed so far */
	int64_t left_s;		/* of the countdown; -1: none */
	const char *message;	/* above everything, or NULL */
	struct edit edit;
};

/* The beginning of a page. */
void
layout_begin(struct view *v, const struct page *p);

/* Draw it into s->wanted; v->top and v->edit follow what has to be seen. */
void
layout_draw(struct screen *s, const struct page *p, struct view *v);

/* How many items, or lines of a text, the screen shows at once. */
unsigned
layout_height(const struct screen *s, const struct page *p,
	const struct view *v);

/* How many lines the text of a PAGE_VIEW has on this screen. */
unsigned
layout_lines(const struct screen *s, const struct page *p);

#endif
