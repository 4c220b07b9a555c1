/* SPDX-License-Identifier: MIT */
/*
 * Whether something is mounted: what the kernel says counts; without it the
 * device numbers do. The host's /proc is a mount, its /proc/self is none.
 */
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "fake_sys.h"
#include "lib/mountpoint.h"
#include "runlog.h"
#include "tree.h"

static struct boot b;

/* A real root of directories, as far as the log looks at it. */
static int
prepare(void **state)
{
	static int dir;

	fake_reset();
	memset(&b, 0, sizeof b);
	dir = tree_new();
	tree_sh("mkdir run");
	strcpy(b.root.dir, tree_dir);
	*state = &dir;
	return 0;
}

static int
clean(void **state)
{
	tree_drop(*(int *)*state);
	return 0;
}

static void
device_numbers_tell_where_the_kernel_does_not(void **state)
{
	(void)state;
	assert_true(mountpoint_at("/proc"));
	assert_false(mountpoint_at("/proc/self"));
	assert_false(mountpoint_at("/no/such/directory"));
}

static void
the_kernel_is_believed(void **state)
{
	(void)state;
	fake_mount_root = 1;
	assert_true(mountpoint_at("/proc/self"));
	fake_mount_root = 0;
	assert_false(mountpoint_at("/proc"));
}

/* As a subvolume of btrfs is. */
static void
a_run_with_a_device_of_its_own_gets_a_tmpfs(void **state)
{
	char wanted[512];

	(void)state;
	fake_mount_root = 0;
	runlog_leave(&b, 0);
	snprintf(wanted, sizeof wanted, "mount tmpfs %s/run tmpfs flags=0x6 "
		"data=mode=0755\n", tree_dir);
	assert_memory_equal(fake_calls(), wanted, strlen(wanted));
}

static void
the_log_goes_to_a_run_that_is_mounted(void **state)
{
	(void)state;
	fake_mount_root = 1;
	tree_sh("mkdir run/linuxrc");
	runlog_leave(&b, 0);
	assert_int_equal(fake_count("mount"), 0);
	tree_sh("test -e run/linuxrc/log && test -e run/linuxrc/timeline.json");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(device_numbers_tell_where_the_kernel_does_not),
	cmocka_unit_test(the_kernel_is_believed),
	cmocka_unit_test_setup_teardown(
		a_run_with_a_device_of_its_own_gets_a_tmpfs, prepare, clean),
	cmocka_unit_test_setup_teardown(the_log_goes_to_a_run_that_is_mounted,
		prepare, clean),
};

int
main(void)
{
	fake_reset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
