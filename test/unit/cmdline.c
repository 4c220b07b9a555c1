/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/cmdline: the same words as next_arg() of the kernel's
 * lib/cmdline.c makes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "lib/cmdline.h"

#include <cmocka.h>

/* All words as [name] or [name|value], then what is left after them. */
static void
expect_words(const char *text, const char *words)
{
	char seen[256] = "";
	struct word w;

	while (cmdline_next(&text, &w)) {
		size_t used = strlen(seen);

		snprintf(seen + used, sizeof(seen) - used, "[%.*s%s%.*s]",
			(int)w.name_len, w.name, w.value != NULL ? "|" : "",
			(int)w.value_len, w.value != NULL ? w.value : "");
	}
	strncat(seen, text, sizeof(seen) - strlen(seen) - 1);
	assert_string_equal(seen, words);
}

static void
white_space_of_any_kind_separates_words(void **state)
{
	(void)state;
	expect_words("a b", "[a][b]");
	expect_words("  a\t\tb\nc\rd\ve\f", "[a][b][c][d][e]");
	expect_words("", "");
	expect_words("   ", "");
}

static void
the_first_equals_sign_begins_the_value(void **state)
{
	(void)state;
	expect_words("root=LABEL=x", "[root|LABEL=x]");
	expect_words("root= ro", "[root|][ro]");
	expect_words("=x", "[=x]");
	expect_words("=x=y", "[=x|y]");
}

static void
quotes_keep_white_space_and_leave_a_value_they_wrap(void **state)
{
	(void)state;
	expect_words("root=\"LABEL=my disk\" ro", "[root|LABEL=my disk][ro]");
	expect_words("\"root=LABEL=my disk\" ro", "[root|LABEL=my disk][ro]");
	expect_words("\"a b\" c", "[a b][c]");
	expect_words("\"a=\"b c\"\" d", "[a|b][c\"\"][d]");
}

static void
quotes_inside_a_value_stay(void **state)
{
	(void)state;
	expect_words("root=LABEL=\"my disk\" ro",
		"[root|LABEL=\"my disk\"][ro]");
	expect_words("a\"b c\"d", "[a\"b c\"d]");
}

static void
an_open_quote_runs_to_the_end(void **state)
{
	(void)state;
	expect_words("a=\"b c", "[a|b c]");
	expect_words("\"a b", "[a b]");
	expect_words("x=\"", "[x|]");
	expect_words("\"", "[]");
	expect_words("\"x=\"", "[x|]");
}

static void
a_backslash_is_no_escape(void **state)
{
	(void)state;
	expect_words("a=\\\"b c\\\" d", "[a|\\\"b c\\\"][d]");
	expect_words("a\\ b", "[a\\][b]");
}

static void
a_bare_double_dash_ends_the_kernels_part(void **state)
{
	(void)state;
	expect_words("ro -- root=x", "[ro] root=x");
	expect_words("ro --", "[ro]");
	expect_words("ro --x -- y", "[ro][--x] y");
	expect_words("--=1 ro", "[--|1][ro]");
	expect_words("-_ __ _- ro", "[-_][__][_-][ro]");
	expect_words("ro \"--\" rw", "[ro] rw");
}

static void
an_ended_text_is_not_read_beyond(void **state)
{
	static const char bytes[] = { 'a', ' ', '"', 'b', ' ' };
	const char *text = bytes, *end = bytes + sizeof(bytes);
	struct word w;

	(void)state;
	assert_true(cmdline_word(&text, end, &w));
	assert_true(word_is(&w, "a"));
	assert_true(cmdline_word(&text, end, &w));
	assert_true(word_is(&w, "b "));
	assert_false(cmdline_word(&text, end, &w));
	assert_ptr_equal(text, end);
}

static void
a_name_is_the_same_with_dash_or_underscore(void **state)
{
	const char *text = "real-root=x", *rest = text;
	struct word w;

	(void)state;
	assert_true(cmdline_next(&rest, &w));
	assert_true(word_is(&w, "real_root"));
	assert_false(word_is(&w, "real_roo"));
	assert_false(word_is(&w, "real_rootx"));
	assert_false(word_is(&w, ""));
}

static void
a_value_that_does_not_fit_is_not_copied(void **state)
{
	const char *text = "a=bcd e";
	char value[4] = "old";
	struct word w;

	(void)state;
	cmdline_next(&text, &w);
	assert_int_equal(word_value(&w, value, 3), -1);
	assert_string_equal(value, "old");
	assert_int_equal(word_value(&w, value, 4), 0);
	assert_string_equal(value, "bcd");
	cmdline_next(&text, &w);
	assert_int_equal(word_value(&w, value, 4), 0);
	assert_string_equal(value, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(white_space_of_any_kind_separates_words),
		cmocka_unit_test(the_first_equals_sign_begins_the_value),
		cmocka_unit_test(
			quotes_keep_white_space_and_leave_a_value_they_wrap),
		cmocka_unit_test(quotes_inside_a_value_stay),
		cmocka_unit_test(an_open_quote_runs_to_the_end),
		cmocka_unit_test(a_backslash_is_no_escape),
		cmocka_unit_test(a_bare_double_dash_ends_the_kernels_part),
		cmocka_unit_test(an_ended_text_is_not_read_beyond),
		cmocka_unit_test(a_name_is_the_same_with_dash_or_underscore),
		cmocka_unit_test(a_value_that_does_not_fit_is_not_copied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
