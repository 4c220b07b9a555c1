/* SPDX-License-Identifier: MIT */
/*
 * What fixture trees say of themselves: a system, a disk with data, and what a
 * hostile disk may have in place of files.
 */
#include "unit.h"

#include "disks.h"
#include "lib/rootinfo.h"

static struct rootinfo info;

static void
look(const char *release)
{
	memset(&info, 'x', sizeof info);
	rootinfo_read(disks_at.root, release, &info);
}

static void
a_system_is_described(void **state)
{
	(void)state;
	disks_sh("mkdir -p etc usr/lib lib/modules/6.1.0-9 boot "
		"lib/modules/6.1.0-50 lib/modules/extra lib/modules/5.10.3 && "
		"echo 'PRETTY_NAME=\"Debian GNU/Linux 12\"' >usr/lib/os-release"
		" && ln -s ../usr/lib/os-release etc/os-release && "
		"printf '%s\n' 'LABEL=my\\040root / ext4 ro 0 1' >etc/fstab && "
		": >boot/vmlinuz-6.9.9");
	look("6.1.0-9");
	assert_string_equal(info.release, "Debian GNU/Linux 12");
	assert_string_equal(info.kernel, "6.1.0-50");
	assert_true(info.modules);
	assert_string_equal(info.fstab, "LABEL=my root");
	look("6.1.0");
	assert_false(info.modules);
}

static void
a_system_without_etc_and_modules(void **state)
{
	(void)state;
	disks_sh("mkdir -p usr/lib boot && echo NAME=Tiny >usr/lib/os-release"
		" && : >boot/vmlinuz-6.9 && : >boot/vmlinuz && "
		": >boot/vmlinuz-old && : >boot/vmlinuz-6.10.2-rc1");
	look("6.9");
	assert_string_equal(info.release, "Tiny");
	assert_string_equal(info.kernel, "6.10.2-rc1");
	assert_false(info.modules);
	assert_string_equal(info.fstab, "");
}

static void
a_disk_with_data_says_nothing(void **state)
{
	(void)state;
	disks_sh("mkdir -p photos lost+found");
	look("6.1");
	assert_string_equal(info.release, "");
	assert_string_equal(info.kernel, "");
	assert_string_equal(info.fstab, "");
	assert_false(info.modules);
}

static void
what_is_no_file_does_not_hold_it_up(void **state)
{
	(void)state;
	disks_sh("mkdir -p etc usr/lib lib boot && mkfifo etc/fstab && "
		"mkdir etc/os-release && ln -s os-release usr/lib/os-release &&"
		" : >lib/modules && mkfifo boot/vmlinuz-1.0");
	look("");
	assert_string_equal(info.release, "");
	assert_string_equal(info.fstab, "");
	assert_string_equal(info.kernel, "1.0");
}

static void
what_is_too_long_or_steers_a_terminal_is_left_out(void **state)
{
	(void)state;
	disks_sh("mkdir -p etc lib/modules boot && "
		"{ echo /dev/sda1 / ext4; head -c 65536 /dev/zero; } >etc/fstab"
		" && printf 'NAME=a\\033b' >etc/os-release && "
		"mkdir \"lib/modules/6.1$(printf '\\033')[2J\" && "
		"mkdir \"lib/modules/9$(printf %0200d 1)\"");
	look("6.1");
	assert_string_equal(info.fstab, "");
	assert_string_equal(info.release, "a?b");
	assert_string_equal(info.kernel, "6.1?[2J");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, disks_begin, disks_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_system_is_described),
		TEST(a_system_without_etc_and_modules),
		TEST(a_disk_with_data_says_nothing),
		TEST(what_is_no_file_does_not_hold_it_up),
		TEST(what_is_too_long_or_steers_a_terminal_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
