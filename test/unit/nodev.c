/* SPDX-License-Identifier: MIT */
/*
 * What can be mounted without being a block device.
 */
#include "unit.h"

#include "disks.h"
#include "lib/nodev.h"

static void
flash_has_the_prefix_of_its_spelling(void **state)
{
	char text[64];

	(void)state;
	disks_sh("cd sys/class && mkdir -p mtd/mtd0 mtd/mtd0ro ubi/ubi0 "
		"ubi/ubi0_0 && echo root >ubi/ubi0_0/name && "
		"echo system | tee mtd/mtd0/name >mtd/mtd0ro/name");
	nodev_list(disks_at.sys, text, sizeof text);
	assert_string_equal(text, "mtd:system, ubi:root");
}

static void
tags_of_both_kinds_are_listed(void **state)
{
	char text[64];

	(void)state;
	disks_sh("cd sys && mkdir -p bus/virtio/devices/virtio0 "
		"bus/virtio/devices/virtio1 fs/virtiofs/3 && "
		"printf 'hostroot\\0' >bus/virtio/devices/virtio1/mount_tag && "
		"printf 'da\\033ta\\n' >fs/virtiofs/3/tag");
	nodev_list(disks_at.sys, text, sizeof text);
	assert_string_equal(text, "hostroot, da?ta");
	nodev_list(disks_at.sys, text, 5);
	assert_string_equal(text, "host");
}

static void
without_any_there_is_nothing(void **state)
{
	char text[64] = "before";

	(void)state;
	nodev_list(disks_at.sys, text, sizeof text);
	assert_string_equal(text, "");
	nodev_list(-1, text, sizeof text);
	assert_string_equal(text, "");
}

#define TEST(test) \
	cmocka_unit_test_setup_teardown(test, disks_begin, disks_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tags_of_both_kinds_are_listed),
		TEST(flash_has_the_prefix_of_its_spelling),
		TEST(without_any_there_is_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
