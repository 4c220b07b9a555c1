/* SPDX-License-Identifier: MIT */
/*
 * PARTUUID= and PARTLABEL= on a fixture machine, and a machine without /sys.
 */
#include "unit.h"

#include "search.h"

static void
partuuid_takes_any_case_and_a_beginning(void **state)
{
	(void)state;
	gpt("vda");
	assert_int_equal(scan_for(ROOT_PARTUUID, UUID_B), 1);
	expect("vda2", 254, 2, "");
	assert_int_equal(scan_for(ROOT_PARTUUID,
		"11111111-2222-4333-8444-BBBB"), 1);
	expect("vda2", 254, 2, "");
	assert_int_equal(scan_for(ROOT_PARTUUID, "1111"), 1);
	expect("vda1", 254, 1, "");
	assert_int_equal(scan_for(ROOT_PARTUUID, UUID_B "0"), 0);
}

static int
scan_partnroff(const char *uuid, int offset)
{
	look_for(ROOT_PARTUUID, uuid);
	spec.partnroff = offset;
	return scan();
}

static void
partnroff_counts_on_the_same_disk(void **state)
{
	(void)state;
	gpt("vda");
	assert_int_equal(scan_partnroff(UUID_A, 1), 1);
	expect("vda2", 254, 2, "");
	assert_int_equal(scan_partnroff(UUID_B, -1), 1);
	expect("vda1", 254, 1, "");
	assert_int_equal(scan_partnroff(UUID_A, -1), 1);
	expect("vda", 254, 0, "");
	assert_int_equal(scan_partnroff(UUID_A, -2), 0);
	assert_int_equal(scan_partnroff(UUID_A, 2), 0);
	assert_int_equal(scan_partnroff(UUID_A, 2147483647), 0);
	/* the kernel has it later */
	assert_int_equal(scan_partnroff(UUID_A, 2), 0);
	disks_add("vda3", 25403, EMPTY);
	assert_int_equal(event("add", "vda3"), 1);
	expect("vda3", 254, 3, "");
}

static void
partlabel_is_utf8_or_the_kernels_spelling(void **state)
{
	(void)state;
	gpt("vda");
	assert_int_equal(scan_for(ROOT_PARTLABEL, "w\xc3\xbcrzel"), 1);
	expect("vda2", 254, 2, "");
	assert_int_equal(scan_for(ROOT_PARTLABEL, "w|rzel"), 1);
	expect("vda2", 254, 2, "");
	assert_int_equal(scan_for(ROOT_PARTLABEL, "wurzel"), 0);
	assert_int_equal(scan_for(ROOT_PARTLABEL, "Boot"), 0);
}

static void
an_mbr_partuuid_is_found_on_nvme(void **state)
{
	(void)state;
	disks_add("nvme0n1", 25900, "truncate -s 8M $d && printf '%s\n' "
		"label:dos label-id:0xdeadbeef 'start=2048,size=2048' "
		"'start=4096,size=2048' | sfdisk -q $d");
	assert_int_equal(scan_for(ROOT_PARTUUID, "DEADBEEF-02"), 0);
	/* a disk is reported before its partitions are scanned */
	disks_add("nvme0n1p2", 25902, EMPTY);
	assert_int_equal(event("add", "nvme0n1p2"), 1);
	expect("nvme0n1p2", 259, 2, "");
}

static void
an_mbr_without_a_signature_has_one_of_zeros(void **state)
{
	(void)state;
	disks_add("vdb", 25416, "truncate -s 8M $d && printf '%s\n' "
		"label:dos 'start=2048,size=2048' 'start=4096,size=2048' | "
		"sfdisk -q $d && dd if=/dev/zero of=$d bs=1 seek=440 count=4 "
		"conv=notrunc");
	disks_add("vdb2", 25418, EMPTY);
	assert_int_equal(scan_for(ROOT_PARTUUID, "00000000-02"), 1);
	expect("vdb2", 254, 18, "");
}

static void
one_partuuid_on_two_disks_is_refused(void **state)
{
	(void)state;
	gpt("vda");
	disks_add("vdb", 25416, "cp dev/vda $d");
	disks_add("vdb2", 25418, EMPTY);
	assert_int_equal(scan_for(ROOT_PARTUUID, UUID_B), -1);
	assert_non_null(strstr(e.text, "PARTUUID=" UUID_B));
	assert_non_null(strstr(e.text, "vda2"));
	assert_non_null(strstr(e.text, "vdb2"));
}

static void
a_new_table_takes_the_place_of_the_old_one(void **state)
{
	(void)state;
	assert_int_equal(scan_for(ROOT_PARTUUID, UUID_B), 0);
	gpt("vda");
	assert_int_equal(event("change", "vda"), 1);
	expect("vda2", 254, 2, "");
	disks_sh("truncate -s 0 dev/vda && truncate -s 8M dev/vda");
	assert_int_equal(event("change", "vda"), 0);
}

static void
a_failure_lists_the_tags_of_partitions(void **state)
{
	static char text[800];

	(void)state;
	gpt("vda");
	assert_int_equal(scan_for(ROOT_PARTLABEL, "Boot"), 0);
	device_describe(&search, 0, text, sizeof text);
	assert_string_equal(text, "vda, vda1 (ext2 PARTLABEL=boot PARTUUID="
		UUID_A "), vda2 (ext4 PARTLABEL=w\xc3\xbcrzel PARTUUID="
		UUID_B "); the PARTLABEL of vda1 is boot, in other letters");
	/* of file systems when those are asked for; not what is in the table
	 * only */
	disks_remove("vda1");
	assert_int_equal(scan_for(ROOT_LABEL, "system"), 0);
	device_describe(&search, 0, text, sizeof text);
	assert_string_equal(text, "vda, vda2 (ext4 LABEL=root UUID=" UUID_B
		"); ext4 found on vda2 but its LABEL is root");
}

static void
without_sys_proc_partitions_is_enough(void **state)
{
	(void)state;
	close(disks_at.sys);
	disks_at.sys = -1;
	assert_int_equal(scan_for(ROOT_LABEL, "root"), 1);
	expect("vda2", 254, 2, "ext4");
	assert_int_equal(scan_for(ROOT_NAME, "vda1"), 1);
	expect("vda1", 254, 1, "");
	gpt("vda");
	assert_int_equal(scan_for(ROOT_PARTUUID, UUID_B), 1);
	expect("vda2", 254, 2, "");
	look_for(ROOT_NUMBER, "254:1");
	spec.major = 254;
	spec.minor = 1;
	assert_int_equal(scan(), 1);
	expect("vda1", 254, 1, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(partuuid_takes_any_case_and_a_beginning),
		TEST(partnroff_counts_on_the_same_disk),
		TEST(partlabel_is_utf8_or_the_kernels_spelling),
		TEST(an_mbr_partuuid_is_found_on_nvme),
		TEST(an_mbr_without_a_signature_has_one_of_zeros),
		TEST(one_partuuid_on_two_disks_is_refused),
		TEST(a_new_table_takes_the_place_of_the_old_one),
		TEST(a_failure_lists_the_tags_of_partitions),
		TEST(without_sys_proc_partitions_is_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
