/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/text: what does not fit is said, never cut in silence.
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/text.h"

#include <cmocka.h>

static void
a_copy_fits_to_the_last_byte_and_not_beyond(void **state)
{
	char dst[4] = "old";

	(void)state;
	assert_int_equal(text_copy(dst, sizeof(dst), "abc"), 0);
	assert_string_equal(dst, "abc");
	assert_int_equal(text_copy(dst, sizeof(dst), "abcd"), -1);
	assert_string_equal(dst, "");
}

static void
an_append_that_does_not_fit_leaves_the_text(void **state)
{
	char dst[6] = "ab";

	(void)state;
	assert_int_equal(text_append(dst, sizeof(dst), "cde"), 0);
	assert_string_equal(dst, "abcde");
	assert_int_equal(text_append(dst, sizeof(dst), "f"), -1);
	assert_string_equal(dst, "abcde");
	assert_int_equal(text_append(dst, sizeof(dst), ""), 0);
}

static void
a_formatted_addition_that_is_cut_says_so(void **state)
{
	char dst[8] = "n=";

	(void)state;
	assert_int_equal(text_add(dst, sizeof(dst), "%d", 123), 0);
	assert_string_equal(dst, "n=123");
	assert_int_equal(text_add(dst, sizeof(dst), "%s", "45678"), -1);
	assert_string_equal(dst, "n=12345");
}

static void
the_rest_after_a_prefix_is_found(void **state)
{
	(void)state;
	assert_string_equal(text_after("UUID=x", "UUID="), "x");
	assert_string_equal(text_after("UUID=", "UUID="), "");
	assert_null(text_after("UUI", "UUID="));
	assert_null(text_after("", "U"));
	assert_null(text_after("LABEL=x", "UUID="));
}

static void
a_dash_equals_an_underscore_in_names(void **state)
{
	(void)state;
	assert_true(text_same_name("virtio-blk", "virtio_blk"));
	assert_true(text_same_name("a_b-c", "a-b_c"));
	assert_false(text_same_name("virtio", "virtio_blk"));
	assert_false(text_same_name("virtio_blk", "virtio"));
	assert_false(text_same_name("Root", "root"));
	assert_true(text_same_name("", ""));
}

static void
names_can_have_the_same_start(void **state)
{
	(void)state;
	assert_true(text_same_start("real-root=x", "real_", 5));
	assert_false(text_same_start("real", "real_", 5));
	assert_true(text_same_start("a", "b", 0));
	assert_true(text_same_start("ab", "ab", 10));
}

static void
numbers_have_the_bases_of_the_kernel(void **state)
{
	long n;

	(void)state;
	assert_int_equal(text_number("10", 0, 0, 99, &n), 0);
	assert_int_equal(n, 10);
	assert_int_equal(text_number("0x1F", 0, 0, 99, &n), 0);
	assert_int_equal(n, 31);
	assert_int_equal(text_number("010", 0, 0, 99, &n), 0);
	assert_int_equal(n, 8);
	assert_int_equal(text_number("ff", 16, 0, 255, &n), 0);
	assert_int_equal(n, 255);
	assert_int_equal(text_number("-5", 0, -5, 5, &n), 0);
	assert_int_equal(n, -5);
}

static void
a_number_is_whole_or_nothing(void **state)
{
	static const char *const bad[] = {
		"", " 5", "5 ", "5s", "x", "-", "0x", "09", "5.0", "\n5"
	};
	long n = 77;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(text_number(bad[i], 0, LONG_MIN, LONG_MAX,
			&n), -1);
	assert_int_equal(n, 77);
}

static void
a_number_stays_within_its_limits(void **state)
{
	long n = 77;

	(void)state;
	assert_int_equal(text_number("11", 0, 0, 10, &n), -1);
	assert_int_equal(text_number("-1", 0, 0, 10, &n), -1);
	assert_int_equal(text_number("99999999999999999999", 0, LONG_MIN,
		LONG_MAX, &n), -1);
	assert_int_equal(n, 77);
}

static void
what_a_disk_says_is_shown_without_what_steers(void **state)
{
	char out[8];

	(void)state;
	text_clean(out, sizeof out, "a\033[m\177");
	assert_string_equal(out, "a?[m?");
	text_clean(out, sizeof out, "\xc2\x9b" "a\033\xc3\xbc");
	assert_string_equal(out, "?a?\xc3\xbc");
	text_clean(out, sizeof out, "abcdef\xc3\xbcgh");
	assert_string_equal(out, "abcdef");
	text_clean(out, sizeof out, "abcde\xc3\xbcgh");
	assert_string_equal(out, "abcde\xc3\xbc");
	/* bytes that are no character leave something, too */
	text_clean(out, sizeof out, "e\x85\x85\x85\x85\x85\x85\x85\x85");
	assert_string_equal(out, "e\x85\x85\x85\x85\x85\x85");
	text_clean(out, 1, "abc");
	assert_string_equal(out, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_copy_fits_to_the_last_byte_and_not_beyond),
		cmocka_unit_test(an_append_that_does_not_fit_leaves_the_text),
		cmocka_unit_test(a_formatted_addition_that_is_cut_says_so),
		cmocka_unit_test(the_rest_after_a_prefix_is_found),
		cmocka_unit_test(a_dash_equals_an_underscore_in_names),
		cmocka_unit_test(names_can_have_the_same_start),
		cmocka_unit_test(numbers_have_the_bases_of_the_kernel),
		cmocka_unit_test(a_number_is_whole_or_nothing),
		cmocka_unit_test(a_number_stays_within_its_limits),
		cmocka_unit_test(what_a_disk_says_is_shown_without_what_steers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
