/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/realroot: what the kernel takes for a number and what it
 * refuses (each line was seen on Linux 6.1), and what each number means.
 */
#include "unit.h"

#include <string.h>

#include "lib/realroot.h"

enum { OLD = 4711 };

static uint32_t
parsed(const char *text)
{
	uint32_t number = OLD;
	int result = realroot_parse(text, strlen(text), &number);

	assert_int_equal(result, number == OLD ? -1 : 0);
	return number;
}

static void
a_number_is_spelt_as_in_c(void **state)
{
	(void)state;
	assert_int_equal(parsed("256\n"), 256);
	assert_int_equal(parsed("0x100\n"), 0x100);
	assert_int_equal(parsed("0X1aF"), 0x1af);
	assert_int_equal(parsed("0x0100\n"), 0x100);
	assert_int_equal(parsed("0400"), 0400);
	assert_int_equal(parsed("0"), 0);
	assert_int_equal(parsed("00"), 0);
	assert_int_equal(parsed("2147483647"), 0x7fffffff);
	assert_int_equal(parsed("-2147483648"), 0x80000000);
	assert_int_equal(parsed("-0x10"), 0xfffffff0);
	assert_int_equal(parsed("00000000000000000256"), 0256);
}

static void
the_first_word_alone_counts(void **state)
{
	(void)state;
	assert_int_equal(parsed("0x100 5\n"), 0x100);
	assert_int_equal(parsed("\t 8 garbage\n"), 8);
	assert_int_equal(parsed("\n\f\v\r 8\n9\n"), 8);
	assert_int_equal(parsed("5\tx"), 5);
	assert_int_equal(parsed("\240 6"), 6);
}

static void
what_is_no_number_changes_nothing(void **state)
{
	static const char *const bad[] = { "", "\n", " \n", "8:1\n",
		"/dev/sda1\n", "fe00", "0x", "0xg", "09", "12a", "-", "--1",
		"+1", "- 1", "2147483648", "-2147483649", "0x80000000",
		"4294967296", "18446744073709551616", "0x100,5", "5\r\n",
		"000000000000000000256", "99999999999999999999999999" };
	uint32_t number = OLD;

	(void)state;
	for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (parsed(bad[i]) != OLD)
			fail_msg("%s was taken", bad[i]);
	assert_int_equal(realroot_parse("256", 4, &number), -1);
	assert_int_equal(realroot_parse("\0" "256", 4, &number), -1);
	assert_int_equal(number, OLD);
}

static void
no_more_is_read_than_was_written(void **state)
{
	uint32_t number = OLD;

	(void)state;
	assert_int_equal(realroot_parse("2567", 3, &number), 0);
	assert_int_equal(number, 256);
	assert_int_equal(realroot_parse("0x10", 2, &number), -1);
	assert_int_equal(realroot_parse(" -1", 2, &number), -1);
	assert_int_equal(realroot_parse("  1", 2, &number), -1);
	assert_int_equal(number, 256);
}

static void
the_number_says_what_becomes_the_root(void **state)
{
	(void)state;
	assert_int_equal(realroot_judge(0x100, 0xfe00, true),
		REALROOT_PIVOTED);
	assert_int_equal(realroot_judge(0x100, 0, false), REALROOT_INITRD);
	assert_int_equal(realroot_judge(0xff, 0, false), REALROOT_NFS);
	assert_int_equal(realroot_judge(0xff, 0xfe00, false), REALROOT_NFS);
	assert_int_equal(realroot_judge(0xfe, 0, false), REALROOT_CIFS);
	assert_int_equal(realroot_judge(0xfe00, 0x801, false),
		REALROOT_DEVICE);
	assert_int_equal(realroot_judge(0xfe00, 0, true), REALROOT_DEVICE);
}

static void
without_another_number_root_decides(void **state)
{
	(void)state;
	assert_int_equal(realroot_judge(0xfe00, 0xfe00, false),
		REALROOT_OPTION);
	assert_int_equal(realroot_judge(0xfe00, 0xfe00, true),
		REALROOT_OPTION);
	/* root=nfs: of ours, or nfsroot=, says more than the number */
	assert_int_equal(realroot_judge(0xff, 0xff, false), REALROOT_OPTION);
	assert_int_equal(realroot_judge(0, 0, false), REALROOT_OPTION);
	assert_int_equal(realroot_judge(0, 0xfe00, false), REALROOT_NONE);
}

static void
what_is_written_is_what_is_understood(void **state)
{
	static const struct {
		uint32_t number, preset;
		enum realroot_kind kind;
	} all[] = {
		{ 0x100, 0xfe00, REALROOT_PIVOTED },
		{ 0x100, 0xfe00, REALROOT_INITRD },
		{ 0xff, 0xfe00, REALROOT_NFS },
		{ 0xfe, 0xfe00, REALROOT_CIFS },
		{ 0, 0xfe00, REALROOT_NONE },
		{ 0xfe00, 0xfe00, REALROOT_OPTION },
		{ 0xff, 0xff, REALROOT_OPTION },
		{ 0, 0, REALROOT_OPTION },
		{ 0x801, 0xfe00, REALROOT_DEVICE },
		{ 0x801, 0, REALROOT_DEVICE },
		{ 0x10300, 0xff, REALROOT_DEVICE },	/* 259:0 */
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		uint32_t number = realroot_number(all[i].kind, all[i].number);

		assert_int_equal(number, all[i].number);
		assert_int_equal(realroot_judge(number, all[i].preset,
			all[i].kind == REALROOT_PIVOTED), all[i].kind);
	}
}

/* All devices of the first majors, but the one that is the initrd. */
static void
every_other_device_is_told_by_its_number(void **state)
{
	(void)state;
	for (uint32_t device = 0x101; device < 0x10000; device++)
		assert_int_equal(realroot_judge(realroot_number(
			REALROOT_DEVICE, device), 0, false), REALROOT_DEVICE);
	assert_int_equal(realroot_judge(realroot_number(REALROOT_DEVICE,
		0x100), 0, false), REALROOT_INITRD);
}

#define T(test) cmocka_unit_test(test)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_number_is_spelt_as_in_c),
		T(the_first_word_alone_counts),
		T(what_is_no_number_changes_nothing),
		T(no_more_is_read_than_was_written),
		T(the_number_says_what_becomes_the_root),
		T(without_another_number_root_decides),
		T(what_is_written_is_what_is_understood),
		T(every_other_device_is_told_by_its_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
