/* SPDX-License-Identifier: MIT */
/*
 * The kernel's rule about errors (init/do_mounts.c): which lead to the next
 * type, and what is said where it would have panicked. And sources that are
 * no device, of which every error leads on (mount_nodev_root()).
 */
#include "unit.h"

#include "disks.h"
#include "fake_sys.h"
#include "lib/log.h"
#include "rootfs.h"

static struct root_device device;
static struct rootfs_wish wish;
static struct rootfs_types types;
static struct mounted_root root;
static struct err e;

static int
begin(void **state)
{
	disks_begin(state);
	fake_reset();
	log_open(disks_at.dev);
	disks_add("vda2", 25402, EXT4("-L root"));
	memset(&device, 0, sizeof device);
	strcpy(device.name, "vda2");
	memset(&root, 0, sizeof root);
	snprintf(root.dir, sizeof root.dir, "%.48s/new-root", disks_dir);
	wish = (struct rootfs_wish){ .device = &device, .types = "xfs,ext4",
		.flags = "" };
	return 0;
}

/* Mount when the first call fails with this error. */
static int
mount_after(int error)
{
	fake_reset();
	fake_fail("mount", 1, error);
	assert_int_equal(rootfs_types(&wish, &disks_at, &types, &e), 0);
	return rootfs_mount(&wish, &types, &root, &e);
}

static void
has(const char *words)
{
	if (!strstr(e.text, words))
		fail_msg("\"%s\" lacks \"%s\"", e.text, words);
}

static void
two_errors_lead_to_the_next_type(void **state)
{
	static const int errors[] = { EACCES, EINVAL };

	(void)state;
	for (int i = 0; i < 2; i++)
		for (wish.rw = false; ; wish.rw = true) {
			assert_int_equal(mount_after(errors[i]), 0);
			assert_string_equal(root.fstype, "ext4");
			assert_int_equal(fake_count("mount"), 2);
			if (wish.rw)
				break;
		}
}

static void
erofs_leads_on_as_long_as_it_was_to_be_written(void **state)
{
	(void)state;
	wish.rw = true;
	assert_int_equal(mount_after(EROFS), 0);
	assert_string_equal(root.fstype, "ext4");
	wish.rw = false;
	assert_int_equal(mount_after(EROFS), -1);
	has("as xfs: Read-only file system -- it was not unmounted, and ");
	has(" -- ext4 not tried: after this error the kernel would not go on "
		"either");
}

static void
every_other_error_is_where_the_kernel_panics(void **state)
{
	static const int errors[] = { EPERM, ENOENT, EIO, ENXIO, E2BIG,
		ENOMEM, EBUSY, ENOTBLK, ENOSPC, ENOTDIR, EUCLEAN, EBADMSG,
		ENOMEDIUM, EOPNOTSUPP, ELOOP };

	(void)state;
	for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
		for (wish.rw = false; ; wish.rw = true) {
			assert_int_equal(mount_after(errors[i]), -1);
			assert_int_equal(e.code, errors[i]);
			assert_int_equal(fake_count("mount"), 1);
			has("mount ");
			has("dev/vda2 as xfs: ");
			has("ext4 not tried: after this error the kernel");
			if (wish.rw)
				break;
		}
}

static void
of_the_last_type_nothing_is_left_untried(void **state)
{
	(void)state;
	wish.types = "xfs";
	assert_int_equal(mount_after(EIO), -1);
	assert_null(strstr(e.text, "not tried"));
	has("the device cannot be read");
}

static void
an_unknown_type_is_not_the_end(void **state)
{
	(void)state;
	assert_int_equal(mount_after(ENODEV), -1);
	assert_null(strstr(e.text, "not tried"));
	has("this kernel has no driver for xfs");
	types.next++;
	assert_int_equal(rootfs_mount(&wish, &types, &root, &e), 0);
	assert_string_equal(root.fstype, "ext4");
}

/* ------------------------------------------------- what is no device */

static void
a_source_is_passed_on_as_it_is(void **state)
{
	(void)state;
	wish = (struct rootfs_wish){ .source = "host share", .any_error = true,
		.types = "9p", .flags = "trans=virtio,noatime" };
	assert_int_equal(rootfs_types(&wish, &disks_at, &types, &e), 0);
	assert_int_equal(rootfs_mount(&wish, &types, &root, &e), 0);
	assert_non_null(strstr(fake_calls(), "mount host share "));
	assert_non_null(strstr(fake_calls(), "/new-root 9p flags=0x8401 "
		"data=trans=virtio\n"));
}

static void
of_a_tag_every_error_leads_to_the_next_type(void **state)
{
	(void)state;
	wish.device = NULL;
	wish.source = "TAG";
	wish.any_error = true;
	wish.types = "9p,ext4,virtiofs";
	fake_fail("mount", 1, ENOENT);
	fake_fail("mount", 2, ENOTBLK);
	assert_int_equal(rootfs_types(&wish, &disks_at, &types, &e), 0);
	assert_int_equal(rootfs_mount(&wish, &types, &root, &e), 0);
	assert_string_equal(root.fstype, "virtiofs");
	fake_reset();
	fake_fail("mount", 0, ENOENT);
	types.next = types.refused = 0;
	assert_int_equal(rootfs_mount(&wish, &types, &root, &e), -1);
	has("mount TAG as any of 9p, ext4, virtiofs: No such file or "
		"directory -- no device has this tag");
	/* but a driver that can be loaded is the caller's, as always */
	assert_int_equal(mount_after(ENODEV), -1);
	assert_int_equal(types.next, 0);
	has("no driver for 9p, or no such device");
}

static void
mtd_keeps_to_the_rule_of_devices(void **state)
{
	(void)state;
	wish.device = NULL;
	wish.source = "mtd0";
	wish.types = "jffs2,squashfs";
	assert_int_equal(mount_after(EIO), -1);
	has("mount mtd0 as jffs2: ");
	has("squashfs not tried");
}

static void
mtd_and_ubi_have_a_type_of_their_own(void **state)
{
	(void)state;
	wish.device = NULL;
	wish.types = "";
	wish.source = "ubi0:rootfs";
	assert_int_equal(rootfs_types(&wish, &disks_at, &types, &e), 0);
	assert_int_equal(types.list.count, 1);
	assert_string_equal(types.list.name[0], "ubifs");
	wish.source = "mtd:root";
	assert_int_equal(rootfs_types(&wish, &disks_at, &types, &e), 0);
	assert_string_equal(types.list.name[0], "jffs2");
	wish.source = "tag";
	assert_int_equal(rootfs_types(&wish, &disks_at, &types, &e), -1);
	has("root=tag needs a rootfstype=");
}

static void
data_is_one_page_at_most(void **state)
{
	static char flags[ROOTFLAGS_SIZE];

	(void)state;
	wish.types = "ext4";
	wish.flags = flags;
	memset(flags, 'x', sizeof flags - 1);
	assert_int_equal(mount_after(0), 0);
	assert_string_equal(strstr(fake_calls(), "data=") + 5 + 4095, "\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, disks_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(two_errors_lead_to_the_next_type),
		TEST(erofs_leads_on_as_long_as_it_was_to_be_written),
		TEST(every_other_error_is_where_the_kernel_panics),
		TEST(of_the_last_type_nothing_is_left_untried),
		TEST(an_unknown_type_is_not_the_end),
		TEST(a_source_is_passed_on_as_it_is),
		TEST(of_a_tag_every_error_leads_to_the_next_type),
		TEST(mtd_keeps_to_the_rule_of_devices),
		TEST(mtd_and_ubi_have_a_type_of_their_own),
		TEST(data_is_one_page_at_most),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
