/* SPDX-License-Identifier: MIT */
/*
 * Drivers that are asked for by name: file systems on demand, and the list of
 * linuxrc.modules=.
 */
#include "unit.h"

#include "plugged.h"

static void
file_systems_come_by_alias_or_by_name(void **state)
{
	(void)state;
	assert_int_equal(drivers_filesystem("ext3", &e), 0);
	assert_string_equal(fake_modules(), "mbcache jbd2 ext4");
	assert_int_equal(drivers_filesystem("xfs", &e), 0);
	assert_int_equal(drivers_filesystem("ext2", &e), 0);
	assert_string_equal(fake_modules(), "mbcache jbd2 ext4 xfs");
	assert_int_equal(drivers_filesystem("befs", &e), -1);
	assert_string_equal(e.text, "module befs: not in this image");
}

static void
blacklisted_file_system_is_not_had_by_its_name(void **state)
{
	(void)state;
	tree_sh("echo alias fs-xfs xfs >>lib/modules/$(uname -r)/"
		"modules.alias");
	strcpy(boot.options.module_words, "modprobe.blacklist=xfs");
	assert_int_equal(drivers_open(&at, &boot, &e), 0);
	assert_int_equal(drivers_filesystem("xfs", &e), -1);
	assert_string_equal(e.text,
		"module xfs: modprobe.blacklist= names it");
	assert_string_equal(fake_modules(), "");
}

static void
list_is_loaded_in_its_order(void **state)
{
	(void)state;
	boot.options.coldplug = COLDPLUG_NONE;
	strcpy(boot.cmdline, "e1000.debug=1");
	strcpy(boot.typed, "e1000.debug=2");
	assert_int_equal(drivers_open(&at, &boot, &e), 0);
	drivers_list("virtio-blk,,fs-ext3,e1000,");
	assert_string_equal(fake_modules(),
		"virtio_ring virtio virtio_blk mbcache jbd2 ext4 e1000");
	assert_non_null(strstr(fake_calls(), "params=debug=1 debug=2\n"));
	drivers_list("");
	assert_false(log_has("linuxrc.modules"));
}

static void
what_has_failed_before_is_not_said_again(void **state)
{
	(void)state;
	moddone_failed(&boot.failed_modules, "bochs");
	drivers_list("bochs");
	assert_string_equal(fake_modules(), "");
	assert_false(log_has("bochs"));
}

static void
bad_names_of_a_list_are_said_and_the_rest_is_loaded(void **state)
{
	(void)state;
	drivers_list("virtio_bk,nouveau,01234567890123456789012345678901"
		"23456789012345678901234567890123,bochs");
	assert_string_equal(fake_modules(), "bochs");
	assert_true(log_has("<4>linuxrc: linuxrc.modules: module virtio_bk: "
		"not in this image -- the nearest name is virtio_blk\n"));
	assert_true(log_has("<4>linuxrc: linuxrc.modules: module nouveau: not "
		"in this image\n"));
	assert_true(log_has("linuxrc.modules: \"012345678901234567890123456789"
		"012345678901234567890123456789012...\" is no module's "
		"name\n"));
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(file_systems_come_by_alias_or_by_name),
		T(blacklisted_file_system_is_not_had_by_its_name),
		T(list_is_loaded_in_its_order),
		T(what_has_failed_before_is_not_said_again),
		T(bad_names_of_a_list_are_said_and_the_rest_is_loaded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
