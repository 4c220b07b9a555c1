/* SPDX-License-Identifier: MIT */
/*
 * edit.c - see edit.h.
 */
#include <string.h>

#include "dialog/edit.h"
#include "dialog/keys.h"
#include "dialog/utf8.h"

static bool
is_inside(const struct edit *e, size_t at)
{
	return (e->text[at] & 0xc0) == 0x80;
}

static size_t
before(const struct edit *e, size_t at)
{
	if (at > 0)
		at--;
	while (at > 0 && is_inside(e, at))
		at--;
	return at;
}

static size_t
after(const struct edit *e, size_t at)
{
	if (e->text[at])
		at++;
	while (e->text[at] && is_inside(e, at))
		at++;
	return at;
}

static void
set(struct edit *e, const char *text)
{
	size_t len = strnlen(text, EDIT_SIZE - 1);

	memmove(e->text, text, len);
	e->text[len] = '\0';
	e->at = len;
	e->left = 0;
}

void
edit_begin(struct edit *e, const char *text, const char *const *history)
{
	e->history = history;
	e->full = false;
	for (e->lines = 0; history && history[e->lines];)
		e->lines++;
	e->line = e->lines;
	e->own[0] = '\0';
	set(e, text ? text : "");
}

static bool
move(struct edit *e, size_t to)
{
	bool moved = to != e->at;

	e->at = to;
	return moved;
}

/* Take away what is between from and to. */
static bool
cut(struct edit *e, size_t from, size_t to)
{
	memmove(e->text + from, e->text + to, strlen(e->text + to) + 1);
	e->at = from;
	return from != to;
}

/* The blanks before the cursor and the word before them. */
static size_t
word_before(const struct edit *e)
{
	size_t at = e->at;

	while (at > 0 && e->text[at - 1] == ' ')
		at--;
	while (at > 0 && e->text[at - 1] != ' ')
		at--;
	return at;
}

static bool
insert(struct edit *e, int key)
{
	char c[UTF8_MAX];
	size_t n = utf8_put((unsigned)key, c);
	size_t len = strlen(e->text);

	e->full = len + n >= EDIT_SIZE;
	if (e->full)
		return false;
	memmove(e->text + e->at + n, e->text + e->at, len - e->at + 1);
	memcpy(e->text + e->at, c, n);
	e->at += n;
	return true;
}

/* Back to the history's older lines, and forward to what was typed. */
static bool
turn(struct edit *e, unsigned line)
{
	if (line > e->lines || (line < e->lines &&
	    strlen(e->history[line]) >= EDIT_SIZE))
		return false;
	if (e->line == e->lines)
		memcpy(e->own, e->text, sizeof e->own);
	e->line = line;
	set(e, line == e->lines ? e->own : e->history[line]);
	return true;
}

bool
edit_key(struct edit *e, int key)
{
	size_t end = strlen(e->text);

	e->full = false;
	switch (key) {
	case KEY_LEFT:
		return move(e, before(e, e->at));
	case KEY_RIGHT:
		return move(e, after(e, e->at));
	case KEY_HOME:
		return move(e, 0);
	case KEY_END:
		return move(e, end);
	case KEY_BACKSPACE:
		return cut(e, before(e, e->at), e->at);
	case KEY_DELETE:
		return cut(e, e->at, after(e, e->at));
	case KEY_KILL_LINE:
		return cut(e, 0, e->at);
	case KEY_KILL_END:
		return cut(e, e->at, end);
	case KEY_KILL_WORD:
		return cut(e, word_before(e), e->at);
	case KEY_UP:
		return e->line > 0 && turn(e, e->line - 1);
	case KEY_DOWN:
		return turn(e, e->line + 1);
	default:
		return key >= ' ' && key < KEY_OTHER && insert(e, key);
	}
}

unsigned
edit_scroll(struct edit *e, unsigned width)
{
	unsigned column = 0;
	size_t p;

	if (e->at < e->left)
		e->left = e->at;
	for (p = e->left; p < e->at; p = after(e, p))
		column++;
	for (; column >= width && column > 0; column--)
		e->left = after(e, e->left);
	return column;
}
