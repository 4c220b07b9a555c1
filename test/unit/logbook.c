/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/logbook: the form of a line, and what happens at the end.
 */
#include "unit.h"

#include <string.h>

#include "fake_sys.h"
#include "lib/log.h"
#include "lib/logbook.h"

static struct logbook book;

static int
prepare(void **state)
{
	(void)state;
	memset(&book, 0, sizeof book);
	return 0;
}

static void
line_has_seconds_and_level(void **state)
{
	(void)state;
	logbook_add(&book, 662, 6, "find it: vda", 12);
	logbook_add(&book, 1234567, 3, "x", 1);
	logbook_add(&book, 123456789012, 4, "", 0);
	assert_int_equal(logbook_length(&book), strlen(book.text));
	assert_string_equal(book.text, "    0.662 6 find it: vda\n"
		" 1234.567 3 x\n123456789.012 4 \n");
	assert_int_equal(book.failed, 1);
}

static void
full_book_keeps_its_first_lines_and_counts_the_others(void **state)
{
	static char said[1000];
	size_t len;

	(void)state;
	memset(said, 'y', sizeof said);
	for (unsigned i = 0; i < LOGBOOK_SIZE / sizeof said + 2; i++)
		logbook_add(&book, i, 6, said, sizeof said);
	len = logbook_length(&book);
	assert_in_range(len, LOGBOOK_SIZE - 1013, LOGBOOK_SIZE);
	assert_int_equal(book.text[len - 1], '\n');
	assert_int_equal(book.lost, 2);
	/* a short one still fits */
	logbook_add(&book, 1, 6, "z", 1);
	assert_int_equal(logbook_length(&book), len + 14);
}

static void
length_that_another_process_left_is_not_believed(void **state)
{
	(void)state;
	book.used = UINT32_MAX;
	assert_int_equal(logbook_length(&book), LOGBOOK_SIZE);
	logbook_add(&book, 1, 6, "z", 1);
	book.used = LOGBOOK_SIZE + 1;
	logbook_add(&book, 1, 6, "z", 1);
	assert_int_equal(book.lost, 2);
}

static void
what_is_said_is_kept_without_its_prefix(void **state)
{
	(void)state;
	fake_reset();
	log_keep(&book);
	say(LOG_FAILED, "no %s", "root");
	say(LOG_DEBUG, "not said");
	log_keep(NULL);
	assert_string_equal(book.text, " 1000.000 3 no root\n");
}

#define T(test) cmocka_unit_test_setup(test, prepare)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(line_has_seconds_and_level),
		T(full_book_keeps_its_first_lines_and_counts_the_others),
		T(length_that_another_process_left_is_not_believed),
		T(what_is_said_is_kept_without_its_prefix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
