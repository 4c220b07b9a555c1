/* SPDX-License-Identifier: MIT */
/*
 * Which file is meant, which part of it, and what is said when there is none.
 * chroot(2) is a fake, so the tests stand where it would lead.
 */
#include "unit.h"

#include "disks.h"
#include "fake_sys.h"
#include "image.h"
#include "lib/log.h"

static struct image image;
static struct root_device device;
static struct err e;
static char top[4096];

static int
begin(void **state)
{
	disks_begin(state);
	fake_reset();
	fake_below(disks_dir);
	log_open(disks_at.dev);
	disks_sh(": >dev/loop-control");
	disks_add("loop0", 700, ":>$d");
	disks_sh("mkdir -p new-root/live new-root/empty && cd new-root && "
		"mke2fs -q -t ext4 -L sys live/root.img 8M && "
		"echo text >live/notes && : >live/nothing");
	memset(&device, 0xff, sizeof device);
	assert_non_null(getcwd(top, sizeof top));
	return 0;
}

static int
attach(const char *text, bool rw)
{
	char dir[96];
	int result;

	snprintf(dir, sizeof dir, "%s/new-root", disks_dir);
	assert_int_equal(chdir(dir), 0);
	image = (struct image){ .text = text, .dir = dir, .in = "vda1",
		.rw = rw };
	fake_forget();
	result = image_attach(&image, &disks_at, &device, &e);
	assert_int_equal(chdir(top), 0);
	if (image.fd >= 0)
		close(image.fd);
	return result;
}

static void
has(const char *words)
{
	if (!strstr(e.text, words))
		fail_msg("\"%s\" lacks \"%s\"", e.text, words);
}

static void
refused(const char *text, const char *why)
{
	assert_int_equal(attach(text, false), -1);
	has(why);
	assert_int_equal(fake_count("loop_configure"), 0);
}

/* A disk with this table; its partitions lie at 1 MiB, 2 MiB, ... */
static void
add_disk(const char *name, const char *table, const char *lines)
{
	char text[512];

	snprintf(text, sizeof text, "cd new-root && truncate -s 24M %s && "
		"printf 'label: %s\\n%s' | sfdisk -q %s", name, table, lines,
		name);
	disks_sh(text);
}

static void
put_fs(const char *name, const char *make, unsigned mib)
{
	char text[512];

	snprintf(text, sizeof text, "cd new-root && truncate -s 2M fs && %s && "
		"dd if=fs of=%s bs=1M seek=%u conv=notrunc && rm fs", make,
		name, mib);
	disks_sh(text);
}

static void
a_file_is_put_on_a_loop_device(void **state)
{
	(void)state;
	assert_int_equal(attach("/live/root.img", false), 0);
	assert_string_equal(device.name, "loop0");
	assert_int_equal(device.major, 7);
	assert_int_equal(device.minor, 0);
	assert_string_equal(device.fstype, "");
	assert_string_equal(image.types, "");
	assert_non_null(strstr(fake_calls(), "new-root\nchroot .\nchroot .\n"
		"loop_free dev/loop-control\nloop_configure dev/loop0 "
		"new-root/live/root.img offset=0 size=0 flags=0x5 "
		"name=/live/root.img\n"));
}

static void
rw_is_passed_on(void **state)
{
	(void)state;
	assert_int_equal(attach("/live/root.img:ext4,ext2", true), 0);
	assert_true(image.rw);
	assert_string_equal(image.types, "ext4,ext2");
	assert_non_null(strstr(fake_calls(), " flags=0x4 "));
}

static void
a_file_without_a_table_is_taken_whole(void **state)
{
	(void)state;
	assert_int_equal(attach("/live/notes", false), 0);
	assert_non_null(strstr(fake_calls(), "offset=0 size=0 "));
}

static void
the_most_similar_name_is_given(void **state)
{
	(void)state;
	refused("/live/rot.img", "linuxrc.image=/live/rot.img: No such file "
		"or directory -- /live of vda1 has root.img");
	refused("/Live/root.img", "-- / of vda1 has live");
	refused("/live/Root.IMG", "-- /live of vda1 has root.img");
}

static void
else_what_is_there_is_listed(void **state)
{
	(void)state;
	refused("/empty/a", "-- /empty of vda1 has nothing");
	refused("/live/abcdefghijkl", "-- /live of vda1 has ");
	has("root.img");
	has("notes, ");
	/* the name is that of a file, not of a directory */
	refused("/live/notes/a", "Not a directory -- /live of vda1 has "
		"notes");
}

static void
what_is_no_file_is_refused(void **state)
{
	(void)state;
	refused("/live", "linuxrc.image=/live: that is no file");
	refused("/live/nothing", ": the file is empty");
	refused("/", "names no file");
}

static void
the_one_partition_with_a_file_system_is_taken(void **state)
{
	(void)state;
	add_disk("disk", "dos", "start=2048,size=2048\\n"
		"start=4096,size=4096\\n");
	put_fs("disk", "mke2fs -q fs", 2);
	assert_int_equal(attach("/disk", false), 0);
	assert_non_null(strstr(fake_calls(), "offset=2097152 size=2097152 "));
}

static void
of_several_one_has_to_be_named(void **state)
{
	(void)state;
	add_disk("disk", "gpt", "start=2048,size=4096\\n"
		"start=8192,size=4096\\n");
	put_fs("disk", "mkfs.vfat fs", 1);
	put_fs("disk", "mke2fs -q -L sys fs", 4);
	refused("/disk", "linuxrc.image=/disk: several of its partitions hold "
		"a file system -- name one of #1 (vfat), #2 (ext2 LABEL=sys)");
	assert_int_equal(attach("/disk#2", false), 0);
	assert_non_null(strstr(fake_calls(), "offset=4194304 size=2097152 "));
	refused("/disk#3", "linuxrc.image=/disk#3: it has no such partition "
		"-- it has #1 (vfat), #2 (ext2 LABEL=sys)");
}

static void
one_that_is_named_needs_no_file_system(void **state)
{
	(void)state;
	add_disk("disk", "dos", "start=2048,size=2048\\n");
	refused("/disk", "none of its partitions holds a file system -- it "
		"has #1 (nothing known)");
	assert_int_equal(attach("/disk#1", false), 0);
	assert_non_null(strstr(fake_calls(), "offset=1048576 size=1048576 "));
	/* and 0 is all of it, table or not */
	assert_int_equal(attach("/disk#0", false), 0);
	assert_non_null(strstr(fake_calls(), "offset=0 size=0 "));
	refused("/live/root.img#1", "no such partition -- it has none");
}

/* Like a CD image with a partition table for sticks. */
static void
a_file_system_in_the_whole_comes_first(void **state)
{
	(void)state;
	disks_sh("cd new-root && mke2fs -q iso 24M && printf "
		"'start=2048,size=4096\\n' | sfdisk -q iso");
	put_fs("iso", "mkfs.vfat fs", 1);
	assert_int_equal(attach("/iso", false), 0);
	assert_non_null(strstr(fake_calls(), "offset=0 size=0 "));
}

static void
without_loop_devices_the_code_is_enodev(void **state)
{
	(void)state;
	disks_sh("rm dev/loop-control");
	assert_int_equal(attach("/live/root.img", false), -1);
	assert_int_equal(e.code, ENODEV);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, disks_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_put_on_a_loop_device),
		TEST(rw_is_passed_on),
		TEST(a_file_without_a_table_is_taken_whole),
		TEST(the_most_similar_name_is_given),
		TEST(else_what_is_there_is_listed),
		TEST(what_is_no_file_is_refused),
		TEST(the_one_partition_with_a_file_system_is_taken),
		TEST(of_several_one_has_to_be_named),
		TEST(one_that_is_named_needs_no_file_system),
		TEST(a_file_system_in_the_whole_comes_first),
		TEST(without_loop_devices_the_code_is_enodev),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
