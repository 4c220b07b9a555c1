/* SPDX-License-Identifier: MIT */
/*
 * ui.c - see ui.h.
 */
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "dialog/full.h"
#include "dialog/line.h"
#include "dialog/ui.h"
#include "lib/sys.h"
#include "lib/text.h"

enum { SIZE_MS = 2000 };	/* no signal tells of another size: none of
				   them is our controlling terminal */

/* The first of those that are asked (after is NULL), or the one behind after,
 * or NULL. */
static struct term *
next(struct ui *ui, struct term *after)
{
	struct term *t = after ? after + 1 : ui->term;

	for (; t < ui->term + ui->count; t++)
		if (!t->gone && (!ui->owner || ui->owner == t))
			return t;
	return NULL;
}

void
ui_open(struct ui *ui)
{
	struct term *t;

	ui->owner = NULL;
	for (t = ui->term; t < ui->term + ui->count; t++)
		term_open(t);
}

void
ui_close(struct ui *ui)
{
	struct term *t;

	for (t = ui->term; t < ui->term + ui->count; t++)
		term_close(t);
}

void
ui_end(struct ui *ui, const char *line)
{
	struct term *t;

	for (t = next(ui, NULL); t; t = next(ui, t)) {
		term_put(t, line);
		term_put(t, "\n");
	}
}

void
ui_everyone(struct ui *ui)
{
	struct term *t;

	for (t = ui->term; t < ui->term + ui->count; t++) {
		term_flush(t);
		/* its note may have company by now */
		if (ui->owner && t != ui->owner)
			t->screen.known = false;
	}
	ui->owner = NULL;
}

void
ui_say(struct ui *ui, const char *text)
{
	struct term *t;

	for (t = next(ui, NULL); t; t = next(ui, t)) {
		text_clean(t->message, sizeof t->message, text);
		t->fresh = true;
		if (t->full)
			continue;
		term_put(t, text);
		term_put(t, "\n");
	}
}

static void
begin(struct ui *ui, const struct page *p)
{
	struct term *t;

	for (t = next(ui, NULL); t; t = next(ui, t)) {
		if (t->full)
			full_begin(t, p);
		else
			line_begin(t, p);
	}
}

static int64_t
seconds_left(const struct page *p)
{
	return p->deadline_ms < 0 ? -1 :
		(p->deadline_ms - sys_now_ms() + 999) / 1000;
}

static void
count(struct ui *ui, const struct page *p)
{
	int64_t left_s = seconds_left(p);
	struct term *t;

	for (t = next(ui, NULL); t; t = next(ui, t)) {
		if (t->full)
			full_count(t, p, left_s);
		else if (left_s >= 0)
			line_count(t, p, left_s);
	}
}

/* Somebody is there. */
static void
stop_countdown(struct ui *ui, struct page *p)
{
	struct term *t;

	if (p->deadline_ms < 0)
		return;
	p->deadline_ms = -1;
	for (t = next(ui, NULL); t; t = next(ui, t))
		if (!t->full)
			term_mode(t, false, p->kind != PAGE_HIDDEN);
	count(ui, p);
}

static enum page_end
take(struct term *t, const struct page *p, struct page_answer *a)
{
	return t->full ? full_take(t, p, a) : line_take(t, p, a);
}

/* The one that answered is asked alone from now on. */
static void
make_owner(struct ui *ui, struct term *owner)
{
	char text[TERM_NAME_SIZE + 32];
	struct term *t;

	if (ui->owner || !owner)
		return;
	snprintf(text, sizeof text, "Answered on %s.", owner->name);
	for (t = ui->term; t < ui->term + ui->count; t++) {
		if (t == owner || t->gone)
			continue;
		if (t->full) {
			full_note(t, text);
			continue;
		}
		term_put(t, "\n");
		term_put(t, text);
		term_put(t, "\n");
	}
	ui->owner = owner;
}

/* ------------------------------------------------------------- waiting */

static int64_t
nearer(int64_t ms, int64_t other)
{
	return ms < 0 || (other >= 0 && other < ms) ? other : ms;
}

/* How long nothing has to be done unless a byte comes; -1: no limit. */
static int64_t
until_next(struct ui *ui, const struct page *p)
{
	int64_t now = sys_now_ms(), wait = -1;
	struct term *t;

	if (p->deadline_ms >= 0) {
		wait = (p->deadline_ms - now) % 1000;
		if (wait == 0)
			wait = p->deadline_ms > now ? 1000 : 0;
	}
	for (t = next(ui, NULL); t; t = next(ui, t)) {
		if (!t->full)
			continue;
		wait = nearer(wait, SIZE_MS);
		if (t->esc_ms >= 0)
			wait = nearer(wait, t->esc_ms > now ?
				t->esc_ms - now : 0);
	}
	return wait;
}

/* Ctrl-D where lines are typed is an end, not a key. */
static bool
is_key(const struct term *t)
{
	return t->full || t->input[0] != 4;
}

/* Read from whom has something; false when the waiting itself fails. */
static bool
listen(struct ui *ui, struct page *p)
{
	struct pollfd poll[UI_TERMS_MAX];
	struct term *t, *who[UI_TERMS_MAX];
	unsigned n = 0;
	int ready;

	for (t = next(ui, NULL); t; t = next(ui, t)) {
		who[n] = t;
		poll[n++] = (struct pollfd){ t->in, POLLIN, 0 };
	}
	ready = sys_poll(poll, n, until_next(ui, p));
	for (unsigned i = 0; ready > 0 && i < n; i++)
		if (poll[i].revents && term_read(who[i]) && is_key(who[i]))
			stop_countdown(ui, p);
	return ready >= 0;
}

/* What each of them has to say; of two the first one counts. */
static enum page_end
ask_each(struct ui *ui, const struct page *p, struct page_answer *a)
{
	int64_t now = sys_now_ms();
	enum page_end end = PAGE_STAYS;
	struct term *t;

	for (t = next(ui, NULL); t; t = next(ui, t)) {
		if (t->full && term_resized(t))
			full_again(t, p);
		end = take(t, p, a);
		if (end == PAGE_STAYS && t->esc_ms >= 0 && now >= t->esc_ms)
			end = full_escape(t, p, a);
		if (end == PAGE_STAYS)
			continue;
		make_owner(ui, t);
		break;
	}
	return end;
}

/* Nobody answered: what is said next begins a line. */
static enum page_end
end_without(struct ui *ui, enum page_end end)
{
	struct term *t;

	for (t = ui->term; t < ui->term + ui->count; t++)
		if (!t->full)
			term_put(t, "\n");
	return end;
}

enum page_end
ui_run(struct ui *ui, struct page *p, struct page_answer *a)
{
	enum page_end end;

	a->text[0] = '\0';
	a->chosen = 0;
	begin(ui, p);
	for (;;) {
		end = ask_each(ui, p, a);
		if (end != PAGE_STAYS)
			return end;
		if (!next(ui, NULL))
			return end_without(ui, PAGE_NOBODY);
		if (p->deadline_ms >= 0 && sys_now_ms() >= p->deadline_ms)
			return end_without(ui, PAGE_TIMEOUT);
		count(ui, p);
		if (!listen(ui, p))
			return end_without(ui, PAGE_NOBODY);
	}
}
