/* SPDX-License-Identifier: MIT */
/*
 * UUID=, LABEL=, /dev/NAME and numbers on a fixture machine: a fake /sys, image
 * files in place of devices; and what a failure says.
 */
#include "unit.h"

#include "search.h"

static char text[800];

static void
uuid_finds_its_file_system(void **state)
{
	(void)state;
	assert_int_equal(scan_for(ROOT_UUID, UUID_B), 1);
	expect("vda2", 254, 2, "ext4");
	assert_int_equal(scan_for(ROOT_UUID,
		"11111111-2222-4333-8444-BBBBBBBBBBBB"), 1);
	assert_int_equal(scan_for(ROOT_UUID, "11111111"), 0);
	assert_string_equal(fake_calls(), "");
}

static void
label_is_exact(void **state)
{
	(void)state;
	assert_int_equal(scan_for(ROOT_LABEL, "boot"), 1);
	expect("vda1", 254, 1, "ext2");
	assert_int_equal(scan_for(ROOT_LABEL, "Boot"), 0);
	assert_int_equal(scan_for(ROOT_LABEL, "boo"), 0);
}

static void
members_swap_and_ram_disks_are_never_taken(void **state)
{
	(void)state;
	disks_add("sda", 800, LUKS("aaaa"));
	disks_add("sdb", 816, SWAP("-U " UUID_A " -L swapped"));
	disks_add("sdc", 832, EXT4("-L member") " && " MD_BEHIND("16384"));
	disks_add("sdd", 848, EXT4("-L member") " && " MD_090);
	disks_add("sde", 864, LVM2);
	disks_add("ram0", 100, EXT4("-L initrd"));
	disks_add("fd0", 200, EXT4("-L floppy"));
	disks_add("loop0", 700, ": >$d");
	assert_int_equal(scan_for(ROOT_UUID, "aaaa"), 0);
	device_describe(&search, 0, text, sizeof text);
	assert_non_null(strstr(text, "sda (crypto_LUKS UUID=aaaa)"));
	assert_non_null(strstr(text, "sda has this tag, but crypto_LUKS is "
		"never taken by a tag"));
	assert_null(strstr(text, "loop0"));
	assert_int_equal(scan_for(ROOT_LABEL, "swapped"), 0);
	assert_int_equal(scan_for(ROOT_UUID, UUID_A), 1);
	assert_int_equal(scan_for(ROOT_LABEL, "member"), 0);
	assert_int_equal(scan_for(ROOT_UUID,
		"abcdef-ghij-klmn-opqr-stuv-wxyz-ABCDEF"), 0);
	assert_int_equal(scan_for(ROOT_LABEL, "initrd"), 0);
	assert_int_equal(scan_for(ROOT_LABEL, "floppy"), 0);
	/* named, they are obeyed */
	assert_int_equal(scan_for(ROOT_NAME, "sdc"), 1);
	expect("sdc", 8, 32, "");
}

static void
swap_has_its_tag_where_it_is_what_is_looked_for(void **state)
{
	(void)state;
	disks_add("sda", 800, LUKS("aaaa"));
	disks_add("sdb", 816, SWAP("-U " UUID_B " -L swapped"));
	disks_add("sdc", 832, SWAP("-L suspended") " && printf S1SUSPEND | "
		"dd of=$d bs=1 seek=4086 conv=notrunc");
	look_for(ROOT_LABEL, "swapped");
	search.swap = true;
	assert_int_equal(scan(), 1);
	expect("sdb", 8, 16, "swap");
	look_for(ROOT_LABEL, "suspended");
	search.swap = true;
	assert_int_equal(scan(), 1);
	expect("sdc", 8, 32, "swsuspend");
	look_for(ROOT_UUID, "aaaa");
	search.swap = true;
	assert_int_equal(scan(), 0);
	/* a swap file is named by its file system */
	look_for(ROOT_UUID, UUID_B);
	search.swap = true;
	search.word = "resume";
	assert_int_equal(scan(), -1);
	assert_non_null(strstr(e.text, "-- name one of them: resume=/dev/"));
}

static void
each_device_is_probed_once(void **state)
{
	(void)state;
	assert_int_equal(scan_for(ROOT_LABEL, "new"), 0);
	/* what would be seen if it were read again */
	disks_sh("tune2fs -L new dev/vda2");
	assert_int_equal(scan(), 0);
	assert_int_equal(event("add", "vda2"), 0);
	assert_int_equal(event("change", "vda2"), 1);
	expect("vda2", 254, 2, "ext4");
	disks_sh("tune2fs -L old dev/vda2");
	assert_int_equal(event("add", "vda2"), 1);
	assert_int_equal(event("change", "vda2"), 0);
}

static void
a_device_that_appears_is_found(void **state)
{
	(void)state;
	assert_int_equal(scan_for(ROOT_LABEL, "late"), 0);
	disks_add("vdb", 25416, EXT4("-L late"));
	assert_int_equal(event("add", "vdb"), 1);
	expect("vdb", 254, 16, "ext4");
}

static void
one_that_vanished_is_forgotten_by_the_next_scan(void **state)
{
	(void)state;
	assert_int_equal(scan_for(ROOT_LABEL, "root"), 1);
	disks_remove("vda2");
	assert_int_equal(scan(), 0);
}

static void
other_events_change_nothing(void **state)
{
	static struct uevent u;

	(void)state;
	look_for(ROOT_LABEL, "root");
	strcpy(u.text, "add@/x");
	assert_int_equal(uevent_parse(&u, 6), 0);
	assert_false(device_event(&search, &u));
	assert_int_equal(event("add", "a-name-longer-than-thirty-one-bytes-1"),
		0);
	assert_int_equal(event("add", "gone1"), 0);
	assert_int_equal(event("add", "../../etc/passwd1"), 0);
}

static void
a_name_is_looked_up_alone(void **state)
{
	(void)state;
	/* nothing else is touched: this one could not be */
	disks_sh("rm dev/vda1 && mkdir dev/vda1");
	assert_int_equal(scan_for(ROOT_NAME, "vda2"), 1);
	expect("vda2", 254, 2, "");
	assert_int_equal(search.seen.count, 0);
	assert_int_equal(scan_for(ROOT_NAME, "vda3"), 0);
	disks_add("vda3", 25403, EMPTY);
	assert_int_equal(event("add", "vda3"), 1);
	expect("vda3", 254, 3, "");
}

static void
a_name_with_a_slash_is_the_kernels_with_a_mark(void **state)
{
	(void)state;
	disks_add("cciss!c0d0p1", 10401, NULL);
	disks_sh("mkdir dev/cciss && touch dev/cciss/c0d0p1");
	assert_int_equal(scan_for(ROOT_NAME, "cciss/c0d0p1"), 1);
	expect("cciss!c0d0p1", 104, 1, "");
	assert_string_equal(fake_calls(), "");
}

static void
a_name_that_no_device_can_have_is_an_error(void **state)
{
	(void)state;
	assert_int_equal(scan_for(ROOT_NAME,
		"volumes/a-volume-group-with-a-name"), -1);
	assert_non_null(strstr(e.text, "/dev/volumes/a-volume"));
	/* but one of the device mapper can come yet */
	assert_int_equal(scan_for(ROOT_NAME,
		"mapper/a-volume-group-with-a-name"), 0);
}

static void
a_missing_node_is_made(void **state)
{
	(void)state;
	disks_add("sda1", 801, NULL);
	assert_int_equal(scan_for(ROOT_NAME, "sda1"), 1);
	expect("sda1", 8, 1, "");
	assert_string_equal(fake_calls(), "mknod sda1 060600 8:1\n");
	fake_reset();
	disks_add("cciss!c0d0", 10400, NULL);
	assert_int_equal(scan_for(ROOT_NAME, "cciss/c0d0"), 1);
	assert_string_equal(fake_calls(), "mknod cciss!c0d0 060600 104:0\n");
	/* a rehearsal leaves /dev alone */
	fake_reset();
	look_for(ROOT_NAME, "sda1");
	search.seen.at.look_only = true;
	assert_int_equal(scan(), 1);
	assert_string_equal(fake_calls(), "");
}

static void
a_number_waits_for_its_device(void **state)
{
	(void)state;
	look_for(ROOT_NUMBER, "8:1");
	spec.major = 8;
	spec.minor = 1;
	assert_int_equal(scan(), 0);
	disks_add("sda1", 801, EMPTY);
	assert_int_equal(event("add", "sda1"), 1);
	expect("sda1", 8, 1, "");
	assert_string_equal(fake_calls(), "");
}

static void
without_both_nothing_can_be_read(void **state)
{
	struct places none = disks_at;

	(void)state;
	none.sys = none.proc = -1;
	look_for(ROOT_LABEL, "root");
	device_search_begin(&search, &none);
	device_search_add(&search, &spec);
	assert_int_equal(scan(), -1);
	device_describe(&search, 0, text, sizeof text);
	assert_string_equal(text, "no block device");
}

static void
a_failure_says_what_was_seen(void **state)
{
	(void)state;
	assert_int_equal(scan_for(ROOT_NAME, "sda1"), 0);
	device_describe(&search, 0, text, sizeof text);
	assert_non_null(strstr(text, "vda1 (ext2 LABEL=boot UUID=" UUID_A));
	assert_non_null(strstr(text, "vda2 (ext4 LABEL=root UUID=" UUID_B));
	assert_non_null(strstr(text, "; no sda1 is there, but vda1 is"));
	assert_int_equal(scan_for(ROOT_NONE, ""), 0);
	device_describe(&search, 0, text, sizeof text);
	assert_non_null(strstr(text, "vda1 (ext2 LABEL=boot"));
}

static void
the_list_is_in_the_order_in_which_a_person_counts(void **state)
{
	static const char *const names[] = { "sda2", "sda10", "sdb1",
		"sdaa1", "vda1" };
	const char *at, *before = text;

	(void)state;
	/* neither the order of their numbers nor that of the directory */
	disks_add("sdb1", 800, "cp dev/vda1 $d");
	disks_add("sda10", 801, "cp dev/vda1 $d");
	disks_add("sdaa1", 802, "cp dev/vda1 $d");
	disks_add("sda2", 6620, "cp dev/vda1 $d");
	assert_int_equal(scan_for(ROOT_LABEL, "none"), 0);
	device_describe(&search, 0, text, sizeof text);
	for (int i = 0; i < 5; i++, before = at) {
		at = strstr(text, names[i]);
		assert_non_null(at);
		assert_true(at >= before);
	}
}

static void
a_failure_names_the_nearest_match(void **state)
{
	(void)state;
	assert_int_equal(scan_for(ROOT_UUID,
		"11111111-2222-4333-8444-bbbbbbbbbbb0"), 0);
	device_describe(&search, 0, text, sizeof text);
	assert_non_null(strstr(text, "; the UUID differs from that of vda2 in "
		"one character"));
	assert_int_equal(scan_for(ROOT_LABEL, "ROOT"), 0);
	device_describe(&search, 0, text, sizeof text);
	assert_non_null(strstr(text, "; the LABEL of vda2 is root, in other "
		"letters"));
}

static void
a_long_list_is_cut_between_devices(void **state)
{
	char name[8];

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		snprintf(name, sizeof name, "sd%c", 'a' + (int)i);
		disks_add(name, 800 + i, "cp dev/vda1 $d");
	}
	assert_int_equal(scan_for(ROOT_LABEL, "none"), 0);
	device_describe(&search, 0, text, sizeof text);
	assert_true(strlen(text) < sizeof text - 1);
	assert_string_equal(text + strlen(text) - 5, ", ...");
}

static void
more_devices_than_are_remembered_are_still_matched(void **state)
{
	struct seen_device *p;
	char name[16];

	(void)state;
	look_for(ROOT_LABEL, "root");
	for (unsigned i = 0; i < SEEN_MAX + 10; i++) {
		snprintf(name, sizeof name, "x%u", i);
		p = seen_remember(&search.seen, name);
		p->probed = true;
	}
	assert_int_equal(search.seen.count, SEEN_MAX);
	assert_int_equal(event("add", "vda1"), 0);
	assert_int_equal(event("add", "vda2"), 1);
	assert_int_equal(event("add", "vda1"), 1);
	expect("vda2", 254, 2, "ext4");
	device_describe(&search, 0, text, sizeof text);
	assert_int_equal(strncmp(text, "more than 256 devices: ", 23), 0);
	/* not those of an earlier search */
	assert_int_equal(scan_for(ROOT_LABEL, "none"), 0);
	device_describe(&search, 0, text, sizeof text);
	assert_int_equal(strncmp(text, "vda", 3), 0);
}

static void
a_device_that_cannot_be_read_is_told_and_the_others_found(void **state)
{
	(void)state;
	disks_sh("rm dev/vda1 && mkdir dev/vda1");
	assert_int_equal(scan_for(ROOT_LABEL, "root"), 1);
	expect("vda2", 254, 2, "ext4");
	assert_int_equal(scan_for(ROOT_LABEL, "boot"), 0);
	device_describe(&search, 0, text, sizeof text);
	assert_non_null(strstr(text, "vda1 (cannot be read)"));
	/* it may be better the next time */
	disks_sh("rmdir dev/vda1 && cp dev/vda2 dev/vda1 && "
		"tune2fs -L boot dev/vda1");
	assert_int_equal(scan(), 1);
	expect("vda1", 254, 1, "ext4");
}

/* Between the event and the look at it. */
static void
unplug(const char *call)
{
	if (strncmp(call, "mknod vdb ", 10) == 0)
		disks_remove("vdb");
}

static void
a_device_that_vanishes_while_it_is_looked_at_is_none(void **state)
{
	(void)state;
	assert_int_equal(scan_for(ROOT_LABEL, "late"), 0);
	disks_add("vdb", 25416, NULL);
	fake_hook = unplug;
	assert_int_equal(event("add", "vdb"), 0);
	fake_hook = NULL;
	assert_string_equal(fake_calls(), "mknod vdb 060600 254:16\n");
	assert_true(seen_find(&search.seen, "vdb")->unreadable);
	assert_int_equal(event("remove", "vdb"), 0);
	assert_null(seen_find(&search.seen, "vdb"));
	assert_int_equal(scan(), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(uuid_finds_its_file_system),
		TEST(label_is_exact),
		TEST(members_swap_and_ram_disks_are_never_taken),
		TEST(swap_has_its_tag_where_it_is_what_is_looked_for),
		TEST(each_device_is_probed_once),
		TEST(a_device_that_appears_is_found),
		TEST(one_that_vanished_is_forgotten_by_the_next_scan),
		TEST(other_events_change_nothing),
		TEST(a_name_is_looked_up_alone),
		TEST(a_name_with_a_slash_is_the_kernels_with_a_mark),
		TEST(a_name_that_no_device_can_have_is_an_error),
		TEST(a_missing_node_is_made),
		TEST(a_number_waits_for_its_device),
		TEST(without_both_nothing_can_be_read),
		TEST(a_failure_says_what_was_seen),
		TEST(the_list_is_in_the_order_in_which_a_person_counts),
		TEST(a_failure_names_the_nearest_match),
		TEST(a_long_list_is_cut_between_devices),
		TEST(a_device_that_cannot_be_read_is_told_and_the_others_found),
		TEST(a_device_that_vanishes_while_it_is_looked_at_is_none),
		TEST(more_devices_than_are_remembered_are_still_matched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
