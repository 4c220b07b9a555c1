/* SPDX-License-Identifier: MIT */
/*
 * layout.c - see layout.h.
 */
#include <stdio.h>
#include <string.h>

#include "dialog/layout.h"
#include "dialog/utf8.h"
#include "dialog/wrap.h"

enum {
	HEAD = 2,		/* title, frame */
	FOOT = 3,		/* frame, state, help */
	MARGIN = 2,		/* frame, blank */
	NUMBER = 6,		/* "> 12  " */
	NOTE_LINES = 4,
	ITEMS_LEAST = 5
};

/* The rows of the frame's inside, shared out. */
struct parts {
	unsigned width;
	unsigned message, text, items, notes;	/* rows of each */
};

void
layout_begin(struct view *v, const struct page *p)
{
	v->chosen = p->chosen;
	v->top = 0;
	v->number = 0;
	v->left_s = -1;
	v->message = NULL;
	edit_begin(&v->edit, p->initial, p->history);
}

static unsigned
at_most(unsigned n, unsigned limit)
{
	return n < limit ? n : limit;
}

/* Rows that the longest note takes. */
static unsigned
note_lines(const struct page *p, unsigned width)
{
	unsigned most = 0;

	for (unsigned i = 0; i < p->count; i++) {
		unsigned n = wrap_count(p->item[i].note, width);

		most = n > most ? n : most;
	}
	return at_most(most, NOTE_LINES);
}

/* Text gives way to items, down to half of what there is; notes give way to
 * both. */
static void
share_out(const struct screen *s, const struct page *p, const struct view *v,
	struct parts *a)
{
	unsigned room = s->rows > HEAD + FOOT ? s->rows - HEAD - FOOT : 1;
	unsigned wish, rules;

	a->width = s->columns > 2 * MARGIN ? s->columns - 2 * MARGIN : 1;
	a->message = at_most(wrap_count(v->message, a->width), room / 2);
	room -= a->message;
	a->text = at_most(wrap_count(p->text, a->width), room);
	a->items = a->notes = 0;
	if (p->kind == PAGE_VIEW)
		return;
	wish = p->kind == PAGE_MENU ? p->count : 2;
	if (room > 2 * ITEMS_LEAST)
		a->notes = note_lines(p, a->width);
	rules = (a->text > 0) + (a->notes > 0);
	if (a->text + wish + a->notes + rules > room)
		a->text = at_most(a->text, room / 2);
	room -= at_most(room, a->text + a->notes + rules);
	a->items = at_most(wish, room);
}

unsigned
layout_height(const struct screen *s, const struct page *p,
	const struct view *v)
{
	struct parts a;

	share_out(s, p, v, &a);
	return p->kind == PAGE_VIEW ? s->rows - HEAD - FOOT - a.message :
		a.items;
}

unsigned
layout_lines(const struct screen *s, const struct page *p)
{
	return wrap_count(p->text, s->columns - 2 * MARGIN);
}

/* ------------------------------------------------------------- pieces */

static void
rule(struct screen *s, unsigned row, enum line left, enum line right)
{
	screen_fill(s, row, 0, 1, screen_line(s, left));
	screen_fill(s, row, 1, s->columns - 1, screen_line(s, LINE_ACROSS));
	screen_fill(s, row, s->columns - 1, s->columns,
		screen_line(s, right));
}

static void
sides(struct screen *s, unsigned row)
{
	uint32_t down = screen_line(s, LINE_DOWN);

	screen_fill(s, row, 0, 1, down);
	screen_fill(s, row, s->columns - 1, s->columns, down);
}

/* A text, its lines from number top on. */
struct paragraph {
	const char *text;
	unsigned top;
	enum style style;
};

/* As many rows of it. The row behind them. */
static unsigned
paragraph(struct screen *s, unsigned row, unsigned rows, struct paragraph p)
{
	char cut[SCREEN_COLUMNS_MAX * UTF8_MAX + 1];
	unsigned end = row + rows;
	const char *line;
	size_t len;

	while (row < end && p.text &&
	    wrap_next(&p.text, s->columns - 2 * MARGIN, &line, &len)) {
		if (p.top > 0) {
			p.top--;
			continue;
		}
		memcpy(cut, line, len);
		cut[len] = '\0';
		screen_text(s, row++, MARGIN, p.style, cut);
	}
	return end;
}

static void
items(struct screen *s, const struct page *p, const struct view *v,
	unsigned row, unsigned rows)
{
	char number[16];

	for (unsigned i = v->top; i < p->count && rows > 0; i++, rows--) {
		enum style style = i == v->chosen ? STYLE_CHOSEN : STYLE_PLAIN;
		unsigned column;

		snprintf(number, sizeof number, "%c%3u  ",
			i == v->chosen ? '>' : ' ', i + 1);
		column = screen_text(s, row, MARGIN, style, number);
		screen_text(s, row++, column, style, p->item[i].text);
	}
}

static void
field(struct screen *s, const struct page *p, struct view *v, unsigned row)
{
	unsigned width = s->columns - 2 * MARGIN - 1;

	screen_text(s, row, MARGIN, STYLE_STRONG, p->prompt);
	s->row = row + 1;
	s->column = MARGIN;
	s->cursor = true;
	if (p->kind == PAGE_HIDDEN) {
		screen_text(s, row + 1, MARGIN, STYLE_DIM,
			"(what is typed here is not shown)");
		return;
	}
	s->column += edit_scroll(&v->edit, width);
	screen_text(s, row + 1, MARGIN, STYLE_PLAIN,
		v->edit.text + v->edit.left);
}

static void
follow(const struct page *p, struct view *v, unsigned height)
{
	if (p->kind != PAGE_MENU || height == 0)
		return;
	if (v->chosen < v->top)
		v->top = v->chosen;
	if (v->chosen >= v->top + height)
		v->top = v->chosen - height + 1;
	if (p->count > height && v->top > p->count - height)
		v->top = p->count - height;
}

/* "12-30 of 300" in the frame, when there is more than is shown. */
static void
position(struct screen *s, const struct view *v, unsigned row,
	unsigned height, unsigned all)
{
	char text[48];
	unsigned last = at_most(v->top + height, all);

	if (all <= height)
		return;
	snprintf(text, sizeof text, " %u-%u of %u ", v->top + 1, last, all);
	screen_text(s, row, s->columns - 2 - (unsigned)strlen(text),
		STYLE_FRAME, text);
}

static void
state(struct screen *s, const struct page *p, const struct view *v,
	unsigned row)
{
	char text[128];

	if (v->left_s >= 0) {
		snprintf(text, sizeof text, "Without an answer in %lld s: %s. "
			"Any key stops that.", (long long)v->left_s, p->then);
		screen_text(s, row, MARGIN, STYLE_WARNING, text);
	} else if (v->edit.full) {
		screen_text(s, row, MARGIN, STYLE_WARNING,
			"No more fits into this line.");
	}
}

static const char *
help(const struct page *p)
{
	switch (p->kind) {
	case PAGE_VIEW:
		return "Arrows, PgUp, PgDn, Home, End: move   Enter, Esc: back";
	case PAGE_INPUT:
		return p->history ? "Enter: take it   Up, Down: earlier lines"
			"   ^U ^K ^W: delete   Esc: back" :
			"Enter: take it   ^U ^K ^W: delete   Esc: back";
	case PAGE_HIDDEN:
		return "Enter: take it   Esc: back";
	case PAGE_MENU:
		break;
	}
	return p->top ? "Arrows, letters, digits: move   Enter: choose" :
		"Arrows, letters, digits: move   Enter: choose   Esc: back";
}

/* What is inside the frame. The row behind it. */
static unsigned
inside(struct screen *s, const struct page *p, struct view *v,
	const struct parts *a)
{
	unsigned row = HEAD;

	row = paragraph(s, row, a->message, (struct paragraph){
		v->message, 0, STYLE_WARNING });
	row = paragraph(s, row, a->text, (struct paragraph){
		p->text, p->kind == PAGE_VIEW ? v->top : 0, STYLE_PLAIN });
	if (row > HEAD && a->items > 0)
		rule(s, row++, LINE_LEFT, LINE_RIGHT);
	if (p->kind == PAGE_MENU)
		items(s, p, v, row, a->items);
	else if (p->kind != PAGE_VIEW)
		field(s, p, v, row);
	row += a->items;
	if (a->notes == 0)
		return row;
	rule(s, row++, LINE_LEFT, LINE_RIGHT);
	return paragraph(s, row, a->notes, (struct paragraph){
		p->item[v->chosen].note, 0, STYLE_PLAIN });
}

void
layout_draw(struct screen *s, const struct page *p, struct view *v)
{
	struct parts a;
	unsigned row, all;

	share_out(s, p, v, &a);
	follow(p, v, a.items);
	screen_clear(s);
	screen_fill(s, 0, 0, s->columns, ' ' | (uint32_t)STYLE_TITLE << 24);
	screen_text(s, 0, MARGIN, STYLE_TITLE, p->title);
	rule(s, 1, LINE_TOP_LEFT, LINE_TOP_RIGHT);
	s->clip = s->columns - MARGIN;
	row = inside(s, p, v, &a);
	for (unsigned i = HEAD; i < row; i++)
		if (s->wanted[i][0] == ' ')
			sides(s, i);
	rule(s, row, LINE_BOTTOM_LEFT, LINE_BOTTOM_RIGHT);
	s->clip = s->columns;
	all = p->kind == PAGE_VIEW ? wrap_count(p->text, a.width) : p->count;
	position(s, v, row, p->kind == PAGE_VIEW ? a.text : a.items, all);
	state(s, p, v, s->rows - 2);
	screen_text(s, s->rows - 1, MARGIN, STYLE_DIM, help(p));
}
