/* SPDX-License-Identifier: MIT */
/*
 * A btrfs on several devices: how many it has, which are there, and what its
 * driver is told.
 */
#include "unit.h"

#include "search.h"
#include "lib/btrfs.h"

#define POOL "11111111-2222-4333-8444-cccccccccccc"

static char text[256];

/* On sdb, sdc and sdd; sdd is not plugged in yet. */
static int
pool(void **state)
{
	begin(state);
	disks_add("sdb", 816, "truncate -s 128M $d dev/sdc sdd && "
		"mkfs.btrfs -q -U " POOL " $d dev/sdc sdd");
	disks_add("sdc", 832, "true");
	return 0;
}

static unsigned
devices(const char *name)
{
	int fd = openat(disks_at.dev, name, O_RDONLY | O_CLOEXEC);
	unsigned n = btrfs_devices(fd);

	close(fd);
	return n;
}

static void
the_superblock_says_how_many_there_are(void **state)
{
	(void)state;
	assert_int_equal(devices("sdb"), 3);
	assert_int_equal(devices("sdc"), 3);
	assert_int_equal(devices("vda1"), 0);
	disks_sh("truncate -s 65600 dev/sdb && : >dev/vda1");
	assert_int_equal(devices("sdb"), 0);
	assert_int_equal(devices("vda1"), 0);
}

static void
those_that_are_there_are_named(void **state)
{
	const struct seen_device *p;

	(void)state;
	disks_add("sde", 864, "truncate -s 128M $d && mkfs.btrfs -q $d");
	assert_int_equal(scan_for(ROOT_UUID, POOL), 1);
	p = seen_find(&search.seen, "sdc");
	assert_int_equal(btrfs_seen(&search.seen, p, text, sizeof text), 2);
	assert_string_equal(text, "sdb, sdc");
	disks_add("sdd", 848, "mv sdd $d");
	assert_int_equal(event("add", "sdd"), 1);
	assert_int_equal(btrfs_seen(&search.seen, p, text, sizeof text), 3);
	assert_string_equal(text, "sdb, sdc, sdd");
	assert_int_equal(btrfs_seen(&search.seen, p, text, 6), 3);
	assert_string_equal(text, "sdb");
}

static int
tell(const char *name)
{
	assert_int_equal(scan_for(ROOT_UUID, POOL), 1);
	fake_forget();
	return btrfs_register(&search.seen, seen_find(&search.seen, name),
		"/mnt/dev", &e);
}

static void
the_driver_is_told_of_every_btrfs(void **state)
{
	(void)state;
	disks_add("sde", 864, "truncate -s 128M $d && mkfs.btrfs -q $d");
	disks_sh(": >dev/btrfs-control");
	fake_btrfs_ready = 0;
	assert_int_equal(tell("sdc"), 0);
	fake_btrfs_ready = 1;
	assert_int_equal(tell("sdc"), 1);
	assert_string_equal(fake_calls(), "btrfs_scan /mnt/dev/sdb\n"
		"btrfs_scan /mnt/dev/sdc\nbtrfs_scan /mnt/dev/sde\n"
		"btrfs_ready /mnt/dev/sdc\n");
	/* one that has gone is no reason not to ask */
	fake_fail("btrfs_scan", 1, ENODEV);
	assert_int_equal(tell("sdb"), 1);
	fake_fail("btrfs_ready", 1, EINVAL);
	assert_int_equal(tell("sdb"), -1);
	assert_string_equal(e.text, "ask btrfs for the devices of "
		"/mnt/dev/sdb: Invalid argument");
}

static void
a_missing_control_node_is_made(void **state)
{
	(void)state;
	assert_int_equal(tell("sdb"), -1);
	assert_string_equal(fake_calls(), "mknod btrfs-control 020600 "
		"10:234\n");
	assert_string_equal(e.text, "/mnt/dev/btrfs-control: No such file or "
		"directory");
}

#undef TEST
#define TEST(name) cmocka_unit_test_setup_teardown(name, pool, disks_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_superblock_says_how_many_there_are),
		TEST(those_that_are_there_are_named),
		TEST(the_driver_is_told_of_every_btrfs),
		TEST(a_missing_control_node_is_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
