/* SPDX-License-Identifier: MIT */
/*
 * Which types are tried, in which order, and the kernel's rule about errors;
 * mount(2) is a fake.
 */
#include "unit.h"

#include <sys/stat.h>

#include "disks.h"
#include "fake_sys.h"
#include "lib/log.h"
#include "rootfs.h"

static struct rootfs_wish wish;
static char list[FSTYPES_SIZE];
static struct root_device device;
static struct rootfs_types types;
static struct mounted_root root;
static struct err e;

static int
begin(void **state)
{
	disks_begin(state);
	fake_reset();
	log_open(disks_at.dev);
	memset(&device, 0, sizeof device);
	wish = (struct rootfs_wish){ .device = &device, .types = list,
		.flags = "" };
	memset(list, 0, sizeof list);
	strcpy(device.name, "vda2");
	memset(&root, 0, sizeof root);
	snprintf(root.dir, sizeof root.dir, "%.48s/new-root", disks_dir);
	disks_sh("printf 'nodev\tsysfs\nnodev\ttmpfs\n\text3\n\text2\n\text4\n"
		"\tvfat\n' >proc/filesystems");
	disks_add("vda2", 25402, EXT4("-L root"));
	return 0;
}

/* The types as a comma list. */
static const char *
listed(void)
{
	static char text[1024];

	text[0] = '\0';
	assert_int_equal(rootfs_types(&wish, &disks_at, &types, &e), 0);
	for (unsigned i = 0; i < types.list.count; i++) {
		strcat(text, i ? "," : "");
		strcat(text, types.list.name[i]);
	}
	assert_int_equal(types.next, 0);
	return text;
}

static int
mount_as(const char *types_of)
{
	strcpy(list, types_of);
	assert_int_equal(rootfs_types(&wish, &disks_at, &types, &e), 0);
	return rootfs_mount(&wish, &types, &root, &e);
}

/* The calls, with DIR in place of the fixture directory. */
static void
expect_calls(const char *expected)
{
	char calls[4096] = "";
	const char *p, *next;

	for (p = fake_calls(); (next = strstr(p, disks_dir));
	    p = next + strlen(disks_dir)) {
		strncat(calls, p, (size_t)(next - p));
		strcat(calls, "DIR");
	}
	strcat(calls, p);
	assert_string_equal(calls, expected);
}

#define MKDIR "mkdir DIR/new-root 0755\n"
#define MOUNT(type, flags) \
	"mount DIR/dev/vda2 DIR/new-root " type " flags=" flags
#define RO "0x8001 data=(null)"	/* MS_SILENT | MS_RDONLY, no data */
#define RW "0x8000 data=(null)"

static void
rootfstype_is_a_list_in_order(void **state)
{
	(void)state;
	strcpy(list, "xfs,,ext4,");
	strcpy(device.fstype, "btrfs");
	assert_string_equal(listed(), "xfs,ext4");
}

static void
without_it_libblkid_decides(void **state)
{
	(void)state;
	strcpy(device.fstype, "xfs");
	assert_string_equal(listed(), "xfs");
	device.fstype[0] = '\0';
	assert_string_equal(listed(), "ext4");
	strcpy(list, "auto");
	assert_string_equal(listed(), "ext4");
}

static void
ext4_stands_in_for_ext2_and_ext3(void **state)
{
	(void)state;
	strcpy(device.fstype, "ext2");
	assert_string_equal(listed(), "ext2,ext4");
	strcpy(device.fstype, "ext3");
	assert_string_equal(listed(), "ext3,ext4");
	strcpy(device.fstype, "ntfs");
	assert_string_equal(listed(), "ntfs,ntfs3");
}

static void
of_two_drivers_the_kernels_first_comes_first(void **state)
{
	(void)state;
	strcpy(device.fstype, "ext2");
	disks_sh("printf '\text3\n\text4\n\text2\n' >proc/filesystems");
	assert_string_equal(listed(), "ext4,ext2");
	disks_sh("printf 'nodev\text2\n\text\n\text4' >proc/filesystems");
	assert_string_equal(listed(), "ext4,ext2");
	disks_sh("rm proc/filesystems");
	assert_string_equal(listed(), "ext2,ext4");
}

static void
an_unknown_content_gets_the_kernels_block_types(void **state)
{
	(void)state;
	disks_sh("truncate -s 0 dev/vda2 && truncate -s 4M dev/vda2");
	assert_string_equal(listed(), "ext3,ext2,ext4,vfat");
	strcpy(device.name, "gone");
	assert_string_equal(listed(), "ext3,ext2,ext4,vfat");
	disks_sh("printf 'nodev\tsysfs' >proc/filesystems");
	assert_int_equal(rootfs_types(&wish, &disks_at, &types, &e), -1);
}

static void
a_member_that_was_named_is_obeyed(void **state)
{
	(void)state;
	disks_add("vdb", 25416, LUKS("aaaa"));
	strcpy(device.name, "vdb");
	assert_string_equal(listed(), "ext3,ext2,ext4,vfat");
}

static void
a_list_that_does_not_fit_is_an_error(void **state)
{
	(void)state;
	memset(list, 'x', FSTYPE_SIZE);
	assert_int_equal(rootfs_types(&wish, &disks_at, &types, &e), -1);
	assert_non_null(strstr(e.text, "rootfstype=: xxxx"));
	for (int i = 0; i < FSTYPES_MAX + 1; i++)
		memcpy(list + i * 2, "x,", 3);
	assert_int_equal(rootfs_types(&wish, &disks_at, &types, &e), -1);
	assert_int_equal(e.code, E2BIG);
	strcpy(list, ",,");
	assert_int_equal(rootfs_types(&wish, &disks_at, &types, &e), -1);
}

static void
the_default_is_silent_and_read_only(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(mount_as("ext4"), 0);
	expect_calls(MKDIR MOUNT("ext4", RO) "\n");
	assert_string_equal(root.fstype, "ext4");
	assert_int_equal(root.flags, 0x8001);
	assert_int_equal(stat(root.dir, &st), 0);
	assert_true(root.st_dev == st.st_dev);
}

static void
words_become_flags_and_the_rest_data(void **state)
{
	(void)state;
	wish.rw = true;
	wish.flags = "noatime,subvol=@,defaults";
	assert_int_equal(mount_as("btrfs"), 0);
	expect_calls(MKDIR MOUNT("btrfs", "0x8400 data=subvol=@\n"));
}

static void
what_was_mounted_before_is_unmounted(void **state)
{
	(void)state;
	fake_fail("mkdir", 1, EEXIST);
	assert_int_equal(mount_as("ext4"), 0);
	expect_calls("mkdir DIR/new-root 0755 -> EEXIST\n"
		"umount DIR/new-root flags=0x2\n" MOUNT("ext4", RO) "\n");
}

static void
einval_and_eacces_go_on_to_the_next_type(void **state)
{
	(void)state;
	fake_fail("mount", 1, EINVAL);
	fake_fail("mount", 2, EACCES);
	assert_int_equal(mount_as("xfs,iso9660,ext4"), 0);
	expect_calls(MKDIR MOUNT("xfs", RO) " -> EINVAL\n"
		MOUNT("iso9660", RO) " -> EACCES\n" MOUNT("ext4", RO) "\n");
	assert_string_equal(root.fstype, "ext4");
}

static void
another_error_ends_it(void **state)
{
	(void)state;
	fake_fail("mount", 1, EIO);
	assert_int_equal(mount_as("xfs,ext4"), -1);
	expect_calls(MKDIR MOUNT("xfs", RO) " -> EIO\n");
	assert_int_equal(e.code, EIO);
	assert_non_null(strstr(e.text, "dev/vda2 as xfs: Input/output error"));
}

static void
read_write_falls_back_to_read_only(void **state)
{
	static const int errors[] = { EACCES, EROFS };

	(void)state;
	wish.rw = true;
	for (int i = 0; i < 2; i++) {
		fake_reset();
		fake_fail("mount", 1, errors[i]);
		assert_int_equal(mount_as("ext4"), 0);
		assert_int_equal(root.flags, 0x8001);
		assert_int_equal(fake_count("mount"), 2);
	}
	expect_calls(MKDIR MOUNT("ext4", RW) " -> EROFS\n"
		MOUNT("ext4", RO) "\n");
	/* read-only already, EROFS is an error like others */
	wish.rw = false;
	fake_reset();
	fake_fail("mount", 1, EROFS);
	assert_int_equal(mount_as("ext4,xfs"), -1);
	assert_int_equal(fake_count("mount"), 1);
}

static void
a_type_the_kernel_does_not_know_is_left_to_the_caller(void **state)
{
	(void)state;
	fake_fail("mount", 1, EINVAL);
	fake_fail("mount", 2, ENODEV);
	assert_int_equal(mount_as("vfat,xfs,ext4"), -1);
	assert_int_equal(e.code, ENODEV);
	assert_int_equal(types.next, 1);
	assert_non_null(strstr(e.text, "no driver for xfs"));
	/* its driver is loaded now: go on with it, not from the start */
	fake_reset();
	assert_int_equal(rootfs_mount(&wish, &types, &root, &e),
		0);
	expect_calls(MKDIR MOUNT("xfs", RO) "\n");
}

static void
beyond_the_last_type_only_the_read_only_pass_is_left(void **state)
{
	(void)state;
	wish.rw = true;
	fake_fail("mount", 1, EACCES);
	fake_fail("mount", 2, ENODEV);
	assert_int_equal(mount_as("iso9660,foo"), -1);
	assert_int_equal(types.next++, 1);
	fake_reset();
	fake_fail("mount", 2, ENODEV);
	assert_int_equal(rootfs_mount(&wish, &types, &root, &e),
		0);
	expect_calls(MKDIR MOUNT("iso9660", RO) "\n");
	/* and without it, the one that refused is to blame */
	wish.rw = false;
	types.next = types.list.count;
	fail(&e, ENODEV, "as foo");
	assert_int_equal(rootfs_mount(&wish, &types, &root, &e),
		-1);
	assert_int_equal(e.code, EACCES);
	assert_non_null(strstr(e.text, "/dev/vda2 as any of iso9660, foo: "));
	assert_int_equal(types.next, types.list.count);
}

static void
without_a_driver_for_any_type_the_sentence_stays(void **state)
{
	(void)state;
	fake_fail("mount", 0, ENODEV);
	assert_int_equal(mount_as("bar,foo"), -1);
	types.next = types.list.count;
	fail(&e, ENODEV, "kept");
	assert_int_equal(rootfs_mount(&wish, &types, &root, &e),
		-1);
	assert_string_equal(e.text, "kept: No such device");
}

static const char *
sentence(int error, const char *type)
{
	fake_reset();
	fake_fail("mount", 0, error);
	assert_int_equal(mount_as(type), -1);
	return e.text;
}

static void
a_failure_says_why(void **state)
{
	(void)state;
	assert_non_null(strstr(sentence(EINVAL, "xfs"), "it holds ext4"));
	assert_non_null(strstr(sentence(EINVAL, "ext4"), "but damaged"));
	assert_non_null(strstr(sentence(EUCLEAN, "ext4"), "fsck"));
	assert_non_null(strstr(sentence(ENXIO, "ext4"), "no medium"));
	assert_non_null(strstr(sentence(EBUSY, "ext4"), "in use"));
	assert_non_null(strstr(sentence(ENOENT, "ext4"), "module for its"));
	strcpy(device.name, "vdb");
	assert_non_null(strstr(sentence(ENOENT, "ext4"), "has gone"));
	strcpy(device.name, "vda2");
	disks_sh("truncate -s 0 dev/vda2 && truncate -s 4M dev/vda2");
	assert_non_null(strstr(sentence(EINVAL, "xfs"), "no file system"));
	disks_sh(": >dev/vda2 && d=dev/vda2 && " SWAP(""));
	assert_non_null(strstr(sentence(EINVAL, "xfs"), "it holds swap"));
}

static void
a_node_with_a_mark_or_a_slash_is_found(void **state)
{
	(void)state;
	strcpy(device.name, "cciss!c0d0");
	assert_int_equal(mount_as("ext4"), 0);
	disks_sh("mkdir dev/cciss && touch dev/cciss/c0d0");
	assert_int_equal(mount_as("ext4"), 0);
	expect_calls(MKDIR "mount DIR/dev/cciss!c0d0 DIR/new-root ext4 flags="
		RO "\n" MKDIR "mount DIR/dev/cciss/c0d0 DIR/new-root ext4 "
		"flags=" RO "\n");
}

static void
what_cannot_be_stat_is_an_error(void **state)
{
	(void)state;
	strcpy(root.dir, "/nonexistent/new-root");
	assert_int_equal(mount_as("ext4"), -1);
	assert_int_equal(e.code, ENOENT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, disks_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rootfstype_is_a_list_in_order),
		TEST(without_it_libblkid_decides),
		TEST(ext4_stands_in_for_ext2_and_ext3),
		TEST(of_two_drivers_the_kernels_first_comes_first),
		TEST(an_unknown_content_gets_the_kernels_block_types),
		TEST(a_member_that_was_named_is_obeyed),
		TEST(a_list_that_does_not_fit_is_an_error),
		TEST(the_default_is_silent_and_read_only),
		TEST(words_become_flags_and_the_rest_data),
		TEST(what_was_mounted_before_is_unmounted),
		TEST(einval_and_eacces_go_on_to_the_next_type),
		TEST(another_error_ends_it),
		TEST(read_write_falls_back_to_read_only),
		TEST(a_type_the_kernel_does_not_know_is_left_to_the_caller),
		TEST(beyond_the_last_type_only_the_read_only_pass_is_left),
		TEST(without_a_driver_for_any_type_the_sentence_stays),
		TEST(a_failure_says_why),
		TEST(a_node_with_a_mark_or_a_slash_is_found),
		TEST(what_cannot_be_stat_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
