/* SPDX-License-Identifier: MIT */
/*
 * The table of failures that workers share: names, its limit, and what a
 * crashed worker may have left in it.
 */
#include "unit.h"

#include <stdio.h>

#include "lib/moddone.h"

static void
names_are_remembered_and_forgotten(void **state)
{
	struct module_failures f = { 0 };

	(void)state;
	assert_false(moddone_has_failed(&f, "usb_storage"));
	moddone_failed(&f, "usb_storage");
	moddone_failed(&f, "usb-storage");
	assert_int_equal(f.count, 1);
	assert_true(moddone_has_failed(&f, "usb-storage"));
	assert_false(moddone_has_failed(&f, "usb"));
	moddone_forget(&f);
	assert_false(moddone_has_failed(&f, "usb_storage"));
}

static void
without_a_table_nothing_has_failed(void **state)
{
	(void)state;
	moddone_failed(NULL, "a");
	assert_false(moddone_has_failed(NULL, "a"));
}

static void
full_or_broken_table_does_no_harm(void **state)
{
	struct { struct module_failures f; uint32_t behind; } t = { { 0 }, 7 };
	char name[16];

	(void)state;
	for (int i = 0; i < 2 * FAILURES_MAX; i++) {
		snprintf(name, sizeof name, "m%d", i);
		moddone_failed(&t.f, name);
	}
	assert_int_equal(t.f.count, FAILURES_MAX);
	assert_true(moddone_has_failed(&t.f, "m63"));
	assert_false(moddone_has_failed(&t.f, "m64"));
	t.f.count = 0xffffffff;
	moddone_failed(&t.f, "other");
	assert_false(moddone_has_failed(&t.f, "other"));
	assert_int_equal(t.behind, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_remembered_and_forgotten),
		cmocka_unit_test(without_a_table_nothing_has_failed),
		cmocka_unit_test(full_or_broken_table_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
