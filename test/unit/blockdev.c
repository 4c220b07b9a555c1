/* SPDX-License-Identifier: MIT */
/*
 * Names, numbers and nodes of block devices.
 */
#include "unit.h"

#include "disks.h"
#include "fake_sys.h"
#include "lib/blockdev.h"

static char name[BLOCKDEV_NAME_SIZE];

static struct blockdevs
here(void)
{
	fake_reset();
	return (struct blockdevs){ disks_at.proc, disks_at.sys, disks_at.dev,
		false };
}

static const char *
partition(const char *disk, unsigned number)
{
	assert_int_equal(blockdev_partition(disk, number, name), 0);
	return name;
}

static void
a_partition_is_called_as_the_kernel_calls_it(void **state)
{
	(void)state;
	assert_string_equal(partition("sda", 1), "sda1");
	assert_string_equal(partition("nvme0n1", 12), "nvme0n1p12");
	assert_string_equal(partition("mmcblk0", 1), "mmcblk0p1");
	assert_string_equal(partition("cciss!c0d0", 2), "cciss!c0d0p2");
	assert_string_equal(partition("sda", 0), "sda");
	assert_int_equal(blockdev_partition("a-name-of-thirty-one-bytes-12345",
		1, name), -1);
}

static void
a_partition_is_known_by_its_name(void **state)
{
	(void)state;
	assert_true(blockdev_is_partition_of("sda1", "sda"));
	assert_true(blockdev_is_partition_of("nvme0n1p2", "nvme0n1"));
	assert_false(blockdev_is_partition_of("nvme0n1", "nvme0"));
	assert_false(blockdev_is_partition_of("nvme0n12", "nvme0n1"));
	assert_false(blockdev_is_partition_of("sda", "sda"));
	assert_false(blockdev_is_partition_of("sdaa1", "sda"));
	assert_false(blockdev_is_partition_of("sda1x", "sda"));
	assert_false(blockdev_is_partition_of("sda01", "sda"));
	assert_false(blockdev_is_partition_of("nvme0n1p", "nvme0n1"));
}

static void
a_name_is_split_into_disk_and_number(void **state)
{
	unsigned number;

	(void)state;
	assert_true(blockdev_split("sda12", name, &number));
	assert_string_equal(name, "sda");
	assert_int_equal(number, 12);
	assert_true(blockdev_split("nvme0n1p2", name, &number));
	assert_string_equal(name, "nvme0n1");
	assert_int_equal(number, 2);
	/* whatever it is: by its name it could be one */
	assert_true(blockdev_split("md127", name, &number));
	assert_false(blockdev_split("sda", name, &number));
	assert_false(blockdev_split("sda0", name, &number));
	assert_false(blockdev_split("sda01", name, &number));
	assert_false(blockdev_split("123", name, &number));
	assert_false(blockdev_split("sda99999999999", name, &number));
	assert_false(blockdev_split("", name, &number));
}

static void
a_whole_disk_may_end_in_a_number(void **state)
{
	struct blockdevs b = here();

	(void)state;
	disks_add("sda", 800, NULL);
	disks_add("sda1", 801, NULL);
	disks_add("md127", 900, NULL);
	disks_add("nvme0n1", 25900, NULL);
	disks_add("nvme0n1p1", 25901, NULL);
	assert_true(blockdev_is_partition(&b, "sda1"));
	assert_true(blockdev_is_partition(&b, "nvme0n1p1"));
	assert_false(blockdev_is_partition(&b, "sda"));
	assert_false(blockdev_is_partition(&b, "md127"));
	assert_false(blockdev_is_partition(&b, "nvme0n1"));
	assert_false(blockdev_is_partition(&b, "vdb1"));
	assert_false(blockdev_is_partition(&b, "123"));
	assert_false(blockdev_is_partition(&b, ""));
}

static unsigned
walk(const struct blockdevs *b, char *names)
{
	static struct blockdev_walk w;
	struct err e;
	unsigned n = 0;

	names[0] = '\0';
	assert_int_equal(blockdev_walk_open(&w, b, &e), 0);
	while (blockdev_walk_next(&w, name)) {
		strcat(strcat(names, name), " ");
		n++;
	}
	blockdev_walk_close(&w);
	return n;
}

static void
all_are_listed_by_sys_or_by_proc(void **state)
{
	struct blockdevs b = here();
	char names[256];

	(void)state;
	disks_add("sda", 800, NULL);
	disks_add("cciss!c0d0", 10400, NULL);
	assert_int_equal(walk(&b, names), 2);
	b.sys = -1;
	disks_sh("sed -i s,!,/, proc/partitions && "
		"echo garbage >>proc/partitions");
	assert_int_equal(walk(&b, names), 2);
	assert_string_equal(names, "sda cciss!c0d0 ");
}

static void
an_old_node_with_another_number_is_made_anew(void **state)
{
	struct blockdevs b = here();
	unsigned major, minor;

	(void)state;
	if (geteuid() != 0 || disks_try("mknod dev/vda b 252 0") != 0) {
		print_message("skipped: needs to be root\n");
		skip();
	}
	/* a node, but no device yet */
	assert_false(blockdev_find(&b, "vda", &major, &minor));
	disks_add("vda", 25400, NULL);
	fake_fail("mknod", 1, EEXIST);
	assert_true(blockdev_find(&b, "vda", &major, &minor));
	assert_int_equal(major, 254);
	assert_string_equal(fake_calls(), "mknod vda 060600 254:0 -> EEXIST\n"
		"unlink vda flags=0x0\nmknod vda 060600 254:0\n");
}

static void
a_number_without_sys_is_tried_as_a_node(void **state)
{
	struct blockdevs b = here();

	(void)state;
	b.sys = -1;
	assert_false(blockdev_find_number(&b, 2, 0, name));
	assert_string_equal(fake_calls(), "mknod 2:0 060600 2:0\n");
	disks_sh("touch dev/2:0");
	assert_true(blockdev_find_number(&b, 2, 0, name));
	assert_string_equal(name, "2:0");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, disks_begin, disks_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_partition_is_called_as_the_kernel_calls_it),
		TEST(a_partition_is_known_by_its_name),
		TEST(a_name_is_split_into_disk_and_number),
		TEST(a_whole_disk_may_end_in_a_number),
		TEST(all_are_listed_by_sys_or_by_proc),
		TEST(an_old_node_with_another_number_is_made_anew),
		TEST(a_number_without_sys_is_tried_as_a_node),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
