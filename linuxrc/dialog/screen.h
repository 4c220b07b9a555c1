/* SPDX-License-Identifier: MIT */
/*
 * screen - a screen of characters: what it is to show and what it shows, and
 * the bytes that make the second of the first. Pure. Sends what changed, in
 * the sequences that every terminal since the VT100 knows (ECMA-48: CUP, EL,
 * ED, SGR); never asks the terminal anything.
 */
#ifndef LINUXRC_DIALOG_SCREEN_H
#define LINUXRC_DIALOG_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SCREEN_ROWS_MAX = 60, SCREEN_COLUMNS_MAX = 160,	/* of a larger one the
				   upper left part is used */
	SCREEN_ROWS = 24, SCREEN_COLUMNS = 80	/* when nobody says */
};

enum style {
	STYLE_PLAIN, STYLE_TITLE, STYLE_FRAME, STYLE_CHOSEN, STYLE_STRONG,
	STYLE_WARNING, STYLE_DIM, STYLE_COUNT
};

struct screen {
	unsigned rows, columns;
	bool utf8;			/* else ASCII is all there is */
	bool colour;			/* else bold and reverse */
	bool known;			/* what it shows is in shown */
	unsigned clip;			/* text ends before this column */
	bool cursor;			/* to be seen at row, column */
	unsigned row, column;
	bool cursor_shown;
	unsigned at_row, at_column;	/* where the terminal's cursor is */
	enum style style;		/* what it would write with */
	/* character, and style << 24 */
	uint32_t wanted[SCREEN_ROWS_MAX][SCREEN_COLUMNS_MAX];
	uint32_t shown[SCREEN_ROWS_MAX][SCREEN_COLUMNS_MAX];
};

/* A screen of that size, of which nobody knows what it shows. */
void
screen_begin(struct screen *s, unsigned rows, unsigned columns);

/* It is to show nothing, and no cursor. */
void
screen_clear(struct screen *s);

/*
 * Put text at row, column; what would be at clip or behind it is cut. A control
 * character is a '?', and what a terminal could show in two columns, or in
 * none, too. The column behind it.
 */
unsigned
screen_text(struct screen *s, unsigned row, unsigned column, enum style style,
	const char *text);

/* From column up to (not including) end the same character. */
void
screen_fill(struct screen *s, unsigned row, unsigned column, unsigned end,
	uint32_t cell);

enum line { LINE_ACROSS, LINE_DOWN, LINE_TOP_LEFT, LINE_TOP_RIGHT,
	LINE_BOTTOM_LEFT, LINE_BOTTOM_RIGHT, LINE_LEFT, LINE_RIGHT,
	LINE_COUNT };

/* A piece of a frame: U+2500 and its like, or - | +. */
uint32_t
screen_line(const struct screen *s, enum line line);

/*
 * Write to out (size bytes, 64 or more) what makes the terminal show what it
 * is to show, or a part of it. Bytes written; 0: it does.
 */
size_t
screen_update(struct screen *s, char *out, size_t size);

/* The same for an end: below everything, plain, cursor on. */
size_t
screen_leave(struct screen *s, char *out, size_t size);

#endif
