/* SPDX-License-Identifier: MIT */
/*
 * A tmpfs over the root, call by call; what is left when one fails.
 */
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fake_sys.h"
#include "overlay.h"

static struct mounted_root root;
static struct err e;

static int
begin(void **state)
{
	(void)state;
	fake_reset();
	memset(&root, 0, sizeof root);
	strcpy(root.dir, "/proc");	/* only because it is there: 0555 */
	strcpy(root.fstype, "ext4");
	root.flags = 0x8401;		/* MS_SILENT, MS_NOATIME, MS_RDONLY */
	return 0;
}

#define TMPFS "mount tmpfs /sys tmpfs flags=0x0 data=mode=0755\n"
#define DIRS "mkdir /sys/upper 0555\nmkdir /sys/work 0700\n" \
	"mkdir /sys/lower 0700\n"
#define MOVE "mount /proc /sys/lower (null) flags=0x2000 data=(null)"
#define OVERLAY "mount overlay /proc overlay flags=0x8400 " \
	"data=lowerdir=lower,upperdir=upper,workdir=work"
#define DETACH "umount /sys flags=0x2\n"

static void
the_layers_are_detached_when_the_overlay_holds_them(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(overlay_mount(&root, "/sys", &e), 0);
	assert_string_equal(fake_calls(), TMPFS DIRS MOVE "\nchdir /sys\n"
		OVERLAY "\nchdir /\n" DETACH);
	assert_string_equal(root.fstype, "overlay");
	assert_int_equal(root.flags, 0x8400);
	stat("/proc", &st);
	assert_true(root.st_dev == st.st_dev);
}

static void
without_a_driver_nothing_stays_at_the_side(void **state)
{
	(void)state;
	fake_fail("mount", 3, ENODEV);
	assert_int_equal(overlay_mount(&root, "/sys", &e), -1);
	assert_int_equal(e.code, ENODEV);
	assert_string_equal(e.text, "mount an overlay over ext4: No such "
		"device");
	assert_string_equal(fake_calls(), TMPFS DIRS MOVE "\nchdir /sys\n"
		OVERLAY " -> ENODEV\nchdir /\n" DETACH);
}

static void
a_type_that_cannot_lie_below_is_explained(void **state)
{
	(void)state;
	fake_fail("mount", 3, EINVAL);
	assert_int_equal(overlay_mount(&root, "/sys", &e), -1);
	assert_non_null(strstr(e.text, "not every type can lie below one"));
}

static void
each_step_that_fails_is_named(void **state)
{
	(void)state;
	fake_fail("mount", 1, ENOMEM);
	assert_int_equal(overlay_mount(&root, "/sys", &e), -1);
	assert_string_equal(e.text, "mount a tmpfs for linuxrc.overlay=: "
		"Cannot allocate memory");
	assert_int_equal(fake_count("umount"), 0);
	fake_fail("mkdir", 2, ENOSPC);
	assert_int_equal(overlay_mount(&root, "/sys", &e), -1);
	assert_string_equal(e.text, "work of the overlay: No space left on "
		"device");
	fake_fail("mount", 2, EINVAL);
	assert_int_equal(overlay_mount(&root, "/sys", &e), -1);
	assert_string_equal(e.text, "move /proc to /sys/lower: Invalid "
		"argument");
	assert_int_equal(fake_count("umount"), 2);
}

#define TEST(test) cmocka_unit_test_setup(test, begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_layers_are_detached_when_the_overlay_holds_them),
		TEST(without_a_driver_nothing_stays_at_the_side),
		TEST(a_type_that_cannot_lie_below_is_explained),
		TEST(each_step_that_fails_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
