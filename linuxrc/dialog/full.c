/* SPDX-License-Identifier: MIT */
/*
 * full.c - see full.h.
 */
#include <string.h>

#include "dialog/full.h"
#include "dialog/utf8.h"
#include "lib/sys.h"
#include "lib/text.h"

bool
full_is_wanted(enum front_end ui, bool screen)
{
	return ui == UI_FULL || (ui == UI_AUTO && screen);
}

void
full_again(struct term *t, const struct page *p)
{
	layout_draw(&t->screen, p, &t->view);
	term_update(t);
}

void
full_begin(struct term *t, const struct page *p)
{
	layout_begin(&t->view, p);
	if (t->fresh && t->message[0])
		t->view.message = t->message;
	t->fresh = false;
	full_again(t, p);
}

void
full_count(struct term *t, const struct page *p, int64_t left_s)
{
	if (t->view.left_s == left_s)
		return;
	t->view.left_s = left_s;
	full_again(t, p);
}

void
full_note(struct term *t, const char *text)
{
	screen_clear(&t->screen);
	screen_text(&t->screen, 0, 0, STYLE_PLAIN, text);
	term_update(t);
}

/* ------------------------------------------------------------ a menu */

static unsigned
letter_of(const char *text)
{
	unsigned c = utf8_next(&text);

	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* The next item that begins with it. */
static void
jump_to_letter(struct view *v, const struct page *p, unsigned letter)
{
	unsigned i = v->chosen;

	if (letter >= 'A' && letter <= 'Z')
		letter += 'a' - 'A';
	for (unsigned n = 0; n < p->count; n++) {
		i = (i + 1) % p->count;
		if (letter_of(p->item[i].text) == letter) {
			v->chosen = i;
			return;
		}
	}
}

/* Digits add up to a number, as long as there is an item with it. */
static void
jump_to_number(struct view *v, const struct page *p, unsigned digit)
{
	v->number = v->number * 10 + digit;
	if (v->number > p->count)
		v->number = digit;
	if (v->number > 0 && v->number <= p->count)
		v->chosen = v->number - 1;
}

static unsigned
moved(unsigned at, unsigned by, bool down, unsigned last)
{
	if (down)
		return at + by < last ? at + by : last;
	return at > by ? at - by : 0;
}

static enum page_end
menu_key(struct term *t, const struct page *p, int key, struct page_answer *a)
{
	unsigned height = layout_height(&t->screen, p, &t->view);
	unsigned last = p->count - 1;
	struct view *v = &t->view;

	if (key < '0' || key > '9')
		v->number = 0;
	if (key == KEY_ENTER) {
		a->chosen = v->chosen;
		return PAGE_CHOSEN;
	}
	if (key == KEY_UP || key == KEY_DOWN)
		v->chosen = moved(v->chosen, 1, key == KEY_DOWN, last);
	else if (key == KEY_PAGEUP || key == KEY_PAGEDOWN)
		v->chosen = moved(v->chosen, height, key == KEY_PAGEDOWN,
			last);
	else if (key == KEY_TAB)
		v->chosen = v->chosen == last ? 0 : v->chosen + 1;
	else if (key == KEY_BACKTAB)
		v->chosen = v->chosen == 0 ? last : v->chosen - 1;
	else if (key == KEY_HOME || key == KEY_END)
		v->chosen = key == KEY_HOME ? 0 : last;
	else if (key >= '0' && key <= '9')
		jump_to_number(v, p, (unsigned)key - '0');
	else if (key > ' ' && key < KEY_OTHER)
		jump_to_letter(v, p, (unsigned)key);
	return PAGE_STAYS;
}

/* ------------------------------------------------------------ the others */

static enum page_end
view_key(struct term *t, const struct page *p, int key)
{
	unsigned height = layout_height(&t->screen, p, &t->view);
	unsigned lines = layout_lines(&t->screen, p);
	unsigned last = lines > height ? lines - height : 0;
	struct view *v = &t->view;

	if (key == KEY_ENTER || key == 'q')
		return PAGE_BACK;
	if (key == KEY_UP || key == KEY_DOWN)
		v->top = moved(v->top, 1, key == KEY_DOWN, last);
	else if (key == KEY_PAGEUP || key == KEY_PAGEDOWN || key == ' ')
		v->top = moved(v->top, height - 1, key != KEY_PAGEUP, last);
	else if (key == KEY_HOME || key == KEY_END)
		v->top = key == KEY_HOME ? 0 : last;
	return PAGE_STAYS;
}

/* An empty line is no answer: a way back, in both front ends. */
static enum page_end
input_key(struct term *t, int key, struct page_answer *a)
{
	if (key == KEY_ENTER) {
		text_copy(a->text, sizeof a->text, t->view.edit.text);
		return a->text[0] ? PAGE_CHOSEN : PAGE_BACK;
	}
	edit_key(&t->view.edit, key);
	return PAGE_STAYS;
}

static enum page_end
take_key(struct term *t, const struct page *p, int key, struct page_answer *a)
{
	enum page_end end = PAGE_STAYS;

	if (key == KEY_NONE)
		return PAGE_STAYS;
	if (key == KEY_ESC)
		end = p->top ? PAGE_STAYS : PAGE_BACK;
	else if (key == KEY_REDRAW)
		t->screen.known = false;
	else if (p->kind == PAGE_MENU && p->count > 0)
		end = menu_key(t, p, key, a);
	else if (p->kind == PAGE_VIEW || p->kind == PAGE_MENU)
		end = view_key(t, p, key);
	else
		end = input_key(t, key, a);
	return end;
}

enum page_end
full_take(struct term *t, const struct page *p, struct page_answer *a)
{
	enum page_end end = PAGE_STAYS;
	bool taken = false;
	int byte;

	for (; end == PAGE_STAYS && (byte = term_byte(t)) >= 0; taken = true)
		end = take_key(t, p, keys_feed(&t->keys, (unsigned char)byte),
			a);
	if (!taken)
		return PAGE_STAYS;
	t->esc_ms = keys_pending(&t->keys) ? sys_now_ms() + KEYS_ESC_MS : -1;
	if (end == PAGE_STAYS)
		full_again(t, p);
	return end;
}

enum page_end
full_escape(struct term *t, const struct page *p, struct page_answer *a)
{
	t->esc_ms = -1;
	return take_key(t, p, keys_timeout(&t->keys), a);
}
