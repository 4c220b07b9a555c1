/* SPDX-License-Identifier: MIT */
/*
 * Several roots in one search: root= and its fallbacks, each judged for
 * itself, every device read once for all of them.
 */
#include "unit.h"

#include "search.h"

static struct root_spec more[DEVICE_SPECS_MAX];

/* As linuxrc.rootfallback= number which. */
static void
and_for(unsigned which, enum root_kind kind, const char *value)
{
	memset(&more[which], 0, sizeof more[which]);
	more[which].kind = kind;
	strcpy(more[which].value, value);
	assert_int_equal(device_search_add(&search, &more[which]), which);
}

static int
judge(unsigned which)
{
	memset(&found, 0, sizeof found);
	return device_judge(&search, which, &found, &e);
}

static void
each_is_judged_for_itself(void **state)
{
	(void)state;
	look_for(ROOT_UUID, "not there");
	and_for(1, ROOT_LABEL, "boot");
	and_for(2, ROOT_UUID, UUID_B);
	and_for(3, ROOT_NAME, "vda1");
	and_for(4, ROOT_NAME, "vda9");
	assert_int_equal(scan(), 0);
	assert_int_equal(judge(1), 1);
	expect("vda1", 254, 1, "ext2");
	assert_int_equal(judge(2), 1);
	expect("vda2", 254, 2, "ext4");
	assert_int_equal(judge(3), 1);
	expect("vda1", 254, 1, "");
	assert_int_equal(judge(4), 0);
	assert_int_equal(judge(0), 0);
}

static void
twins_of_one_are_none_of_another(void **state)
{
	(void)state;
	disks_add("vdb1", 25417, "cp dev/vda2 $d");
	look_for(ROOT_LABEL, "root");
	and_for(1, ROOT_LABEL, "boot");
	assert_int_equal(scan(), -1);
	assert_int_equal(judge(1), 1);
	expect("vda1", 254, 1, "ext2");
}

static void
one_read_serves_all(void **state)
{
	(void)state;
	look_for(ROOT_LABEL, "new");
	and_for(1, ROOT_LABEL, "root");
	assert_int_equal(scan(), 0);
	disks_sh("tune2fs -L new dev/vda2");
	assert_int_equal(scan(), 0);
	assert_int_equal(judge(1), 1);
	/* it says that it changed */
	assert_int_equal(event("change", "vda2"), 1);
	assert_int_equal(judge(1), 0);
}

static void
tags_of_tables_and_of_superblocks_go_together(void **state)
{
	(void)state;
	gpt("vda");
	look_for(ROOT_LABEL, "root");
	and_for(1, ROOT_PARTUUID, UUID_A);
	and_for(2, ROOT_PARTLABEL, "boot");
	and_for(3, ROOT_PARTUUID, UUID_A);
	more[3].partnroff = 1;
	assert_int_equal(scan(), 1);
	expect("vda2", 254, 2, "ext4");
	assert_int_equal(judge(1), 1);
	expect("vda1", 254, 1, "ext2");
	assert_int_equal(judge(2), 1);
	assert_int_equal(judge(3), 1);
	expect("vda2", 254, 2, "ext4");
	/* without its table the disk has no such partition; what is on the
	 * other is known still */
	disks_sh("truncate -s 0 dev/vda && truncate -s 8M dev/vda");
	assert_int_equal(event("change", "vda"), 1);
	assert_int_equal(judge(1), 0);
	assert_int_equal(judge(2), 0);
	assert_int_equal(judge(3), 0);
}

static void
a_disk_that_comes_is_asked_for_all(void **state)
{
	(void)state;
	look_for(ROOT_PARTUUID, "cafe");
	and_for(1, ROOT_UUID, "no");
	assert_int_equal(scan(), 0);
	disks_add("vdb", 25416, NULL);
	disks_sh("d=dev/vdb; " EXT4("-L whole -U cafecafe-0000-4000-8000-"
		"000000000000"));
	strcpy(more[1].value, "CAFECAFE-0000-4000-8000-000000000000");
	assert_int_equal(event("add", "vdb"), 0);
	assert_int_equal(judge(1), 1);
	expect("vdb", 254, 16, "ext4");
}

static void
names_alone_need_no_scan(void **state)
{
	(void)state;
	look_for(ROOT_NAME, "vda1");
	and_for(1, ROOT_NUMBER, "");
	more[1].major = 254;
	more[1].minor = 2;
	assert_int_equal(scan(), 1);
	assert_int_equal(judge(1), 1);
	expect("vda2", 254, 2, "");
	assert_int_equal(search.seen.count, 0);
}

static void
a_kind_without_a_device_is_never_there(void **state)
{
	(void)state;
	assert_false(device_can_be(ROOT_NONE));
	assert_false(device_can_be(ROOT_NFS));
	assert_false(device_can_be(ROOT_OTHER));
	assert_false(device_can_be(ROOT_AUTO));
	assert_true(device_can_be(ROOT_NAME));
	assert_true(device_can_be(ROOT_NUMBER));
	assert_true(device_can_be(ROOT_UUID));
	assert_true(device_can_be(ROOT_LABEL));
	assert_true(device_can_be(ROOT_PARTUUID));
	assert_true(device_can_be(ROOT_PARTLABEL));
	assert_int_equal(scan_for(ROOT_NONE, ""), 0);
	and_for(1, ROOT_LABEL, "root");
	assert_int_equal(scan(), 0);
	assert_int_equal(judge(1), 1);
}

static bool
could_be_root(const char *name)
{
	const struct seen_device *p = seen_find(&search.seen, name);

	return p && (p->fits >> 1 & 1) != 0;
}

static void
auto_could_be_any_file_system_and_nothing_else(void **state)
{
	(void)state;
	disks_add("vdb", 25416, SWAP(""));
	disks_add("vdc", 25432, LUKS("aaaa"));
	disks_add("ram0", 100, EXT4(""));
	disks_add("fd0", 200, EXT4(""));
	look_for(ROOT_LABEL, "boot");
	and_for(1, ROOT_AUTO, "auto");
	assert_int_equal(scan(), 1);
	assert_int_equal(judge(1), 0);
	assert_true(could_be_root("vda1"));
	assert_true(could_be_root("vda2"));
	assert_false(could_be_root("vda"));
	assert_false(could_be_root("vdb"));
	assert_false(could_be_root("vdc"));
	assert_false(could_be_root("ram0"));
	assert_null(seen_find(&search.seen, "fd0"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_is_judged_for_itself),
		TEST(twins_of_one_are_none_of_another),
		TEST(one_read_serves_all),
		TEST(tags_of_tables_and_of_superblocks_go_together),
		TEST(a_disk_that_comes_is_asked_for_all),
		TEST(names_alone_need_no_scan),
		TEST(auto_could_be_any_file_system_and_nothing_else),
		TEST(a_kind_without_a_device_is_never_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
