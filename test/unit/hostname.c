/* SPDX-License-Identifier: MIT */
/*
 * Which names are taken, and the search list of RFC 3397.
 */
#include "unit.h"

#include <string.h>

#include "lib/hostname.h"

static char text[64];

static int
decode(const char *data, size_t len)
{
	memset(text, 'x', sizeof text);
	return hostname_decode((const uint8_t *)data, len, text, sizeof text);
}

#define decodes_to(data, expected) \
	do { \
		assert_int_equal(decode(data, sizeof(data) - 1), 0); \
		assert_string_equal(text, expected); \
	} while (0)

#define is_refused(data) \
	do { \
		assert_int_equal(decode(data, sizeof(data) - 1), -1); \
		assert_string_equal(text, ""); \
	} while (0)

static void
a_name_has_nothing_that_a_shell_minds(void **state)
{
	(void)state;
	assert_true(hostname_is_clean("box-1.example.org"));
	assert_true(hostname_is_clean("_x"));
	assert_false(hostname_is_clean(""));
	assert_false(hostname_is_clean("a b"));
	assert_false(hostname_is_clean("a\n"));
	assert_false(hostname_is_clean("$(reboot)"));
	assert_false(hostname_is_clean("a'b"));
	assert_false(hostname_is_clean("\xc3\xa4"));
}

static void
names_follow_one_another(void **state)
{
	(void)state;
	decodes_to("\3eng\7example\0\2de\0", "eng.example de");
	decodes_to("", "");
	decodes_to("\0", "");
}

/* The example of RFC 3397, section 3. */
static void
a_pointer_ends_a_name(void **state)
{
	(void)state;
	decodes_to("\3eng\5apple\3com\0\11marketing\xc0\4",
		"eng.apple.com marketing.apple.com");
	decodes_to("\1a\0\xc0\0\1b\xc0\3", "a a b.a");
}

static void
a_pointer_leads_backwards_only(void **state)
{
	(void)state;
	is_refused("\xc0\0");
	is_refused("\1a\xc0\0");
	is_refused("\xc0\2\1a\0");
	is_refused("\1a\xc0\4\xc0\2");
	is_refused("\1a\0\1b\xc0\3");
	is_refused("\1a\0\xc0");
	is_refused("\1a\0\xc0\x40");
}

static void
a_name_that_is_cut_short_is_refused(void **state)
{
	(void)state;
	is_refused("\3en");
	is_refused("\3eng");
	is_refused("\1a\0\3eng");
	is_refused("\x40" "a");
	is_refused("\x80" "a");
}

static void
names_that_are_not_clean_are_left_out(void **state)
{
	(void)state;
	decodes_to("\1a\0\3a'b\0\1c\0", "a c");
	decodes_to("\3a.b\0\1c\0", "c");
	decodes_to("\3a\nb\0", "");
}

static void
names_that_do_not_fit_are_left_out(void **state)
{
	(void)state;
	decodes_to("\77aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaa\0\1b\0",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaa");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_has_nothing_that_a_shell_minds),
		cmocka_unit_test(names_follow_one_another),
		cmocka_unit_test(a_pointer_ends_a_name),
		cmocka_unit_test(a_pointer_leads_backwards_only),
		cmocka_unit_test(a_name_that_is_cut_short_is_refused),
		cmocka_unit_test(names_that_are_not_clean_are_left_out),
		cmocka_unit_test(names_that_do_not_fit_are_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
