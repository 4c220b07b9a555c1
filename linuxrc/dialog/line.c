/* SPDX-License-Identifier: MIT */
/*
 * line.c - see line.h.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "dialog/line.h"
#include "dialog/wrap.h"
#include "lib/sys.h"
#include "lib/text.h"

enum {
	PAGE_LINES = 20,	/* then it waits: a terminal has 24 */
	ENDLESS = 1 << 30,	/* of a line: the terminal wraps it */
	CTRL_D = 4
};

/* ------------------------------------------------------------- showing */

static unsigned
lines_of(const struct page *p)
{
	return p->kind == PAGE_VIEW ? wrap_count(p->text, ENDLESS) : p->count;
}

static bool
has_more(const struct term *t, const struct page *p)
{
	return t->page_at + PAGE_LINES < lines_of(p);
}

static const char *
prompt_of(const struct term *t, const struct page *p)
{
	bool more = has_more(t, p);

	if (p->prompt && !(p->kind == PAGE_MENU && more))
		return p->prompt;
	if (p->kind == PAGE_MENU)
		return !more ? "Number, or Enter to go back: " : p->top ?
			"Number, or Enter for more: " :
			"Number, Enter for more, 0 to go back: ";
	return more ? "Enter for more, 0 to go back: " :
		"Enter to go back: ";
}

static void
prompt(struct term *t, const struct page *p)
{
	char text[128];
	int64_t left_s = (p->deadline_ms - sys_now_ms() + 999) / 1000;

	if (p->deadline_ms >= 0) {
		snprintf(text, sizeof text, "Without an answer in %lld s: "
			"%s.\n", (long long)left_s, p->then);
		term_put(t, text);
		t->view.left_s = left_s;
	}
	term_put(t, prompt_of(t, p));
}

static void
show_items(struct term *t, const struct page *p)
{
	char number[16];
	unsigned i;

	for (i = t->page_at; i < p->count &&
	    i < t->page_at + PAGE_LINES; i++) {
		snprintf(number, sizeof number, "%3u  ", i + 1);
		term_put(t, number);
		term_put(t, p->item[i].text);
		term_put(t, "\n");
		if (!p->item[i].note)
			continue;
		term_put(t, "       ");
		term_put(t, p->item[i].note);
		term_put(t, "\n");
	}
	term_put(t, "\n");
}

static void
show_lines(struct term *t, const struct page *p)
{
	const char *text = p->text ? p->text : "", *line;
	unsigned end = t->page_at + PAGE_LINES;
	size_t len;

	for (unsigned i = 0; i < end &&
	    wrap_next(&text, ENDLESS, &line, &len); i++) {
		if (i < t->page_at)
			continue;
		term_write(t, line, len);
		term_put(t, "\n");
	}
}

static void
show_input(struct term *t, const struct page *p)
{
	if (p->initial && p->initial[0]) {
		term_put(t, "It is now: ");
		term_put(t, p->initial);
		term_put(t, "\n");
	}
	if (p->kind == PAGE_HIDDEN)
		term_mode(t, false, false);
}

static void
show(struct term *t, const struct page *p)
{
	if (p->kind == PAGE_VIEW)
		show_lines(t, p);
	else if (p->kind == PAGE_MENU)
		show_items(t, p);
	else
		show_input(t, p);
	prompt(t, p);
}

/* A countdown is over at the first key, not at the first line. */
void
line_begin(struct term *t, const struct page *p)
{
	t->view.left_s = -1;
	t->view.edit.text[0] = '\0';
	t->view.edit.at = 0;
	t->page_at = 0;
	t->overlong = false;
	if (p->deadline_ms >= 0)
		term_mode(t, true, true);
	if (p->kind != PAGE_INPUT && p->kind != PAGE_HIDDEN)
		term_put(t, "\n");
	if (p->text && p->kind != PAGE_VIEW) {
		term_put(t, p->text);
		term_put(t, p->kind == PAGE_MENU ? "\n\n" : "\n");
	} else if (p->kind == PAGE_VIEW || !p->text) {
		if (p->kind == PAGE_VIEW || p->kind == PAGE_MENU) {
			term_put(t, p->title);
			term_put(t, ":\n\n");
		}
	}
	show(t, p);
}

void
line_count(struct term *t, const struct page *p, int64_t left_s)
{
	static const int marks[] = { 60, 30, 10, 5 };

	for (unsigned i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (left_s <= marks[i] && t->view.left_s > marks[i]) {
			term_put(t, "\n");
			prompt(t, p);
			return;
		}
}

/* ------------------------------------------------------- understanding */

/* All of an item's text, or its first word. */
static bool
names(const char *text, const char *line)
{
	size_t len = strlen(line);

	return strncmp(text, line, len) == 0 &&
		(text[len] == '\0' || text[len] == ' ');
}

static enum page_end
turn_page(struct term *t, const struct page *p)
{
	if (has_more(t, p)) {
		t->page_at += PAGE_LINES;
		if (p->kind == PAGE_MENU)
			term_put(t, "\n");
		show(t, p);
		return PAGE_STAYS;
	}
	if (!p->top)
		return PAGE_BACK;
	prompt(t, p);
	return PAGE_STAYS;
}

static enum page_end
take_choice(struct term *t, const struct page *p, const char *line,
	struct page_answer *a)
{
	long n;

	if (text_number(line, 10, p->top, (long)p->count, &n) == 0) {
		a->chosen = (unsigned)n - 1;
		return n == 0 ? PAGE_BACK : PAGE_CHOSEN;
	}
	for (a->chosen = 0; a->chosen < p->count; a->chosen++)
		if (names(p->item[a->chosen].text, line))
			return PAGE_CHOSEN;
	if (p->words && isalpha((unsigned char)line[0])) {
		text_copy(a->text, sizeof a->text, line);
		return PAGE_WORDS;
	}
	term_put(t, "Not one of the choices.\n");
	prompt(t, p);
	return PAGE_STAYS;
}

static enum page_end
take_line(struct term *t, const struct page *p, const char *line,
	struct page_answer *a)
{
	switch (p->kind) {
	case PAGE_MENU:
		return line[0] ? take_choice(t, p, line, a) :
			turn_page(t, p);
	case PAGE_VIEW:
		return line[0] ? PAGE_BACK : turn_page(t, p);
	case PAGE_HIDDEN:
		term_mode(t, false, true);
		break;
	case PAGE_INPUT:
		break;
	}
	text_copy(a->text, sizeof a->text, line);
	return line[0] ? PAGE_CHOSEN : PAGE_BACK;
}

/* What is typed has to stay within what an answer can hold. */
static void
keep(struct term *t, int byte)
{
	struct edit *e = &t->view.edit;

	if (e->at + 1 < sizeof e->text)
		e->text[e->at++] = (char)byte;
	else
		t->overlong = true;
	e->text[e->at] = '\0';
}

static enum page_end
end_line(struct term *t, const struct page *p, struct page_answer *a)
{
	struct edit *e = &t->view.edit;
	bool overlong = t->overlong;

	e->at = 0;
	t->overlong = false;
	if (!overlong)
		return take_line(t, p, e->text, a);
	term_put(t, "That line is too long.\n");
	prompt(t, p);
	return PAGE_STAYS;
}

enum page_end
line_take(struct term *t, const struct page *p, struct page_answer *a)
{
	struct edit *e = &t->view.edit;
	enum page_end end = PAGE_STAYS;
	int byte;

	while (end == PAGE_STAYS && (byte = term_byte(t)) >= 0) {
		if (byte == CTRL_D && e->at == 0) {
			t->gone = true;		/* as in a line */
			return PAGE_STAYS;
		}
		if (byte == '\n' || byte == '\r')
			end = end_line(t, p, a);
		else
			keep(t, byte);
		if (byte == '\n' || byte == '\r')
			e->text[0] = '\0';
	}
	return end;
}
