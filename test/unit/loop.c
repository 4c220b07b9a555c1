/* SPDX-License-Identifier: MIT */
/*
 * A file on a loop device: the one call of today, the two of before, and
 * what can be missing. The ioctls are fakes.
 */
#include "unit.h"

#include "disks.h"
#include "fake_sys.h"
#include "lib/loop.h"

static struct blockdevs devices;
static struct loop_source source;
static struct err e;
static char name[BLOCKDEV_NAME_SIZE];
static int device;

static int
begin(void **state)
{
	disks_begin(state);
	fake_reset();
	fake_below(disks_dir);
	disks_sh("echo image >image && : >dev/loop-control");
	disks_add("loop0", 700, ":>$d");
	disks_add("loop3", 703, ":>$d");
	devices = (struct blockdevs){ disks_at.proc, disks_at.sys,
		disks_at.dev, false };
	source = (struct loop_source){ .file = openat(disks_at.root, "image",
		O_RDWR | O_CLOEXEC), .name = "/image" };
	device = -1;
	return 0;
}

static int
end(void **state)
{
	close(source.file);
	if (device >= 0)
		close(device);
	return disks_end(state);
}

static int
attach(void)
{
	device = loop_attach(&devices, &source, name, &e);
	return device < 0 ? -1 : 0;
}

static void
one_call_sets_it_all(void **state)
{
	(void)state;
	fake_loop = 3;
	source.offset = 1048576;
	source.size = 4096;
	assert_int_equal(attach(), 0);
	assert_string_equal(name, "loop3");
	assert_string_equal(fake_calls(), "loop_free dev/loop-control\n"
		"loop_configure dev/loop3 image offset=1048576 size=4096 "
		"flags=0x4 name=/image\n");	/* LO_FLAGS_AUTOCLEAR */
	assert_int_equal(fcntl(device, F_GETFL) & O_ACCMODE, O_RDWR);
}

static void
read_only_is_a_flag_and_an_open_mode(void **state)
{
	(void)state;
	source.read_only = true;
	assert_int_equal(attach(), 0);
	assert_non_null(strstr(fake_calls(), " flags=0x5 "));
	assert_int_equal(fcntl(device, F_GETFL) & O_ACCMODE, O_RDONLY);
}

static void
before_5_8_there_are_two_calls(void **state)
{
	static const int errors[] = { ENOTTY, EINVAL };

	(void)state;
	for (int i = 0; i < 2; i++) {
		fake_forget();
		fake_fail("loop_configure", 1, errors[i]);
		assert_int_equal(attach(), 0);
		assert_non_null(strstr(fake_calls(),
			"loop_set_fd dev/loop0 image\n"
			"loop_set_status dev/loop0 - offset=0 size=0 "
			"flags=0x4 name=/image\n"));
		close(device);
	}
	device = -1;
}

static void
a_device_that_could_not_be_set_up_is_given_back(void **state)
{
	(void)state;
	fake_fail("loop_configure", 1, EINVAL);
	fake_fail("loop_set_status", 1, EPERM);
	assert_int_equal(attach(), -1);
	assert_int_equal(e.code, EPERM);
	assert_non_null(strstr(e.text, "loop0"));
	assert_non_null(strstr(fake_calls(), "loop_clear dev/loop0\n"));
}

static void
a_cache_in_use_is_waited_for(void **state)
{
	(void)state;
	fake_fail("loop_configure", 1, ENOTTY);
	fake_fail("loop_set_status", 1, EAGAIN);
	assert_int_equal(attach(), 0);
	assert_int_equal(fake_count("loop_set_status"), 2);
	assert_int_equal(fake_count("wait_readable"), 1);
	close(device);
	fake_fail("loop_configure", 1, ENOTTY);
	fake_fail("loop_set_status", 0, EAGAIN);
	assert_int_equal(attach(), -1);
	assert_int_equal(e.code, EAGAIN);
}

static void
one_that_is_taken_meanwhile_is_not_the_last(void **state)
{
	(void)state;
	fake_fail("loop_configure", 1, EBUSY);
	assert_int_equal(attach(), 0);
	assert_int_equal(fake_count("loop_free"), 2);
	close(device);
	fake_fail("loop_configure", 0, EBUSY);
	assert_int_equal(attach(), -1);
	assert_int_equal(fake_count("loop_free"), 2 + 8);
}

static void
without_a_driver_the_code_is_enodev(void **state)
{
	(void)state;
	disks_sh("rm dev/loop-control");
	assert_int_equal(attach(), -1);
	assert_int_equal(e.code, ENODEV);
	/* a /dev without devtmpfs: its node is made before that is known */
	assert_string_equal(fake_calls(), "mknod loop-control 020600 10:237\n");
	fake_fail("mknod", 1, EROFS);
	assert_int_equal(attach(), -1);
	assert_int_equal(e.code, EROFS);
}

static void
without_a_free_one_it_says_so(void **state)
{
	(void)state;
	fake_fail("loop_free", 1, ENOMEM);
	assert_int_equal(attach(), -1);
	assert_string_equal(e.text, "a free loop device: Cannot allocate "
		"memory");
	/* one that the kernel does not have after all */
	fake_loop = 9;
	assert_int_equal(attach(), -1);
	assert_string_equal(e.text, "loop9: No such file or directory");
}

static void
a_long_name_is_cut(void **state)
{
	char text[80];

	(void)state;
	memset(text, 'n', sizeof text);
	text[79] = '\0';
	source.name = text;
	assert_int_equal(attach(), 0);
	text[63] = '\0';
	assert_string_equal(strstr(fake_calls(), "name=") + 5 + 63, "\n");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_call_sets_it_all),
		TEST(read_only_is_a_flag_and_an_open_mode),
		TEST(before_5_8_there_are_two_calls),
		TEST(a_device_that_could_not_be_set_up_is_given_back),
		TEST(a_cache_in_use_is_waited_for),
		TEST(one_that_is_taken_meanwhile_is_not_the_last),
		TEST(without_a_driver_the_code_is_enodev),
		TEST(without_a_free_one_it_says_so),
		TEST(a_long_name_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
