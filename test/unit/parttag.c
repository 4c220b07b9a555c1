/* SPDX-License-Identifier: MIT */
/*
 * PARTUUID and PARTLABEL as the kernel compares them.
 */
#include "unit.h"

#include "lib/parttag.h"

static void
a_uuid_fits_in_any_case_and_by_its_beginning(void **state)
{
	(void)state;
	assert_true(parttag_uuid_fits("deadbeef-01", "DeadBeef-01"));
	assert_true(parttag_uuid_fits("deadbeef-01", "d"));
	assert_false(parttag_uuid_fits("deadbeef-01", "deadbeef-011"));
	assert_false(parttag_uuid_fits("deadbeef-01", ""));
	assert_false(parttag_uuid_fits("", "d"));
}

static void
a_label_fits_exactly(void **state)
{
	(void)state;
	assert_true(parttag_label_fits("my root", "my root"));
	assert_false(parttag_label_fits("my root", "my"));
	assert_false(parttag_label_fits("my", "my root"));
	assert_false(parttag_label_fits("Root", "root"));
	assert_false(parttag_label_fits("", ""));
}

static void
a_label_fits_in_the_kernels_seven_bits(void **state)
{
	(void)state;
	/* U+00FC & 0x7f is |, U+20AC is , */
	assert_true(parttag_label_fits("w\xc3\xbcrzel", "w|rzel"));
	assert_true(parttag_label_fits("\xe2\x82\xac", ","));
	/* a control character, and U+0085 & 0x7f */
	assert_true(parttag_label_fits("a\tb", "a!b"));
	assert_true(parttag_label_fits("a\xc2\x85z", "a!z"));
	/* U+1F427 is D83D DC27: = and ' */
	assert_true(parttag_label_fits("\xf0\x9f\x90\xa7", "='"));
	assert_false(parttag_label_fits("\xf0\x9f\x90\xa7", "="));
	/* U+0100 & 0x7f is NUL, and ends the kernel's string */
	assert_true(parttag_label_fits("a\xc4\x80z", "a"));
	assert_false(parttag_label_fits("a\xc4\x80z", "az"));
	/* so does the second unit of U+10400, D801 DC00: ! for the first */
	assert_true(parttag_label_fits("\xf0\x90\x90\x80z", "!"));
}

static void
broken_utf8_is_passed_byte_by_byte(void **state)
{
	(void)state;
	assert_true(parttag_label_fits("\xc3", "C"));
	assert_true(parttag_label_fits("\xe2\x82", "b!"));
	assert_true(parttag_label_fits("\xff\xff", "!!"));
	assert_false(parttag_label_fits("\xf0\x9f\x90", ""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_uuid_fits_in_any_case_and_by_its_beginning),
		cmocka_unit_test(a_label_fits_exactly),
		cmocka_unit_test(a_label_fits_in_the_kernels_seven_bits),
		cmocka_unit_test(broken_utf8_is_passed_byte_by_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
