/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/err: the one sentence of a failure.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "lib/err.h"

#include <cmocka.h>
#undef fail			/* cmocka's */

static void
a_failure_says_what_and_why(void **state)
{
	struct err e;

	(void)state;
	assert_int_equal(fail(&e, ENOENT, "mount %s on %s", "/dev/vda1",
		"/new-root"), -1);
	assert_string_equal(e.text,
		"mount /dev/vda1 on /new-root: No such file or directory");
	assert_int_equal(e.code, ENOENT);
}

static void
a_failure_without_a_code_says_what_alone(void **state)
{
	struct err e;

	(void)state;
	assert_int_equal(fail(&e, 0, "root=%s: no such form", "x"), -1);
	assert_string_equal(e.text, "root=x: no such form");
	assert_int_equal(e.code, 0);
}

static void
a_code_without_words_is_a_number(void **state)
{
	struct err e;

	(void)state;
	fail(&e, 4000, "mount");
	assert_string_equal(e.text, "mount: error 4000");
	fail(&e, EUCLEAN, "mount");
	assert_string_equal(e.text, "mount: Structure needs cleaning");
	fail(&e, 524, "mount");
	assert_string_equal(e.text,
		"mount: Operation not supported by the driver");
}

static void
a_second_failure_replaces_the_first(void **state)
{
	struct err e;

	(void)state;
	fail(&e, EIO, "first");
	fail(&e, 0, "second");
	assert_string_equal(e.text, "second");
	assert_int_equal(e.code, 0);
}

static void
a_hint_stands_behind_two_dashes(void **state)
{
	struct err e;

	(void)state;
	fail(&e, 0, "UUID=5c92: not there after 30 s");
	assert_int_equal(hint(&e, "saw %s", "vda1"), -1);
	assert_string_equal(e.text,
		"UUID=5c92: not there after 30 s -- saw vda1");
}

static void
a_long_sentence_ends_in_three_dots(void **state)
{
	char word[ERR_TEXT_SIZE + 50];
	struct err e;

	(void)state;
	memset(word, 'x', sizeof(word) - 1);
	word[sizeof(word) - 1] = '\0';
	fail(&e, ENOENT, "%s", word);
	assert_int_equal(strlen(e.text), ERR_TEXT_SIZE - 1);
	assert_string_equal(e.text + ERR_TEXT_SIZE - 5, "x...");
	hint(&e, "%s", "more");
	assert_string_equal(e.text + ERR_TEXT_SIZE - 5, "x...");
}

static void
a_sentence_that_just_fits_is_whole(void **state)
{
	char word[ERR_TEXT_SIZE];
	struct err e;

	(void)state;
	memset(word, 'x', sizeof(word) - 1);
	word[sizeof(word) - 1] = '\0';
	fail(&e, 0, "%s", word);
	assert_string_equal(e.text, word);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failure_says_what_and_why),
		cmocka_unit_test(a_failure_without_a_code_says_what_alone),
		cmocka_unit_test(a_code_without_words_is_a_number),
		cmocka_unit_test(a_second_failure_replaces_the_first),
		cmocka_unit_test(a_hint_stands_behind_two_dashes),
		cmocka_unit_test(a_long_sentence_ends_in_three_dots),
		cmocka_unit_test(a_sentence_that_just_fits_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
