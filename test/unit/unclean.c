/* SPDX-License-Identifier: MIT */
/*
 * File systems that were unmounted and that were not, made by the tools that
 * own them, with the bits changed that a running system would have changed.
 */
#include "unit.h"

#include "disks.h"
#include "lib/unclean.h"

static bool
unclean(const char *type)
{
	int fd = openat(disks_at.dev, "x", O_RDONLY | O_CLOEXEC);
	bool result = unclean_superblock(fd, type);

	assert_true(fd >= 0);
	close(fd);
	return result;
}

/* One byte of dev/x, in octal. */
static void
poke(long at, const char *byte)
{
	char line[128];

	snprintf(line, sizeof line, "printf '\\%s' | dd of=dev/x bs=1 "
		"seek=%ld conv=notrunc", byte, at);
	disks_sh(line);
}

static void
ext_says_it_by_state_and_by_its_journal(void **state)
{
	(void)state;
	disks_sh("mke2fs -q -t ext2 dev/x 4M");
	assert_false(unclean("ext2"));
	poke(1024 + 58, "000");
	assert_true(unclean("ext2"));
	disks_sh("mke2fs -q -t ext4 dev/x 8M");
	assert_false(unclean("ext4"));
	disks_sh("debugfs -w -R 'feature needs_recovery' dev/x");
	assert_true(unclean("ext4"));
	disks_sh("e2fsck -fy dev/x || test $? = 1");
	assert_false(unclean("ext4"));
	/* not ext at all, whatever was said */
	disks_sh("truncate -s 0 dev/x && truncate -s 4M dev/x");
	assert_false(unclean("ext4"));
}

static void
btrfs_says_it_by_a_log_root(void **state)
{
	(void)state;
	disks_sh("truncate -s 128M dev/x && mkfs.btrfs -q dev/x");
	assert_false(unclean("btrfs"));
	poke(65536 + 98, "001");
	assert_true(unclean("btrfs"));
}

static void
fat_says_it_by_its_mark(void **state)
{
	(void)state;
	disks_sh("truncate -s 32M dev/x && mkfs.vfat -F 16 dev/x");
	assert_false(unclean("vfat"));
	poke(65, "001");
	assert_false(unclean("vfat"));
	poke(37, "001");
	assert_true(unclean("vfat"));
	disks_sh("rm dev/x && truncate -s 64M dev/x && "
		"mkfs.vfat -F 32 dev/x");
	poke(37, "001");
	assert_false(unclean("vfat"));
	poke(65, "001");
	assert_true(unclean("vfat"));
}

static void
others_and_what_is_cut_short_say_nothing(void **state)
{
	(void)state;
	disks_sh("mke2fs -q -t ext2 dev/x 4M && truncate -s 1080 dev/x");
	assert_false(unclean("ext2"));
	assert_false(unclean("xfs"));
	disks_sh(": >dev/x");
	assert_false(unclean("ext2"));
	assert_false(unclean("btrfs"));
	assert_false(unclean("vfat"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, disks_begin, disks_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ext_says_it_by_state_and_by_its_journal),
		TEST(btrfs_says_it_by_a_log_root),
		TEST(fat_says_it_by_its_mark),
		TEST(others_and_what_is_cut_short_say_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
