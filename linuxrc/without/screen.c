/* SPDX-License-Identifier: MIT */
/*
 * screen.c - in place of the part screen: dialog/full.h, and what dialog/term.c
 * calls of dialog/screen.h. No terminal is full, so nothing here is called but
 * the first function.
 */
#include "dialog/full.h"
#include "dialog/screen.h"
#include "lib/log.h"
#include "without/without.h"

bool
full_is_wanted(enum front_end ui, bool screen)
{
	static bool said;
	struct err e;

	(void)screen;
	if (ui == UI_FULL && !said) {
		said = true;
		without("linuxrc.ui=full", "screen", "a full screen", &e);
		say(LOG_WITHOUT, "%s", e.text);
	}
	return false;
}

void
full_begin(struct term *t, const struct page *p)
{
	(void)t, (void)p;
}

void
full_count(struct term *t, const struct page *p, int64_t left_s)
{
	(void)t, (void)p, (void)left_s;
}

enum page_end
full_take(struct term *t, const struct page *p, struct page_answer *a)
{
	(void)t, (void)p, (void)a;
	return PAGE_NOBODY;
}

enum page_end
full_escape(struct term *t, const struct page *p, struct page_answer *a)
{
	(void)t, (void)p, (void)a;
	return PAGE_NOBODY;
}

void
full_again(struct term *t, const struct page *p)
{
	(void)t, (void)p;
}

void
full_note(struct term *t, const char *text)
{
	(void)t, (void)text;
}

void
screen_begin(struct screen *s, unsigned rows, unsigned columns)
{
	(void)s, (void)rows, (void)columns;
}

size_t
screen_update(struct screen *s, char *out, size_t size)
{
	(void)s, (void)out, (void)size;
	return 0;
}

size_t
screen_leave(struct screen *s, char *out, size_t size)
{
	(void)s, (void)out, (void)size;
	return 0;
}
