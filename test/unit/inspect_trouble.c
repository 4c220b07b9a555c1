/* SPDX-License-Identifier: MIT */
/*
 * Looking at a disk goes wrong: the driver refuses, the look crashes or hangs.
 * All that was done is undone then, too.
 */
#include "unit.h"

#include "look.h"

static void
one_that_cannot_be_made_read_only_is_not_mounted(void **state)
{
	(void)state;
	fake_fail("set_read_only", 1, EACCES);
	look_at("vda2");
	assert_false(f.looked);
	assert_string_equal(f.why, "it cannot be made read-only while it is "
		"looked at");
	assert_null(strstr(calls(), "mount"));
	/* nor when it is not known what it was */
	fake_fail("read_only", 1, ENOTTY);
	look_at("vda2");
	assert_false(f.looked);
	assert_null(strstr(calls(), "mount"));
}

static void
a_driver_that_is_missing_is_loaded(void **state)
{
	(void)state;
	fake_fail("mount", 2, ENODEV);
	look_at("vda2");
	assert_string_equal(wanted_driver, "ext4 ");
	assert_false(f.looked);
	assert_string_equal(f.why, "mount as ext4, noload: No such device");
	assert_int_equal(fake_read_only, 0);
	assert_int_equal(mounts(), 1);
	/* the second child has the same failure before it */
	driver_result = 0;
	look_at("vda2");
	assert_int_equal(mounts(), 3);
}

static void
the_next_way_is_tried_when_the_driver_refuses_one(void **state)
{
	(void)state;
	disks_add("vdb", 25416, "truncate -s 128M $d && mkfs.btrfs -q $d");
	fake_fail("mount", 2, EINVAL);
	in.tree = "subvol=@";
	look_at("vdb");
	assert_string_equal(calls(), HOLD("vdb") PRIVATE
		"mount BASE/dev/vdb BASE/new-root btrfs flags=0x8007 "
		"data=rescue=nologreplay,subvol=@\n" PRIVATE
		"mount BASE/dev/vdb BASE/new-root btrfs flags=0x8007 "
		"data=nologreplay,subvol=@\n" LET_GO("vdb"));
	assert_string_equal(f.why, "mount as btrfs, nologreplay: "
		"Invalid argument");
}

static void
another_failure_is_the_last(void **state)
{
	(void)state;
	disks_add("vdb", 25416, "truncate -s 128M $d && mkfs.btrfs -q $d");
	fake_fail("mount", 2, EIO);
	look_at("vdb");
	assert_string_equal(f.why, "mount as btrfs, rescue=nologreplay: "
		"Input/output error");
	assert_null(strstr(calls(), "data=nologreplay"));
	assert_string_equal(wanted_driver, "");
	assert_int_equal(fake_read_only, 0);
}

static void
a_crash_costs_one_disk_and_is_undone(void **state)
{
	(void)state;
	at_the_look = SIGSEGV;
	look_at("vda2");
	assert_false(f.looked);
	assert_string_equal(f.why, "the look at it crashed: Segmentation "
		"fault");
	assert_int_equal(fake_read_only, 0);
	at_the_look = 0;
	look_at("vda2");
	assert_true(f.looked);
}

static void
a_look_that_does_not_end_is_ended(void **state)
{
	(void)state;
	at_the_look = SIGSTOP;
	look_at("vda2");
	assert_false(f.looked);
	assert_string_equal(f.why, "no answer within 30 s");
	assert_int_equal(fake_now_ms, 1000000 + 30000);
	assert_int_equal(fake_read_only, 0);
}

static void
one_that_cannot_be_ended_stays_read_only(void **state)
{
	(void)state;
	at_the_look = KEPT_OPEN;
	look_at("vda2");
	assert_false(f.looked);
	assert_string_equal(f.why, "no answer within 30 s");
	assert_int_equal(fake_now_ms, 1000000 + 30000 + 2000);
	assert_int_equal(fake_read_only, 1);
	assert_true(wait(NULL) > 0);
}

static void
without_a_process_or_a_namespace_there_is_no_look(void **state)
{
	(void)state;
	fake_fail("unshare", 0, ENOSYS);
	look_at("vda2");
	assert_false(f.looked);
	assert_null(strstr(calls(), "mount"));
	assert_int_equal(fake_read_only, 0);
}

static void
what_a_crashed_worker_left_is_undone(void **state)
{
	(void)state;
	inspect_undo(&devices, held);
	assert_string_equal(calls(), "");
	strcpy(held, "vda2");
	inspect_undo(&devices, held);
	assert_string_equal(calls(), LET_GO("vda2"));
	assert_string_equal(held, "");
	/* one that has gone needs nothing */
	strcpy(held, "vdz");
	inspect_undo(&devices, held);
	assert_string_equal(calls(), LET_GO("vda2"));
	assert_string_equal(held, "");
	/* a name that a broken worker left */
	memset(held, 'v', sizeof held);
	inspect_undo(&devices, held);
	assert_string_equal(held, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_that_cannot_be_made_read_only_is_not_mounted),
		TEST(a_driver_that_is_missing_is_loaded),
		TEST(the_next_way_is_tried_when_the_driver_refuses_one),
		TEST(another_failure_is_the_last),
		TEST(a_crash_costs_one_disk_and_is_undone),
		TEST(a_look_that_does_not_end_is_ended),
		TEST(one_that_cannot_be_ended_stays_read_only),
		TEST(without_a_process_or_a_namespace_there_is_no_look),
		TEST(what_a_crashed_worker_left_is_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
