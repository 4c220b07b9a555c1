/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/mountinfo.
 */
#include "unit.h"

#include <string.h>

#include "lib/mountinfo.h"

static char buffer[512], *text;
static struct mountinfo m;

static bool
first(const char *lines)
{
	strcpy(buffer, lines);
	text = buffer;
	return mountinfo_next(&text, &m);
}

static void
a_line_has_its_fields(void **state)
{
	(void)state;
	assert_true(first("36 35 98:1048575 /a /mnt2 rw,noatime master:1 "
		"shared:2 - ext3 /dev/root rw,errors=continue\n"));
	assert_int_equal(m.id, 36);
	assert_int_equal(m.parent, 35);
	assert_int_equal(m.major, 98);
	assert_int_equal(m.minor, 1048575);
	assert_string_equal(m.root, "/a");
	assert_string_equal(m.dir, "/mnt2");
	assert_string_equal(m.options, "rw,noatime");
	assert_string_equal(m.type, "ext3");
	assert_string_equal(m.source, "/dev/root");
	assert_string_equal(m.super, "rw,errors=continue");
	assert_false(mountinfo_next(&text, &m));
}

static void
blanks_and_backslashes_are_decoded(void **state)
{
	(void)state;
	assert_true(first("1 1 0:2 / /a\\040b\\134040\\011 rw - tmpfs "
		"no\\012ne rw"));
	assert_string_equal(m.dir, "/a b\\040\t");
	assert_string_equal(m.source, "no\nne");
}

static void
an_empty_source_is_one(void **state)
{
	(void)state;
	assert_true(first("1 1 0:2 / / rw - tmpfs  rw"));
	assert_string_equal(m.source, "");
	assert_string_equal(m.super, "rw");
}

static void
lines_that_are_none_are_passed_over(void **state)
{
	(void)state;
	assert_false(first(""));
	assert_false(first("\n\n"));
	assert_false(first("1 1 0:2 / / rw"));
	assert_false(first("1 1 0:2 / / rw -"));
	assert_false(first("1 1 02 / / rw - a b c"));
	assert_false(first("x 1 0:2 / / rw - a b c"));
	assert_true(first("torn\n\n7 1 0:2 / /x ro - a b c\n1 1"));
	assert_int_equal(m.id, 7);
	assert_false(mountinfo_next(&text, &m));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_has_its_fields),
		cmocka_unit_test(blanks_and_backslashes_are_decoded),
		cmocka_unit_test(an_empty_source_is_one),
		cmocka_unit_test(lines_that_are_none_are_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
