/* SPDX-License-Identifier: MIT */
/*
 * Modules that cannot be loaded: what is said, and that none is tried twice.
 */
#include "unit.h"

#include <errno.h>

#include "modtree.h"

static void
failed_module_is_not_tried_again(void **state)
{
	(void)state;
	fake_fail("finit_module", 1, ENODEV);
	assert_int_equal(module_load(&index_of, "e1000", &e), -1);
	assert_int_equal(module_load(&index_of, "e1000", &e), -1);
	assert_string_equal(e.text,
		"module e1000 failed before and is not tried again");
	assert_int_equal(e.code, EALREADY);
	assert_int_equal(fake_count("finit_module"), 1);
}

static void
failure_is_remembered_by_the_next_worker(void **state)
{
	struct module_failures failed = { 0 };

	(void)state;
	module_close(&index_of);
	from.failed = &failed;
	for (int worker = 0; worker < 2; worker++) {
		assert_int_equal(module_open(&index_of, &from, &e), 0);
		fake_fail("finit_module", 1, ENODEV);
		assert_int_equal(module_load(&index_of, "e1000", &e), -1);
		assert_true(module_tried(&index_of, "e1000"));
		assert_int_equal(fake_count("finit_module"), 1);
		module_close(&index_of);
	}
	moddone_forget(&failed);
	fake_reset();
	assert_int_equal(module_open(&index_of, &from, &e), 0);
	assert_false(module_tried(&index_of, "e1000"));
	assert_int_equal(module_load(&index_of, "e1000", &e), 0);
}

static void
failed_need_is_named_with_who_needs_it(void **state)
{
	(void)state;
	fake_fail("finit_module", 2, ENODEV);
	assert_int_equal(module_load(&index_of, "virtio_blk", &e), -1);
	assert_string_equal(e.text, "module virtio: it found no device that "
		"it drives -- virtio_blk needs it");
	assert_int_equal(module_load(&index_of, "virtio_net", &e), -1);
	assert_string_equal(e.text, "module virtio failed before and is not "
		"tried again -- virtio_net needs it");
	assert_int_equal(fake_count("finit_module"), 2);
}

static void
missing_file_is_named(void **state)
{
	(void)state;
	assert_int_equal(module_load(&index_of, "gone", &e), -1);
	assert_string_equal(e.text, "module gone: kernel/drivers/block/"
		"gone.ko: No such file or directory -- modules.dep names it, "
		"but the image does not have it");
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(failed_module_is_not_tried_again),
		T(failure_is_remembered_by_the_next_worker),
		T(failed_need_is_named_with_who_needs_it),
		T(missing_file_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
