/* SPDX-License-Identifier: MIT */
/*
 * Devices in the order in which a person counts them.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "lib/devname.h"

static int
order(const void *a, const void *b)
{
	return devname_order(*(const char *const *)a,
		*(const char *const *)b);
}

static void
names_are_sorted_as_a_person_counts(void **state)
{
	static const char *const wanted[] = {
		"dm-2", "dm-10", "hda", "md0", "md127", "mmcblk0",
		"mmcblk0p1", "mmcblk0p10", "mmcblk1", "nvme0n1", "nvme0n1p2",
		"nvme0n1p10", "nvme0n2", "nvme10n1", "sda", "sda1", "sda2",
		"sda10", "sdb", "sdz", "sdz1", "sdaa", "sdab", "sr0", "vda",
		"xvda1",
	};
	enum { COUNT = sizeof wanted / sizeof wanted[0] };
	const char *names[COUNT];

	(void)state;
	for (int i = 0; i < COUNT; i++)
		names[i] = wanted[(i * 7 + 3) % COUNT];
	qsort(names, COUNT, sizeof names[0], order);
	for (int i = 0; i < COUNT; i++)
		assert_string_equal(names[i], wanted[i]);
}

static void
equal_is_only_what_is_the_same(void **state)
{
	(void)state;
	assert_int_equal(devname_order("sda1", "sda1"), 0);
	assert_int_equal(devname_order("", ""), 0);
	assert_true(devname_order("", "a") < 0);
	assert_true(devname_order("1", "a") != 0);
	assert_true(devname_order("a1", "a01") != 0);
	assert_true(devname_order("cciss!c0d0p2", "cciss!c0d0p10") < 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_sorted_as_a_person_counts),
		cmocka_unit_test(equal_is_only_what_is_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
