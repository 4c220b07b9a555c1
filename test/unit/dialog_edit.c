/* SPDX-License-Identifier: MIT */
/*
 * The line editor, by its keys.
 */
#include "unit.h"

#include <string.h>

#include "dialog/edit.h"
#include "dialog/keys.h"

static struct edit edit;

static void
type(const char *text)
{
	for (; *text; text++)
		assert_true(edit_key(&edit, *text));
}

/* The line with a | where the cursor is. */
static const char *
line(void)
{
	static char text[EDIT_SIZE + 1];

	memcpy(text, edit.text, edit.at);
	text[edit.at] = '|';
	strcpy(text + edit.at + 1, edit.text + edit.at);
	return text;
}

static void
characters_go_where_the_cursor_is(void **state)
{
	(void)state;
	edit_begin(&edit, "root=", NULL);
	type("vda");
	assert_string_equal(line(), "root=vda|");
	assert_true(edit_key(&edit, KEY_HOME));
	type("x ");
	assert_string_equal(line(), "x |root=vda");
	assert_true(edit_key(&edit, KEY_RIGHT));
	assert_true(edit_key(&edit, KEY_DELETE));
	assert_string_equal(line(), "x r|ot=vda");
	assert_true(edit_key(&edit, KEY_BACKSPACE));
	assert_string_equal(line(), "x |ot=vda");
	assert_true(edit_key(&edit, KEY_END));
	assert_false(edit_key(&edit, KEY_RIGHT));
	assert_false(edit_key(&edit, KEY_DELETE));
	assert_true(edit_key(&edit, KEY_KILL_WORD));
	assert_string_equal(line(), "x |");
	assert_true(edit_key(&edit, KEY_KILL_LINE));
	assert_string_equal(line(), "|");
	assert_false(edit_key(&edit, KEY_BACKSPACE));
	assert_false(edit_key(&edit, KEY_LEFT));
	assert_false(edit_key(&edit, KEY_OTHER));
}

static void
letter_of_several_bytes_is_one(void **state)
{
	(void)state;
	edit_begin(&edit, "\303\244b", NULL);
	edit_key(&edit, KEY_LEFT);
	edit_key(&edit, KEY_LEFT);
	assert_int_equal(edit.at, 0);
	edit_key(&edit, KEY_DELETE);
	assert_string_equal(line(), "|b");
	assert_true(edit_key(&edit, 0x20ac));
	assert_string_equal(line(), "\342\202\254|b");
	edit_key(&edit, KEY_BACKSPACE);
	assert_string_equal(line(), "|b");
	edit_key(&edit, KEY_KILL_END);
	assert_string_equal(line(), "|");
}

static void
history_goes_back_and_what_was_typed_comes_again(void **state)
{
	static const char *const lines[] = { "root=/dev/vda ro quiet",
		"root=/dev/vdb", NULL };

	(void)state;
	edit_begin(&edit, "", lines);
	type("in");
	assert_true(edit_key(&edit, KEY_UP));
	assert_string_equal(line(), "root=/dev/vdb|");
	assert_true(edit_key(&edit, KEY_UP));
	assert_string_equal(line(), "root=/dev/vda ro quiet|");
	assert_false(edit_key(&edit, KEY_UP));
	assert_true(edit_key(&edit, KEY_DOWN));
	assert_true(edit_key(&edit, KEY_DOWN));
	assert_string_equal(line(), "in|");
	assert_false(edit_key(&edit, KEY_DOWN));
}

static void
full_line_says_so_and_stays(void **state)
{
	static char text[EDIT_SIZE];
	static const char *history[] = { NULL, NULL };
	static char endless[EDIT_SIZE + 1];

	(void)state;
	memset(text, 'x', EDIT_SIZE - 1);
	memset(endless, 'y', EDIT_SIZE);
	history[0] = endless;
	edit_begin(&edit, text, history);
	assert_false(edit_key(&edit, 'z'));
	assert_true(edit.full);
	assert_int_equal(strlen(edit.text), EDIT_SIZE - 1);
	edit_key(&edit, KEY_BACKSPACE);
	assert_false(edit.full);
	assert_false(edit_key(&edit, 0xe4));	/* two bytes */
	assert_true(edit_key(&edit, 'z'));
	/* cut, it would be another line */
	assert_false(edit_key(&edit, KEY_UP));
	assert_int_equal(edit.text[0], 'x');
}

static void
window_follows_the_cursor(void **state)
{
	(void)state;
	edit_begin(&edit, "0123456789", NULL);
	assert_int_equal(edit_scroll(&edit, 20), 10);
	assert_int_equal(edit.left, 0);
	assert_int_equal(edit_scroll(&edit, 5), 4);
	assert_int_equal(edit.left, 6);
	edit_key(&edit, KEY_HOME);
	assert_int_equal(edit_scroll(&edit, 5), 0);
	assert_int_equal(edit.left, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(characters_go_where_the_cursor_is),
		cmocka_unit_test(letter_of_several_bytes_is_one),
		cmocka_unit_test(
			history_goes_back_and_what_was_typed_comes_again),
		cmocka_unit_test(full_line_says_so_and_stays),
		cmocka_unit_test(window_follows_the_cursor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
