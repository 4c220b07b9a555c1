/* SPDX-License-Identifier: MIT */
/*
 * Whether all of a file system is there.
 */
#include "unit.h"

#include "search.h"
#include "whole.h"

#define POOL "11111111-2222-4333-8444-cccccccccccc"

static struct whole whole;

/* On sdb and sdc, with sdc not plugged in yet. */
static int
pool(void **state)
{
	begin(state);
	disks_add("sdb", 816, "truncate -s 128M $d sdc && "
		"mkfs.btrfs -q -U " POOL " $d sdc && : >dev/btrfs-control");
	whole = (struct whole){ .types = "", .base = "/mnt" };
	return 0;
}

/* Search, and judge what was found. */
static int
judge(enum root_kind kind, const char *value, bool enough)
{
	assert_int_equal(scan_for(kind, value), 1);
	fake_forget();
	return whole_judge(&whole, &search, &found, enough, &e);
}

static void
what_was_named_is_learnt(void **state)
{
	(void)state;
	assert_int_equal(judge(ROOT_NAME, "vda2", false), 1);
	expect("vda2", 254, 2, "ext4");
	assert_int_equal(judge(ROOT_NAME, "vda", false), 1);
	expect("vda", 254, 0, "");
	/* not when it is told what it is */
	whole.types = "vfat,ext4";
	assert_int_equal(judge(ROOT_NAME, "vda2", false), 1);
	expect("vda2", 254, 2, "");
	assert_int_equal(search.seen.count, 0);
	assert_string_equal(fake_calls(), "");
}

static void
a_btrfs_waits_for_its_devices(void **state)
{
	static const char sentence[] = "btrfs UUID=" POOL ": 1 of 2 devices "
		"are there: sdb";

	(void)state;
	assert_int_equal(judge(ROOT_UUID, POOL, true), 0);
	assert_string_equal(e.text, sentence);
	assert_int_equal(judge(ROOT_NAME, "sdb", false), 0);
	assert_string_equal(e.text, sentence);
	assert_string_equal(fake_calls(), "");
	disks_add("sdc", 832, "mv sdc $d");
	assert_int_equal(event("add", "sdc"), 1);
	assert_int_equal(whole_judge(&whole, &search, &found, false, &e), 1);
	expect("sdb", 8, 16, "btrfs");
	assert_string_equal(fake_calls(), "btrfs_scan /mnt/dev/sdb\n"
		"btrfs_scan /mnt/dev/sdc\nbtrfs_ready /mnt/dev/sdb\n");
}

static void
a_list_with_btrfs_asks_too(void **state)
{
	(void)state;
	whole.types = "ext4,btrfs";
	assert_int_equal(judge(ROOT_NAME, "sdb", false), 0);
	whole.types = "ext4,btrf";
	assert_int_equal(judge(ROOT_NAME, "sdb", false), 1);
	assert_true(whole_has_word("degraded", "degraded"));
	assert_true(whole_has_word("subvol=@,degraded", "degraded"));
	assert_false(whole_has_word("degraded=1,degrade", "degraded"));
	assert_false(whole_has_word("", "degraded"));
}

static void
the_driver_has_the_last_word(void **state)
{
	(void)state;
	disks_add("sdc", 832, "mv sdc $d");
	fake_btrfs_ready = 0;
	assert_int_equal(judge(ROOT_UUID, POOL, false), 0);
	assert_non_null(strstr(e.text, "2 of 2 devices are there: sdb, sdc"));
	fake_btrfs_ready = 1;
	/* what cannot be asked is the mount's to explain */
	disks_sh("rm dev/btrfs-control");
	assert_int_equal(judge(ROOT_UUID, POOL, false), 1);
	/* a rehearsal does not ask */
	disks_sh(": >dev/btrfs-control");
	look_for(ROOT_UUID, POOL);
	search.seen.at.look_only = true;
	assert_int_equal(scan(), 1);
	fake_forget();
	assert_int_equal(whole_judge(&whole, &search, &found, true, &e), 1);
	assert_string_equal(fake_calls(), "");
}

static void
degraded_is_content_with_fewer_once_no_more_come(void **state)
{
	(void)state;
	whole.degraded = true;
	fake_btrfs_ready = 0;
	assert_int_equal(judge(ROOT_UUID, POOL, false), 0);
	assert_int_equal(judge(ROOT_UUID, POOL, true), 1);
	assert_string_equal(fake_calls(), "btrfs_scan /mnt/dev/sdb\n"
		"btrfs_ready /mnt/dev/sdb\n");
	fake_btrfs_ready = 1;
}

#undef TEST
#define TEST(name) cmocka_unit_test_setup_teardown(name, pool, disks_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_named_is_learnt),
		TEST(a_btrfs_waits_for_its_devices),
		TEST(a_list_with_btrfs_asks_too),
		TEST(the_driver_has_the_last_word),
		TEST(degraded_is_content_with_fewer_once_no_more_come),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
