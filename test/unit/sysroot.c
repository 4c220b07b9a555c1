/* SPDX-License-Identifier: MIT */
/*
 * A found system mounted beside the initrd, call by call: nothing is written
 * by a read-only mount; and the way into it.
 */
#include "unit.h"

#include <errno.h>
#include <string.h>

#include "fake_sys.h"
#include "sysroot.h"
#include "tree.h"

static struct blockdevs devices = { -1, -1, -1, false };
static char held[DEVNAME_SIZE], driver[FSTYPE_SIZE];
static int driver_code;
static struct sysroot r;
static struct err e;

static int
load_driver(const char *type, struct err *why)
{
	strcpy(driver, type);
	return driver_code ? fail(why, driver_code, "%s", type) : 0;
}

static int tree;

static int
begin(void **state)
{
	(void)state;
	fake_reset();
	tree = tree_copy("other");
	tree_put("dev/vda2", "");
	fake_below(tree_dir);
	devices.dev = openat(tree, "dev", O_PATH | O_DIRECTORY | O_CLOEXEC);
	held[0] = driver[0] = '\0';
	driver_code = 0;
	fake_read_only = 0;
	r = (struct sysroot){ .devices = &devices, .base = "/base",
		.name = "vda2", .type = "ext4", .load_driver = load_driver,
		.held = held };
	return 0;
}

static int
end(void **state)
{
	(void)state;
	close(devices.dev);
	tree_drop(tree);
	return 0;
}

#define DIRS "mkdir /base/mnt 0755\nmkdir /base/mnt/vda2 0755\n"
#define HOLD "read_only dev/vda2\nset_read_only dev/vda2 1\n"
#define MOUNT "mount /base/dev/vda2 /base/mnt/vda2 "

static void
read_only_writes_nothing_and_the_device_is_held(void **state)
{
	(void)state;
	assert_int_equal(sysroot_mount(&r, &e), 0);
	assert_string_equal(fake_calls(), DIRS HOLD MOUNT
		"ext4 flags=0x1 data=noload\n");
	assert_string_equal(held, "vda2");
	assert_int_equal(fake_read_only, 1);
}

static void
a_device_that_is_read_only_is_not_let_go_later(void **state)
{
	(void)state;
	fake_read_only = 1;
	assert_int_equal(sysroot_mount(&r, &e), 0);
	assert_string_equal(held, "");
	assert_int_equal(fake_count("set_read_only"), 0);
}

static void
writable_has_no_such_option_and_no_hold(void **state)
{
	(void)state;
	r.rw = true;
	assert_int_equal(sysroot_mount(&r, &e), 0);
	assert_string_equal(fake_calls(), DIRS MOUNT "ext4 flags=0x0 data=\n");
	assert_string_equal(held, "");
}

static void
a_driver_is_loaded_and_another_way_tried(void **state)
{
	(void)state;
	r.type = "btrfs";
	fake_fail("mount", 1, ENODEV);
	fake_fail("mount", 2, EINVAL);
	assert_int_equal(sysroot_mount(&r, &e), 0);
	assert_string_equal(driver, "btrfs");
	assert_string_equal(fake_calls(), DIRS HOLD
		MOUNT "btrfs flags=0x1 data=rescue=nologreplay -> ENODEV\n"
		MOUNT "btrfs flags=0x1 data=rescue=nologreplay -> EINVAL\n"
		MOUNT "btrfs flags=0x1 data=nologreplay\n");
}

static void
a_type_that_is_not_known_is_mounted_as_its_driver_does(void **state)
{
	(void)state;
	r.type = "gfs2";
	assert_int_equal(sysroot_mount(&r, &e), 0);
	assert_non_null(strstr(fake_calls(), MOUNT "gfs2 flags=0x1 data=\n"));
}

static void
what_fails_is_one_sentence(void **state)
{
	(void)state;
	fake_fail("mount", 0, EIO);
	assert_int_equal(sysroot_mount(&r, &e), -1);
	assert_string_equal(e.text, "mount vda2 on /base/mnt/vda2 as ext4, "
		"read-only: Input/output error");
	fake_reset();
	driver_code = ENOENT;
	fake_fail("mount", 0, ENODEV);
	assert_int_equal(sysroot_mount(&r, &e), -1);
	assert_non_null(strstr(e.text, ": No such device"));
	fake_reset();
	fake_fail("mkdir", 2, EROFS);
	assert_int_equal(sysroot_mount(&r, &e), -1);
	assert_string_equal(e.text, "/base/mnt/vda2: no directory to mount "
		"vda2 on: Read-only file system");
	assert_int_equal(fake_count("mount"), 0);
	fake_fail("umount", 1, EBUSY);
	assert_int_equal(sysroot_unmount("", "vda2", &e), -1);
	assert_string_equal(e.text, "unmount /mnt/vda2: Device or resource "
		"busy");
}

static void
the_way_in_has_what_the_kernel_shows_and_is_its_own(void **state)
{
	(void)state;
	fake_fail("mount", 3, ENOENT);	/* it has no /sys */
	assert_int_equal(sysroot_enter("", "/mnt/vda2"), 0);
	assert_string_equal(fake_calls(), "unshare 0x20000\n"
		"mount (null) / (null) flags=0x44000 data=(null)\n"
		"mount /proc /mnt/vda2/proc (null) flags=0x5000 data=(null)\n"
		"mount /sys /mnt/vda2/sys (null) flags=0x5000 data=(null)"
		" -> ENOENT\n"
		"mount /dev /mnt/vda2/dev (null) flags=0x5000 data=(null)\n"
		"chdir /mnt/vda2\nchroot .\n");
	fake_reset();
	fake_fail("unshare", 1, EPERM);
	assert_int_equal(sysroot_enter("", "/mnt/vda2"), -1);
	assert_int_equal(fake_count("chroot"), 0);
	fake_fail("unshare", 1, EPERM);
	assert_int_equal(sysroot_apart(&e), -1);
	assert_string_equal(e.text, "no mounts of its own: Operation not "
		"permitted");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(read_only_writes_nothing_and_the_device_is_held),
		TEST(a_device_that_is_read_only_is_not_let_go_later),
		TEST(writable_has_no_such_option_and_no_hold),
		TEST(a_driver_is_loaded_and_another_way_tried),
		TEST(a_type_that_is_not_known_is_mounted_as_its_driver_does),
		TEST(what_fails_is_one_sentence),
		TEST(the_way_in_has_what_the_kernel_shows_and_is_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
