/* SPDX-License-Identifier: MIT */
/*
 * screen.c - see screen.h.
 */
#include <stdio.h>
#include <string.h>

#include "dialog/screen.h"
#include "dialog/utf8.h"

enum {
	STYLE_SHIFT = 24, CHARACTER = 0x1fffff,
	ROOM = 40,		/* more than one cell ever takes: a move, a
				   style, a character */
	GAP = 6			/* a move takes as many bytes as these cells */
};

#define BLANK ((uint32_t)' ')

static const char *const colours[STYLE_COUNT] = {
	[STYLE_PLAIN] = "\033[0m", [STYLE_TITLE] = "\033[0;1;37;44m",
	[STYLE_FRAME] = "\033[0;36m", [STYLE_CHOSEN] = "\033[0;30;46m",
	[STYLE_STRONG] = "\033[0;1m", [STYLE_WARNING] = "\033[0;1;33m",
	[STYLE_DIM] = "\033[0;36m",
};

static const char *const marks[STYLE_COUNT] = {
	[STYLE_PLAIN] = "\033[0m", [STYLE_TITLE] = "\033[0;7m",
	[STYLE_FRAME] = "\033[0m", [STYLE_CHOSEN] = "\033[0;7m",
	[STYLE_STRONG] = "\033[0;1m", [STYLE_WARNING] = "\033[0;1m",
	[STYLE_DIM] = "\033[0m",
};

void
screen_begin(struct screen *s, unsigned rows, unsigned columns)
{
	s->rows = rows < SCREEN_ROWS_MAX ? rows : SCREEN_ROWS_MAX;
	s->columns = columns < SCREEN_COLUMNS_MAX ? columns :
		SCREEN_COLUMNS_MAX;
	s->known = false;
	screen_clear(s);
}

void
screen_clear(struct screen *s)
{
	for (unsigned row = 0; row < s->rows; row++)
		screen_fill(s, row, 0, s->columns, BLANK);
	s->cursor = false;
	s->clip = s->columns;
}

/* Letters of Europe, marks, arrows, frames and blocks: one column each. */
static bool
is_narrow(unsigned c)
{
	return (c >= 0xa0 && c < 0x300 && c != 0xad) ||
		(c >= 0x370 && c < 0x530 && (c < 0x483 || c > 0x489)) ||
		(c >= 0x2010 && c < 0x2027) || (c >= 0x2030 && c < 0x205f) ||
		(c >= 0x2190 && c < 0x2300) || (c >= 0x2500 && c < 0x25fd) ||
		c == UTF8_NONE;
}

static unsigned
presentable(const struct screen *s, unsigned c)
{
	if (c >= ' ' && c < 0x7f)
		return c;
	return s->utf8 && is_narrow(c) ? c : '?';
}

unsigned
screen_text(struct screen *s, unsigned row, unsigned column, enum style style,
	const char *text)
{
	unsigned c;

	while (row < s->rows && column < s->clip && (c = utf8_next(&text)))
		s->wanted[row][column++] = presentable(s, c) |
			(uint32_t)style << STYLE_SHIFT;
	return column;
}

void
screen_fill(struct screen *s, unsigned row, unsigned column, unsigned end,
	uint32_t cell)
{
	for (; row < s->rows && column < end && column < s->columns; column++)
		s->wanted[row][column] = cell;
}

uint32_t
screen_line(const struct screen *s, enum line line)
{
	static const unsigned short drawn[LINE_COUNT] = {
		0x2500, 0x2502, 0x250c, 0x2510, 0x2514, 0x2518, 0x251c, 0x2524
	};

	return (uint32_t)STYLE_FRAME << STYLE_SHIFT | (s->utf8 ? drawn[line] :
		(unsigned char)"-|++++++"[line]);
}

/* ---------------------------------------------------------------- bytes */

struct out {
	char *text;
	size_t len, size;
};

static void
put(struct out *o, const char *text)
{
	size_t n = strlen(text);

	memcpy(o->text + o->len, text, n);
	o->len += n;
}

static void
put_cell(struct screen *s, struct out *o, uint32_t cell)
{
	enum style style = cell >> STYLE_SHIFT;

	if (style != s->style)
		put(o, (s->colour ? colours : marks)[style]);
	s->style = style;
	o->len += utf8_put(cell & CHARACTER, o->text + o->len);
	s->at_column++;
}

/* The last column is left by a move only: what a terminal does behind it is
 * its own affair. */
static void
move(struct screen *s, struct out *o, unsigned row, unsigned column)
{
	char text[16];

	if (s->at_row == row && s->at_column == column &&
	    column < s->columns)
		return;
	if (s->at_row + 1 == row && column == 0)
		snprintf(text, sizeof text, "\r\n");
	else
		snprintf(text, sizeof text, "\033[%u;%uH", row + 1, column + 1);
	put(o, text);
	s->at_row = row;
	s->at_column = column;
}

/* What is between is written again where that is shorter than a move. */
static void
go(struct screen *s, struct out *o, unsigned row, unsigned column)
{
	unsigned p = s->at_column;

	if (s->at_row != row || p > column || column - p > GAP) {
		move(s, o, row, column);
		return;
	}
	while (p < column && s->shown[row][p] >> STYLE_SHIFT == s->style)
		p++;
	if (p < column)
		move(s, o, row, column);
	else
		while (s->at_column < column)
			put_cell(s, o, s->shown[row][s->at_column]);
}

static unsigned
width_of(const uint32_t *row, unsigned columns)
{
	while (columns > 0 && row[columns - 1] == BLANK)
		columns--;
	return columns;
}

/* False: no room for more. */
static bool
update_row(struct screen *s, struct out *o, unsigned row)
{
	uint32_t *wanted = s->wanted[row], *shown = s->shown[row];
	unsigned end = width_of(wanted, s->columns);
	unsigned was = width_of(shown, s->columns);

	for (unsigned i = 0; i < end; i++) {
		if (wanted[i] == shown[i])
			continue;
		if (o->len + ROOM > o->size)
			return false;
		go(s, o, row, i);
		put_cell(s, o, wanted[i]);
		shown[i] = wanted[i];
	}
	if (was <= end)
		return true;
	if (o->len + ROOM > o->size)
		return false;
	go(s, o, row, end);
	if (s->style != STYLE_PLAIN)
		put(o, "\033[0m");
	s->style = STYLE_PLAIN;
	put(o, "\033[K");
	for (unsigned i = end; i < was; i++)
		shown[i] = BLANK;
	return true;
}

static void
forget(struct screen *s, struct out *o)
{
	put(o, "\033[0m\033[2J\033[?25l");
	for (unsigned row = 0; row < s->rows; row++)
		for (unsigned i = 0; i < s->columns; i++)
			s->shown[row][i] = BLANK;
	s->style = STYLE_PLAIN;
	s->at_row = s->at_column = SCREEN_COLUMNS_MAX;
	s->cursor_shown = false;
	s->known = true;
}

static void
update_cursor(struct screen *s, struct out *o)
{
	if (s->cursor)
		move(s, o, s->row, s->column);
	if (s->cursor != s->cursor_shown)
		put(o, s->cursor ? "\033[?25h" : "\033[?25l");
	s->cursor_shown = s->cursor;
}

size_t
screen_update(struct screen *s, char *out, size_t size)
{
	struct out o = { out, 0, size };

	if (!s->known)
		forget(s, &o);
	for (unsigned row = 0; row < s->rows; row++)
		if (!update_row(s, &o, row))
			return o.len;
	if (o.len + ROOM <= o.size)
		update_cursor(s, &o);
	return o.len;
}

size_t
screen_leave(struct screen *s, char *out, size_t size)
{
	s->known = false;
	return (size_t)snprintf(out, size, "\033[0m\033[%u;1H\033[?25h\r\n",
		s->rows);
}
