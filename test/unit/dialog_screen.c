/* SPDX-License-Identifier: MIT */
/*
 * What is sent to a terminal, and how much of it: a 9600-baud line brings 960
 * bytes a second.
 */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "dialog/layout.h"
#include "dialog/wrap.h"

static struct screen screen;
static struct view view;
static char sent[65536];

/* All that is sent to make the screen what it is to be; its bytes. */
static size_t
update(size_t size)
{
	size_t n, len = 0;

	while ((n = screen_update(&screen, sent + len, size)) > 0) {
		assert_true(n <= size);
		len += n;
	}
	sent[len] = '\0';
	return len;
}

static int
reset(void **state)
{
	(void)state;
	memset(&screen, 0, sizeof screen);
	screen_begin(&screen, 24, 80);
	return 0;
}

static void
only_what_changed_is_sent(void **state)
{
	(void)state;
	screen_text(&screen, 2, 4, STYLE_PLAIN, "hello world");
	update(256);
	assert_string_equal(sent,
		"\033[0m\033[2J\033[?25l\033[3;5Hhello world");
	assert_int_equal(update(256), 0);
	screen_text(&screen, 2, 4, STYLE_PLAIN, "hello wurld");
	update(256);
	assert_string_equal(sent, "\033[3;12Hu");
	/* near: written again; a blank tail: one erase */
	screen_clear(&screen);
	screen_text(&screen, 2, 4, STYLE_PLAIN, "jello Wu");
	update(256);
	assert_string_equal(sent, "\033[3;5Hjello Wu\033[K");
}

static void
small_room_is_enough(void **state)
{
	static char all[65536];

	(void)state;
	for (unsigned row = 0; row < 24; row++)
		screen_text(&screen, row, row, STYLE_STRONG,
			"a text that is long enough to matter");
	update(4096);
	strcpy(all, sent);
	screen.known = false;
	update(64);
	assert_string_equal(sent, all);
}

static void
what_a_terminal_cannot_show_is_a_question_mark(void **state)
{
	(void)state;
	screen_text(&screen, 0, 0, STYLE_PLAIN, "\303\244\033[2J\346\274\242");
	update(256);
	assert_non_null(strstr(sent, "?25l\033[1;1H??[2J?"));
	screen.utf8 = true;
	screen_text(&screen, 0, 0, STYLE_PLAIN, "\303\244\033[2J\346\274\242");
	update(256);
	assert_string_equal(sent, "\033[1;1H\303\244");
}

static void
text_ends_at_the_clip(void **state)
{
	(void)state;
	screen.clip = 6;
	assert_int_equal(screen_text(&screen, 0, 2, STYLE_PLAIN, "abcdefgh"),
		6);
	assert_int_equal(screen.wanted[0][6], ' ');
	screen_text(&screen, 99, 0, STYLE_PLAIN, "nowhere");
}

static void
lines_break_before_a_word(void **state)
{
	const char *text = "one two  three\n\nfourteen", *line;
	static const char *const want[] = { "one", "two", "three", "",
		"fourt", "een" };
	size_t len;
	unsigned n = 0;

	(void)state;
	assert_int_equal(wrap_count(text, 5), 6);
	for (; wrap_next(&text, 5, &line, &len); n++) {
		assert_int_equal(len, strlen(want[n]));
		assert_memory_equal(line, want[n], len);
	}
	assert_int_equal(n, 6);
	assert_int_equal(wrap_count("one\n", 5), 1);
	assert_int_equal(wrap_count(NULL, 5), 0);
}

static const struct page_item items[] = {
	{ "try again", "root=UUID=11111111-2222-3333-4444-555555555556 "
		"(command line), read-only, init: the kernel's list" },
	{ "another root=", NULL }, { "choose the root", NULL },
	{ "options", NULL }, { "load a module", NULL }, { "log", NULL },
	{ "hardware", NULL }, { "shell", NULL }, { "reboot", NULL },
	{ "power off", NULL },
};

static const struct page menu = {
	.kind = PAGE_MENU, .top = true, .title = "linuxrc",
	.text = "linuxrc: find the root device: "
		"root=UUID=11111111-2222-3333-4444-555555555556: not there "
		"after 30 s -- saw vda (ext2 UUID=11111111-2222-3333-4444-"
		"555555555555); the UUID differs from that of vda in one "
		"character",
	.item = items, .count = sizeof items / sizeof items[0],
	.deadline_ms = -1, .then = "reboot",
};

/* A page, then one key down, then a second of a countdown, in bytes. */
static void
cost(bool utf8, bool colour, size_t most[static 3])
{
	memset(&screen, 0, sizeof screen);
	screen_begin(&screen, 24, 80);
	screen.utf8 = utf8;
	screen.colour = colour;
	layout_begin(&view, &menu);
	view.left_s = 30;
	layout_draw(&screen, &menu, &view);
	assert_in_range(update(1024), 600, most[0]);
	view.left_s = 29;
	layout_draw(&screen, &menu, &view);
	assert_in_range(update(1024), 8, most[1]);
	view.chosen = 1;
	layout_draw(&screen, &menu, &view);
	assert_in_range(update(1024), 40, most[2]);
	layout_draw(&screen, &menu, &view);
	assert_int_equal(update(1024), 0);
}

static void
page_takes_two_seconds_of_a_9600_baud_line_and_a_key_a_fifth(void **state)
{
	size_t ascii[] = { 1700, 24, 190 }, utf8[] = { 2300, 24, 190 };

	(void)state;
	cost(false, false, ascii);
	cost(false, true, ascii);
	cost(true, true, utf8);
}

static void
chosen_item_and_the_end_of_a_list_are_always_seen(void **state)
{
	static struct page_item many[300];
	struct page p = menu;

	(void)state;
	for (unsigned i = 0; i < 300; i++)
		many[i].text = "an item";
	p.item = many;
	p.count = 300;
	layout_begin(&view, &p);
	for (unsigned i = 0; i < 300; i += 7) {
		view.chosen = i;
		layout_draw(&screen, &p, &view);
		assert_in_range(i, view.top, view.top +
			layout_height(&screen, &p, &view) - 1);
	}
	view.chosen = 299;
	layout_draw(&screen, &p, &view);
	assert_int_equal(view.top + layout_height(&screen, &p, &view), 300);
	/* at least ten items of a 24-line screen beside a long sentence */
	assert_in_range(layout_height(&screen, &p, &view), 10, 24);
}

/* Every size that is taken for a full screen; the sanitizers watch. */
static void
no_size_is_too_small_or_too_large(void **state)
{
	static char text[4000];
	struct page p = menu;

	(void)state;
	memset(text, 'w', sizeof text - 1);
	for (unsigned n = 0; n < 400; n++) {
		screen_begin(&screen, 12 + n % 90, 40 + n * 7 % 200);
		p.kind = n % 4;
		p.prompt = "root=";
		p.text = n % 3 ? text : NULL;
		layout_begin(&view, &p);
		view.message = n % 5 ? NULL : text;
		view.top = n % 7;
		layout_draw(&screen, &p, &view);
		update(1024);
	}
}

#define T(test) cmocka_unit_test_setup(test, reset)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(only_what_changed_is_sent),
		T(small_room_is_enough),
		T(what_a_terminal_cannot_show_is_a_question_mark),
		T(text_ends_at_the_clip),
		T(lines_break_before_a_word),
		T(page_takes_two_seconds_of_a_9600_baud_line_and_a_key_a_fifth),
		T(chosen_item_and_the_end_of_a_list_are_always_seen),
		T(no_size_is_too_small_or_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
