/* SPDX-License-Identifier: MIT */
/*
 * Two devices with one tag: refused, unless they are one thing seen twice.
 */
#include "unit.h"

#include "search.h"

static void
twins_are_refused_and_both_are_named(void **state)
{
	(void)state;
	disks_add("vdb1", 25417, "cp dev/vda2 $d");
	assert_int_equal(scan_for(ROOT_UUID, UUID_B), -1);
	assert_string_equal(e.text, "UUID=" UUID_B " is on vda2 and on vdb1 "
		"-- name one of them: root=/dev/vda2");
	assert_int_equal(scan_for(ROOT_LABEL, "root"), -1);
	assert_int_equal(scan_for(ROOT_NAME, "vdb1"), 1);
}

static void
more_than_two_are_counted(void **state)
{
	(void)state;
	disks_add("sdb1", 817, "cp dev/vda2 $d");
	disks_add("sda10", 810, "cp dev/vda2 $d");
	disks_add("sda9", 809, "cp dev/vda2 $d");
	assert_int_equal(scan_for(ROOT_LABEL, "root"), -1);
	assert_string_equal(e.text, "LABEL=root is on sda9 and on sda10 and "
		"on 2 more -- name one of them: root=/dev/sda9");
}

static void
a_twin_that_comes_and_goes_is_minded(void **state)
{
	(void)state;
	assert_int_equal(scan_for(ROOT_LABEL, "root"), 1);
	disks_add("vdb1", 25417, "cp dev/vda2 $d");
	assert_int_equal(event("add", "vdb1"), -1);
	disks_remove("vdb1");
	assert_int_equal(event("remove", "vdb1"), 1);
	expect("vda2", 254, 2, "ext4");
}

/* An isohybrid stick: either may be seen first, and the other be gone. */
static void
of_a_disk_and_its_own_partition_it_is_the_partition(void **state)
{
	(void)state;
	disks_add("sdb", 816, "cp dev/vda2 $d && tune2fs -L stick $d");
	assert_int_equal(scan_for(ROOT_LABEL, "stick"), 1);
	expect("sdb", 8, 16, "ext4");
	disks_add("sdb1", 817, "cp dev/sdb $d");
	assert_int_equal(event("add", "sdb1"), 1);
	expect("sdb1", 8, 17, "ext4");
	assert_int_equal(scan_for(ROOT_LABEL, "stick"), 1);
	expect("sdb1", 8, 17, "ext4");
	/* two partitions are a guess again */
	disks_add("sdb2", 818, "cp dev/sdb $d");
	assert_int_equal(scan_for(ROOT_LABEL, "stick"), -1);
	assert_non_null(strstr(e.text, "sdb1 and on sdb2 --"));
}

/* On vdb and vdc: one file system. */
static void
btrfs(void)
{
	disks_add("vdc", 25432, "truncate -s 128M $d dev/vdb && mkfs.btrfs -q "
		"-L pool -U 11111111-2222-4333-8444-cccccccccccc dev/vdb $d");
	disks_add("vdb", 25416, "true");
}

static void
devices_of_one_btrfs_are_one(void **state)
{
	(void)state;
	btrfs();
	assert_int_equal(scan_for(ROOT_LABEL, "pool"), 1);
	expect("vdb", 254, 16, "btrfs");
	assert_int_equal(scan_for(ROOT_UUID,
		"11111111-2222-4333-8444-cccccccccccc"), 1);
	expect("vdb", 254, 16, "btrfs");
}

static void
a_copy_of_a_btrfs_device_is_a_twin(void **state)
{
	(void)state;
	btrfs();
	disks_add("vdd", 25448, "cp --sparse=always dev/vdc $d");
	assert_int_equal(scan_for(ROOT_LABEL, "pool"), -1);
	disks_remove("vdd");
	assert_int_equal(event("remove", "vdd"), 1);
	/* of a single device, too */
	disks_add("vde", 25464, "cp --sparse=always dev/vdb $d");
	disks_remove("vdc");
	assert_int_equal(scan_for(ROOT_LABEL, "pool"), -1);
	assert_non_null(strstr(e.text, "vdb and on vde --"));
}

static void
two_btrfs_with_one_label_are_twins(void **state)
{
	(void)state;
	btrfs();
	disks_add("vdd", 25448, "truncate -s 128M $d && mkfs.btrfs -q "
		"-L pool $d");
	assert_int_equal(scan_for(ROOT_LABEL, "pool"), -1);
	assert_non_null(strstr(e.text, "vdb and on vdd --"));
}

static void
hold(const char *held, const char *holder)
{
	char line[256];

	snprintf(line, sizeof line, "mkdir -p sys/class/block/%s/holders && "
		"ln -s ../../%s sys/class/block/%s/holders/%s", held, holder,
		held, holder);
	disks_sh(line);
}

/* Two paths to one disk with a partition, and multipath over them. */
static void
multipath(void)
{
	gpt("vda");
	disks_add("sda", 800, "cp dev/vda $d");
	disks_add("sda1", 801, "cp dev/vda2 $d && tune2fs -L many $d");
	disks_add("sdb", 816, "cp dev/vda $d");
	disks_add("sdb1", 817, "cp dev/sda1 $d");
	disks_add("dm-0", 25300, "cp dev/vda $d");
	disks_add("dm-1", 25301, "cp dev/sda1 $d");
	disks_remove("vda");
	hold("sda", "dm-0");
	hold("sdb", "dm-0");
	hold("dm-0", "dm-1");
}

static void
the_holder_counts_and_not_the_held(void **state)
{
	(void)state;
	multipath();
	assert_int_equal(scan_for(ROOT_LABEL, "many"), 1);
	expect("dm-1", 253, 1, "ext4");
	/* a linear target over all of a partition */
	disks_add("dm-2", 25302, "cp dev/vda2 $d");
	hold("vda2", "dm-2");
	assert_int_equal(scan_for(ROOT_LABEL, "root"), 1);
	expect("dm-2", 253, 2, "ext4");
}

static void
what_is_held_is_not_taken_even_if_nothing_else_is_there(void **state)
{
	static char text[800];

	(void)state;
	multipath();
	disks_sh("tune2fs -L other dev/dm-1");
	assert_int_equal(scan_for(ROOT_LABEL, "many"), 0);
	device_describe(&search, 0, text, sizeof text);
	assert_non_null(strstr(text, "held by dm-0)"));
	assert_non_null(strstr(text, "; sda1 has this tag, but dm-0 holds "
		"it; sdb1 has this tag, but dm-0 holds it"));
	/* the kernel gives partitions of the device mapper no names */
	assert_int_equal(scan_for(ROOT_PARTUUID, UUID_A), 0);
	/* named, it is obeyed, as the kernel would */
	assert_int_equal(scan_for(ROOT_NAME, "sda1"), 1);
}

static void
without_a_holder_nothing_is_asked_of_sys(void **state)
{
	(void)state;
	/* as no kernel has it */
	disks_sh("mkdir -p sys/class/block/vda2/holders/x");
	assert_int_equal(scan_for(ROOT_LABEL, "root"), 1);
	disks_add("md0", 900, EMPTY);
	assert_int_equal(scan_for(ROOT_LABEL, "root"), 0);
	/* nothing is known of holders */
	close(disks_at.sys);
	disks_at.sys = -1;
	assert_int_equal(scan_for(ROOT_LABEL, "root"), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(twins_are_refused_and_both_are_named),
		TEST(more_than_two_are_counted),
		TEST(a_twin_that_comes_and_goes_is_minded),
		TEST(of_a_disk_and_its_own_partition_it_is_the_partition),
		TEST(devices_of_one_btrfs_are_one),
		TEST(a_copy_of_a_btrfs_device_is_a_twin),
		TEST(two_btrfs_with_one_label_are_twins),
		TEST(the_holder_counts_and_not_the_held),
		TEST(what_is_held_is_not_taken_even_if_nothing_else_is_there),
		TEST(without_a_holder_nothing_is_asked_of_sys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
