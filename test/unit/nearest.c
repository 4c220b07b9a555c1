/* SPDX-License-Identifier: MIT */
/*
 * What a person may have mistaken for the root that was asked for.
 */
#include "unit.h"

#include <string.h>

#include "lib/nearest.h"

#define UUID_A "11111111-2222-4333-8444-aaaaaaaaaaaa"
#define UUID_B "11111111-2222-4333-8444-bbbbbbbbbbbb"

static struct root_spec spec;
static struct seen seen;
static char text[512];

static struct seen_device *
add(const char *name, const char *type, const char *label, const char *uuid)
{
	struct seen_device *p = &seen.device[seen.count++];

	memset(p, 0, sizeof *p);
	p->probed = true;
	p->usage = !type[0] ? BLK_NOTHING : strstr(type, "member") ?
		BLK_MEMBER : BLK_FILESYSTEM;
	strcpy(p->name, name);
	strcpy(p->type, type);
	strcpy(p->label, label);
	strcpy(p->uuid, uuid);
	return p;
}

static int
begin(void **state)
{
	struct seen_device *p;

	(void)state;
	memset(&seen, 0, sizeof seen);
	memset(&spec, 0, sizeof spec);
	p = add("vda10", "xfs", "data", "");
	p = add("vda1", "ext4", "boot", UUID_A);
	strcpy(p->partuuid, "cafe0042-01");
	strcpy(p->partlabel, "Boot");
	p = add("vda2", "ext4", "root", UUID_B);
	strcpy(p->partuuid, "cafe0042-02");
	p = add("vda", "", "", "");
	p->table_read = true;
	return 0;
}

static void
expect(enum root_kind kind, const char *value, const char *wanted)
{
	spec.kind = kind;
	strcpy(spec.value, value);
	strcpy(text, "saw");
	nearest_match(&spec, &seen, text, sizeof text);
	assert_string_equal(text + 3, wanted);
}

static void
one_slip_is_near(void **state)
{
	static const char near[] = "; the UUID differs from that of vda2 in "
		"one character";

	(void)state;
	expect(ROOT_UUID, "11111111-2222-4333-8444-bbbbbbbbbbb0", near);
	expect(ROOT_UUID, "11111111-2222-4333-8444-bbbbbbbbbbb", near);
	expect(ROOT_UUID, "11111111-2222-4333-8444-bbbbbbbbbbbbb", near);
	expect(ROOT_UUID, "11111111-2222-4338-3444-BBBBBBBBBBBB", "");
	expect(ROOT_UUID, "11111111-2222-4338-444-bbbbbbbbbbbb", "");
	expect(ROOT_UUID, "1111111-12222-4333-8444-bbbbbbbbbbbb", near);
	expect(ROOT_UUID, "11111111-2222-4333-8444-bbbbbbbbbb00", "");
	expect(ROOT_LABEL, "rot", "; the LABEL differs from that of vda2 in "
		"one character");
	expect(ROOT_LABEL, "ROT", "");
	expect(ROOT_PARTUUID, "CAFE0042-2", "; the PARTUUID differs from that "
		"of vda2 in one character");
	expect(ROOT_PARTLABEL, "Boots", "; the PARTLABEL differs from that of "
		"vda1 in one character");
}

static void
no_more_than_two_are_named_in_their_order(void **state)
{
	(void)state;
	add("vdb1", "ext4", "", "11111111-2222-4333-8444-cccccccccccc");
	expect(ROOT_PARTUUID, "cafe0042-0x", "; the PARTUUID differs from that "
		"of vda1 in one character; the PARTUUID differs from that of "
		"vda2 in one character");
	strcpy(add("vdc1", "", "", "")->partuuid, "cafe0042-03");
	expect(ROOT_PARTUUID, "cafe0042-0x", "; the PARTUUID differs from that "
		"of vda1 in one character; the PARTUUID differs from that of "
		"vda2 in one character");
}

static void
labels_in_other_letters_are_near(void **state)
{
	(void)state;
	expect(ROOT_LABEL, "ROOT", "; the LABEL of vda2 is root, in other "
		"letters");
	expect(ROOT_PARTLABEL, "boot", "; that is the LABEL of vda1; the "
		"PARTLABEL of vda1 is Boot, in other letters");
}

static void
a_tag_of_another_kind_is_named(void **state)
{
	(void)state;
	expect(ROOT_UUID, "CAFE0042-02", "; that is the PARTUUID of vda2");
	expect(ROOT_PARTUUID, UUID_B, "; that is the UUID of vda2");
	expect(ROOT_LABEL, "Boot", "; that is the PARTLABEL of vda1; the "
		"LABEL of vda1 is boot, in other letters");
	expect(ROOT_UUID, "root", "; that is the LABEL of vda2");
	expect(ROOT_PARTLABEL, "root", "; that is the LABEL of vda2");
}

static void
what_has_the_tag_and_is_not_taken_says_why(void **state)
{
	(void)state;
	add("sda", "linux_raid_member", "host:0", "77777777");
	expect(ROOT_LABEL, "host:0", "; sda has this tag, but "
		"linux_raid_member is never taken by a tag");
	strcpy(add("sdb", "ext4", "held", "")->holder, "dm-0");
	expect(ROOT_LABEL, "held", "; sdb has this tag, but dm-0 holds it");
	spec.partnroff = 3;
	expect(ROOT_PARTUUID, "cafe0042-01", "; that is vda1, but vda has no "
		"partition 4");
	expect(ROOT_PARTUUID, "CAFE0042-01", "; that is vda1, but vda has no "
		"partition 4");
}

static void
the_only_file_system_is_named(void **state)
{
	(void)state;
	expect(ROOT_LABEL, "system", "");
	seen.count = 0;
	expect(ROOT_LABEL, "system", "");
	add("sda1", "linux_raid_member", "host:0", "");
	add("vda1", "ext4", "boot", UUID_A);
	expect(ROOT_LABEL, "system", "; ext4 found on vda1 but its LABEL is "
		"boot");
	expect(ROOT_UUID, "77", "; ext4 found on vda1 but its UUID is "
		UUID_A);
	expect(ROOT_PARTUUID, "77", "");
	seen.count = 0;
	add("vdc", "squashfs", "", "");
	expect(ROOT_LABEL, "system", "; squashfs found on vdc but it has no "
		"LABEL");
}

static void
the_same_place_has_another_name_with_another_driver(void **state)
{
	(void)state;
	expect(ROOT_NAME, "sda1", "; no sda1 is there, but vda1 is");
	expect(ROOT_NAME, "hda2", "; no hda2 is there, but vda2 is");
	expect(ROOT_NAME, "xvda10", "; no xvda10 is there, but vda10 is");
	expect(ROOT_NAME, "nvme0n1p2", "; no nvme0n1p2 is there, but vda2 is");
	expect(ROOT_NAME, "mmcblk0", "; no mmcblk0 is there, but vda is");
	expect(ROOT_NAME, "mmcblk0p1", "; no mmcblk0p1 is there, but vda1 is");
	expect(ROOT_NAME, "sdb1", "");
	expect(ROOT_NAME, "sda3", "");
	expect(ROOT_NAME, "sr0", "");
	expect(ROOT_NAME, "nvme0n2p1", "");
	expect(ROOT_NAME, "nvme1n1p1", "");
	expect(ROOT_NAME, "sda1x", "");
	add("nvme0n1", "", "", "");
	add("nvme0n1p1", "ext4", "", "");
	add("sdab3", "ext4", "", "");
	expect(ROOT_NAME, "vdab3", "; no vdab3 is there, but sdab3 is");
	expect(ROOT_NAME, "sda1", "; no sda1 is there, but nvme0n1p1 is; no "
		"sda1 is there, but vda1 is");
}

static void
a_disk_without_that_partition_is_named(void **state)
{
	(void)state;
	expect(ROOT_NAME, "vda7", "; vda is there, but has no partition 7");
	add("nvme0n1", "", "", "");
	expect(ROOT_NAME, "nvme0n1p3", "; nvme0n1 is there, but has no "
		"partition 3");
}

static void
a_name_with_a_slip_is_near(void **state)
{
	(void)state;
	add("nvme0n1p1", "ext4", "", "");
	expect(ROOT_NAME, "nvme0n11", "; nvme0n1p1 is there, which is one "
		"character from it");
	expect(ROOT_NAME, "vad1", "");
}

static void
what_nobody_put_together_is_named(void **state)
{
	(void)state;
	expect(ROOT_NAME, "md0", "");
	add("sda", "linux_raid_member", "", "");
	add("sdb", "LVM2_member", "", "");
	expect(ROOT_NAME, "md0", "; sda is a part of something "
		"(linux_raid_member) that is not put together here; sdb is a "
		"part of something (LVM2_member) that is not put together "
		"here");
	expect(ROOT_NAME, "mapper/vg-root", "; sda is a part of something "
		"(linux_raid_member) that is not put together here; sdb is a "
		"part of something (LVM2_member) that is not put together "
		"here");
}

static void
a_number_is_a_name_too(void **state)
{
	(void)state;
	spec.major = 8;
	spec.minor = 2;
	expect(ROOT_NUMBER, "802", "; 8:2 would be sda2; no sda2 is there, "
		"but vda2 is");
	spec.major = 3;
	spec.minor = 65;
	expect(ROOT_NUMBER, "341", "; 3:65 would be hdb1");
	spec.major = 259;
	expect(ROOT_NUMBER, "259:1", "");
}

static void
what_does_not_fit_is_cut(void **state)
{
	char small[16] = "saw";

	(void)state;
	spec.kind = ROOT_LABEL;
	strcpy(spec.value, "ROOT");
	nearest_match(&spec, &seen, small, sizeof small);
	assert_string_equal(small, "saw; the LABEL ");
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_slip_is_near),
		TEST(no_more_than_two_are_named_in_their_order),
		TEST(labels_in_other_letters_are_near),
		TEST(a_tag_of_another_kind_is_named),
		TEST(what_has_the_tag_and_is_not_taken_says_why),
		TEST(the_only_file_system_is_named),
		TEST(the_same_place_has_another_name_with_another_driver),
		TEST(a_disk_without_that_partition_is_named),
		TEST(a_name_with_a_slip_is_near),
		TEST(what_nobody_put_together_is_named),
		TEST(a_number_is_a_name_too),
		TEST(what_does_not_fit_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
