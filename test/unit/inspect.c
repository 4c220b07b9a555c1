/* SPDX-License-Identifier: MIT */
/*
 * Looking at a disk: what is found, in which order of calls and with which
 * options, and what is never looked at.
 */
#include "unit.h"

#include "look.h"

static void
a_root_is_described_and_nothing_stays(void **state)
{
	(void)state;
	look_at("vda2");
	assert_string_equal(calls(), HOLD("vda2") PRIVATE
		"mount BASE/dev/vda2 BASE/new-root ext4 flags=0x8007 "
		"data=noload\n" AROUND LET_GO("vda2"));
	assert_int_equal(fake_read_only, 0);
	assert_true(f.looked);
	assert_false(f.unclean);
	assert_string_equal(f.init, "/sbin/init");
	assert_string_equal(f.why, "");
	assert_string_equal(f.info.release, "Test");
	assert_string_equal(f.info.kernel, "6.1.0");
	assert_true(f.info.modules);
	assert_int_equal(f.fstab, FSTAB_AGREES);
}

static void
one_without_init_says_so(void **state)
{
	(void)state;
	init_code = 0;
	look_at("vda2");
	assert_true(f.looked);
	assert_string_equal(f.init, "");
	assert_string_equal(f.why, "no init");
	init_code = ENOEXEC;
	look_at("vda2");
	assert_string_equal(f.why, "/sbin/init: Exec format error");
}

static void
init_is_the_one_that_was_asked_for(void **state)
{
	(void)state;
	in.init = "/bin/other";
	look_at("vda2");
	assert_string_equal(f.init, "/bin/other");
}

static void
a_device_that_was_read_only_stays_so(void **state)
{
	(void)state;
	fake_read_only = 1;
	look_at("vda2");
	assert_true(f.looked);
	assert_int_equal(fake_read_only, 1);
	assert_int_equal(fake_count("set_read_only"), 0);
}

static void
a_subvolume_is_for_btrfs_only(void **state)
{
	(void)state;
	in.tree = "subvol=@";
	look_at("vda2");
	assert_non_null(strstr(calls(), "data=noload\n"));
}

static void
what_is_no_file_system_or_not_safe_is_not_touched(void **state)
{
	(void)state;
	disks_add("sda", 800, SWAP("-L s") " && printf S1SUSPEND | "
		"dd of=$d bs=1 seek=4086 conv=notrunc");
	disks_add("sdb", 816, LUKS("aaaa"));
	disks_add("sdc", 832, "mke2fs -q -O journal_dev $d 8M");
	look_at("sda");
	assert_string_equal(f.why, "no file system");
	look_at("sdb");
	assert_string_equal(f.why, "no file system");
	look_at("sdc");
	assert_string_equal(f.why, "no file system");
	assert_string_equal(calls(), "");
}

static void
a_type_whose_driver_might_write_is_not_looked_at(void **state)
{
	struct seen_device d = { .name = "vda2", .usage = BLK_FILESYSTEM,
		.type = "gfs2" };

	(void)state;
	inspect_device(&in, &d, &f);
	assert_false(f.looked);
	assert_string_equal(f.why, "its driver might write, so it is not "
		"looked at");
	assert_string_equal(calls(), "");
}

static void
an_unclean_file_system_is_told(void **state)
{
	(void)state;
	disks_sh("debugfs -w -R 'feature needs_recovery' dev/vda2");
	look_at("vda2");
	assert_true(f.looked);
	assert_true(f.unclean);
	look_at("vda1");
	assert_false(f.unclean);
	assert_int_equal(f.fstab, FSTAB_OTHER);
}

static void
a_subvolume_with_a_system_is_pointed_at(void **state)
{
	(void)state;
	disks_sh("mkdir -p new-root/@rootfs/usr/sbin && "
		"ln -s usr/sbin new-root/@rootfs/sbin && "
		"ln -s /lib/systemd new-root/@rootfs/sbin/init");
	init_code = 0;
	look_at("vda2");
	assert_string_equal(f.why, "no init at the top, but one in a "
		"subvolume: rootflags=subvol=@rootfs");
	init_code = -1;
	look_at("vda2");
	assert_string_equal(f.why, "");
}

/* A table that calls vdb2 cafe0042-02. */
static void
a_partuuid_in_fstab_is_looked_up(void **state)
{
	(void)state;
	disks_add("vdb", 25416, "truncate -s 12M $d && printf '%s\\n' "
		"label:dos label-id:0xcafe0042 'start=2048,size=2048' "
		"'start=4096,size=16384' | sfdisk -q $d");
	disks_add("vdb2", 25418, EXT4(""));
	disks_sh("echo PARTUUID=cafe0042-02 / ext4 >new-root/etc/fstab");
	look_at("vdb2");
	assert_int_equal(f.fstab, FSTAB_AGREES);
	disks_sh("echo PARTUUID=cafe0042-01 / ext4 >new-root/etc/fstab");
	look_at("vdb2");
	assert_int_equal(f.fstab, FSTAB_OTHER);
	/* no table, no number */
	look_at("vda2");
	assert_int_equal(f.fstab, FSTAB_UNSURE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_root_is_described_and_nothing_stays),
		TEST(one_without_init_says_so),
		TEST(init_is_the_one_that_was_asked_for),
		TEST(a_device_that_was_read_only_stays_so),
		TEST(a_subvolume_is_for_btrfs_only),
		TEST(what_is_no_file_system_or_not_safe_is_not_touched),
		TEST(a_type_whose_driver_might_write_is_not_looked_at),
		TEST(a_partuuid_in_fstab_is_looked_up),
		TEST(an_unclean_file_system_is_told),
		TEST(a_subvolume_with_a_system_is_pointed_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
