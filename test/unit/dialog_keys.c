/* SPDX-License-Identifier: MIT */
/*
 * Bytes of terminals -> keys.
 */
#include "unit.h"

#include <string.h>

#include "dialog/keys.h"

static struct keys keys;

static int
reset(void **state)
{
	(void)state;
	memset(&keys, 0, sizeof keys);
	return 0;
}

/* The one key that these bytes are; each byte before the last is none. */
static int
key(const char *bytes)
{
	int k = KEY_NONE;

	for (; *bytes; bytes++) {
		assert_int_equal(k, KEY_NONE);
		k = keys_feed(&keys, (unsigned char)*bytes);
	}
	assert_false(keys_pending(&keys));
	return k;
}

static void
characters_are_themselves(void **state)
{
	(void)state;
	assert_int_equal(key("a"), 'a');
	assert_int_equal(key(" "), ' ');
	assert_int_equal(key("\303\244"), 0xe4);
	assert_int_equal(key("\342\202\254"), 0x20ac);
	assert_int_equal(key("\360\237\220\247"), 0x1f427);
}

static void
broken_utf8_is_a_mark_and_swallows_nothing_more(void **state)
{
	(void)state;
	assert_int_equal(key("\200"), 0xfffd);
	assert_int_equal(keys_feed(&keys, 0xc3), KEY_NONE);
	assert_int_equal(keys_feed(&keys, 'x'), 0xfffd);
	assert_int_equal(key("y"), 'y');
}

static void
control_characters_are_keys(void **state)
{
	(void)state;
	assert_int_equal(key("\r"), KEY_ENTER);
	assert_int_equal(key("\n"), KEY_ENTER);
	assert_int_equal(key("\t"), KEY_TAB);
	assert_int_equal(key("\b"), KEY_BACKSPACE);
	assert_int_equal(key("\177"), KEY_BACKSPACE);
	assert_int_equal(key("\025"), KEY_KILL_LINE);
	assert_int_equal(key("\014"), KEY_REDRAW);
	assert_int_equal(key("\004"), KEY_EOF);
	assert_int_equal(key("\002"), KEY_OTHER);
}

static void
sequences_of_the_console_xterm_and_vt220(void **state)
{
	(void)state;
	assert_int_equal(key("\033[A"), KEY_UP);
	assert_int_equal(key("\033OA"), KEY_UP);
	assert_int_equal(key("\033[B"), KEY_DOWN);
	assert_int_equal(key("\033[C"), KEY_RIGHT);
	assert_int_equal(key("\033[D"), KEY_LEFT);
	assert_int_equal(key("\033[1~"), KEY_HOME);
	assert_int_equal(key("\033[H"), KEY_HOME);
	assert_int_equal(key("\033OH"), KEY_HOME);
	assert_int_equal(key("\033[7~"), KEY_HOME);
	assert_int_equal(key("\033[4~"), KEY_END);
	assert_int_equal(key("\033[F"), KEY_END);
	assert_int_equal(key("\033[3~"), KEY_DELETE);
	assert_int_equal(key("\033[5~"), KEY_PAGEUP);
	assert_int_equal(key("\033[6~"), KEY_PAGEDOWN);
	assert_int_equal(key("\033[Z"), KEY_BACKTAB);
	assert_int_equal(key("\033OM"), KEY_ENTER);
	/* with Ctrl or Shift held */
	assert_int_equal(key("\033[1;5C"), KEY_RIGHT);
	assert_int_equal(key("\033[5;2~"), KEY_PAGEUP);
}

static void
what_has_no_use_is_swallowed_whole(void **state)
{
	(void)state;
	assert_int_equal(key("\033[[A"), KEY_OTHER);	/* F1, Linux */
	assert_int_equal(key("\033[15~"), KEY_OTHER);
	assert_int_equal(key("\033[200~"), KEY_OTHER);
	assert_int_equal(key("\033[?1;2c"), KEY_OTHER);
	assert_int_equal(key("\033x"), KEY_OTHER);	/* Alt-x */
	assert_int_equal(key("q"), 'q');
}

static void
escape_alone_takes_time(void **state)
{
	(void)state;
	assert_int_equal(keys_feed(&keys, 033), KEY_NONE);
	assert_true(keys_pending(&keys));
	assert_int_equal(keys_timeout(&keys), KEY_ESC);
	assert_false(keys_pending(&keys));
	/* twice: the first is one at once */
	assert_int_equal(keys_feed(&keys, 033), KEY_NONE);
	assert_int_equal(keys_feed(&keys, 033), KEY_ESC);
	assert_int_equal(keys_timeout(&keys), KEY_ESC);
}

static void
half_a_sequence_is_forgotten(void **state)
{
	(void)state;
	keys_feed(&keys, 033);
	keys_feed(&keys, '[');
	assert_true(keys_pending(&keys));
	assert_int_equal(keys_timeout(&keys), KEY_NONE);
	assert_int_equal(key("A"), 'A');
}

static void
endless_sequence_ends(void **state)
{
	int k = KEY_NONE, n = 0;

	(void)state;
	keys_feed(&keys, 033);
	keys_feed(&keys, '[');
	while (k == KEY_NONE && n++ < 100)
		k = keys_feed(&keys, '1');
	assert_int_equal(k, KEY_OTHER);
	assert_int_equal(n, KEYS_MAX - 2);
	/* any bytes at all: no crash, no key outside the range */
	for (unsigned i = 0; i < 100000; i++) {
		k = keys_feed(&keys, (unsigned char)(i * 2654435761u >> 13));
		assert_in_range(k, KEY_NONE, KEY_EOF);
	}
}

#define T(test) cmocka_unit_test_setup(test, reset)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(characters_are_themselves),
		T(broken_utf8_is_a_mark_and_swallows_nothing_more),
		T(control_characters_are_keys),
		T(sequences_of_the_console_xterm_and_vt220),
		T(what_has_no_use_is_swallowed_whole),
		T(escape_alone_takes_time),
		T(half_a_sequence_is_forgotten),
		T(endless_sequence_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
