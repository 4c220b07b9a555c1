/* SPDX-License-Identifier: MIT */
/*
 * How far one name is from another.
 */
#include "unit.h"

#include <string.h>

#include "lib/similar.h"

static void
a_change_counts_one(void **state)
{
	(void)state;
	assert_int_equal(similar_distance("root.img", "root.img"), 0);
	assert_int_equal(similar_distance("root.img", "rot.img"), 1);
	assert_int_equal(similar_distance("root.img", "roost.img"), 1);
	assert_int_equal(similar_distance("root.img", "boot.img"), 1);
	assert_int_equal(similar_distance("kitten", "sitting"), 3);
	assert_int_equal(similar_distance("filesystem.sqaushfs",
		"filesystem.squashfs"), 2);
}

static void
nothing_is_as_far_as_the_whole(void **state)
{
	(void)state;
	assert_int_equal(similar_distance("", ""), 0);
	assert_int_equal(similar_distance("", "abc"), 3);
	assert_int_equal(similar_distance("abc", ""), 3);
	assert_int_equal(similar_distance("abc", "xyz"), 3);
}

static void
case_counts_only_alone(void **state)
{
	(void)state;
	assert_int_equal(similar_distance("LIVE", "live"), 1);
	assert_int_equal(similar_distance("LIVE", "lives"), 1);
}

static void
long_names_have_an_end(void **state)
{
	static char a[300], b[300];

	(void)state;
	memset(a, 'a', 255);
	memset(b, 'b', 255);
	assert_int_equal(similar_distance(a, b), 255);
	a[255] = 'a';
	assert_int_equal(similar_distance(a, b), 255);
	assert_int_equal(similar_distance(b, a), 255);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_counts_one),
		cmocka_unit_test(nothing_is_as_far_as_the_whole),
		cmocka_unit_test(case_counts_only_alone),
		cmocka_unit_test(long_names_have_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
