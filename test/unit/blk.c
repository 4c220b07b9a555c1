/* SPDX-License-Identifier: MIT */
/*
 * What libblkid is asked, on real images: types, tags, members, several
 * signatures, damage; partition tables.
 */
#include "unit.h"

#include "disks.h"
#include "lib/blk.h"

static struct blk_info info;
static struct err e;

/* Make an image with the shell line and probe it. Skips the test when the
 * tool that the line begins with is not on this machine. */
static int
probe(const char *line)
{
	char text[1024];
	int fd, result;

	snprintf(text, sizeof text, "rm -f dev/x; d=dev/x; %s", line);
	disks_sh(text);
	fd = openat(disks_at.dev, "x", O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	result = blk_probe(fd, &info, &e);
	close(fd);
	return result;
}

static bool
have(const char *tool)
{
	char line[64];

	snprintf(line, sizeof line, "command -v %s", tool);
	if (disks_try(line) == 0)
		return true;
	print_message("skipped: there is no %s\n", tool);
	return false;
}

static void
expect(enum blk_usage usage, const char *type, const char *uuid,
	const char *label)
{
	assert_int_equal(info.usage, usage);
	assert_string_equal(info.type, type);
	assert_string_equal(info.uuid, uuid);
	assert_string_equal(info.label, label);
}

static void
ext2_to_4_have_type_uuid_and_label(void **state)
{
	static const char *const types[] = { "ext2", "ext3", "ext4" };
	char line[256];

	(void)state;
	for (int i = 0; i < 3; i++) {
		snprintf(line, sizeof line, "mke2fs -q -t %s -U " UUID_A
			" -L 'my root' $d 8M", types[i]);
		assert_int_equal(probe(line), 0);
		expect(BLK_FILESYSTEM, types[i], UUID_A, "my root");
	}
}

static void
xfs_is_seen(void **state)
{
	(void)state;
	if (!have("mkfs.xfs"))
		skip();
	assert_int_equal(probe("truncate -s 320M $d && mkfs.xfs -q -L ROOT "
		"-m uuid=" UUID_A " $d"), 0);
	expect(BLK_FILESYSTEM, "xfs", UUID_A, "ROOT");
}

static void
btrfs_is_seen_at_64_kib(void **state)
{
	(void)state;
	if (!have("mkfs.btrfs"))
		skip();
	assert_int_equal(probe("truncate -s 128M $d && mkfs.btrfs -q -L ROOT "
		"-U " UUID_A " $d"), 0);
	expect(BLK_FILESYSTEM, "btrfs", UUID_A, "ROOT");
}

static void
devices_of_one_btrfs_differ_in_their_uuid_sub(void **state)
{
	char first[48];

	(void)state;
	if (!have("mkfs.btrfs"))
		skip();
	assert_int_equal(probe("truncate -s 128M $d other && mkfs.btrfs -q "
		"-U " UUID_A " other $d"), 0);
	expect(BLK_FILESYSTEM, "btrfs", UUID_A, "");
	assert_int_equal(strlen(info.uuid_sub), 36);
	strcpy(first, info.uuid_sub);
	assert_int_equal(probe("mv other $d"), 0);
	expect(BLK_FILESYSTEM, "btrfs", UUID_A, "");
	assert_int_equal(strlen(info.uuid_sub), 36);
	assert_string_not_equal(info.uuid_sub, first);
}

static void
squashfs_has_a_type_and_no_tag(void **state)
{
	(void)state;
	if (!have("mksquashfs"))
		skip();
	assert_int_equal(probe("mkdir -p empty && mksquashfs empty $d "
		"-noappend -quiet"), 0);
	expect(BLK_FILESYSTEM, "squashfs", "", "");
}

static void
ufs_is_seen_where_nothing_else_is(void **state)
{
	static const char magic[] = "printf '\\31\\1\\124\\31' | dd of=$d bs=1 "
		"seek=66908 conv=notrunc 2>/dev/null";
	char line[256];

	(void)state;
	snprintf(line, sizeof line, "truncate -s 8M $d && %s", magic);
	assert_int_equal(probe(line), 0);
	expect(BLK_FILESYSTEM, "ufs", "", "");
	snprintf(line, sizeof line, "mke2fs -q -t ext2 -U " UUID_A " -L x "
		"$d 8M && %s", magic);
	assert_int_equal(probe(line), 0);
	expect(BLK_FILESYSTEM, "ext2", UUID_A, "x");
}

static void
vfat_has_its_short_uuid(void **state)
{
	(void)state;
	if (!have("mkfs.vfat"))
		skip();
	assert_int_equal(probe("truncate -s 8M $d && mkfs.vfat -n BOOT "
		"-i 12345678 $d"), 0);
	expect(BLK_FILESYSTEM, "vfat", "1234-5678", "BOOT");
}

static void
swap_is_no_file_system(void **state)
{
	(void)state;
	assert_int_equal(probe(SWAP("-U " UUID_A)), 0);
	expect(BLK_OTHER, "swap", UUID_A, "");
}

static void
luks_is_a_member(void **state)
{
	(void)state;
	assert_int_equal(probe(LUKS(UUID_A)), 0);
	expect(BLK_MEMBER, "crypto_LUKS", UUID_A, "");
}

static void
raid_1_behind_a_file_system_is_a_member(void **state)
{
	(void)state;
	assert_int_equal(probe(EXT4("-U " UUID_A) " && "
		MD_BEHIND("16384")), 0);
	assert_int_equal(info.usage, BLK_MEMBER);
	assert_string_equal(info.type, "linux_raid_member");
}

static void
members_of_lvm_and_of_older_and_newer_raids_are_members(void **state)
{
	(void)state;
	assert_int_equal(probe(LVM2), 0);
	expect(BLK_MEMBER, "LVM2_member",
		"abcdef-ghij-klmn-opqr-stuv-wxyz-ABCDEF", "");
	assert_int_equal(probe(MD_BEFORE), 0);
	expect(BLK_MEMBER, "linux_raid_member",
		"41424344-4546-4748-494a-4b4c4d4e4f50", "");
	assert_int_equal(probe(EXT4("-U " UUID_A) " && " MD_090), 0);
	assert_int_equal(info.usage, BLK_MEMBER);
	assert_string_equal(info.type, "linux_raid_member");
}

static void
two_signatures_are_ambivalent(void **state)
{
	(void)state;
	/* ReiserFS at 64 KiB: its journal's place, block size and magic */
	assert_int_equal(probe(EXT4("") " && printf JOUR | dd of=$d bs=1 "
		"seek=65548 conv=notrunc && printf '\\000\\020' | dd of=$d "
		"bs=1 seek=65580 conv=notrunc && printf ReIsEr2Fs | dd of=$d "
		"bs=1 seek=65588 conv=notrunc"), 0);
	expect(BLK_AMBIVALENT, "", "", "");
}

static void
nothing_is_seen_on_zeros_or_in_an_empty_file(void **state)
{
	(void)state;
	assert_int_equal(probe(EMPTY), 0);
	expect(BLK_NOTHING, "", "", "");
	assert_int_equal(probe("truncate -s 100 $d"), 0);
	expect(BLK_NOTHING, "", "", "");
	assert_int_equal(probe(": >$d"), 0);
	expect(BLK_NOTHING, "", "", "");
}

static void
a_superblock_without_its_magic_is_nothing(void **state)
{
	(void)state;
	assert_int_equal(probe(EXT4("") " && printf torn | dd of=$d bs=1 "
		"seek=1080 conv=notrunc"), 0);
	expect(BLK_NOTHING, "", "", "");
}

static void
what_cannot_be_read_is_an_error(void **state)
{
	int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	assert_int_equal(blk_probe(fd, &info, &e), -1);
	assert_int_equal(blk_probe(-1, &info, &e), -1);
	assert_int_equal(e.code, EBADF);
	close(fd);
}

/* The partition table of an image: "NUMBER UUID LABEL\n" for each. */
static const char *
table(const char *line)
{
	static char text[4096];
	struct blk_table t;
	struct blk_part part;
	size_t len = 0;
	char command[1024];
	int fd;

	snprintf(command, sizeof command, "rm -f dev/x; d=dev/x; %s", line);
	disks_sh(command);
	fd = openat(disks_at.dev, "x", O_RDONLY | O_CLOEXEC);
	assert_int_equal(blk_table_open(&t, fd, &e), 0);
	text[0] = '\0';
	for (unsigned i = 0; i < t.count; i++) {
		blk_table_entry(&t, i, &part);
		len += (size_t)snprintf(text + len, sizeof text - len,
			"%u %s %s\n", part.number, part.uuid, part.label);
	}
	blk_table_close(&t);
	close(fd);
	return text;
}

static void
a_gpt_has_partuuids_and_labels(void **state)
{
	(void)state;
	assert_string_equal(table("truncate -s 8M $d && printf '%s\n' "
		"label:gpt 'start=2048,size=2048,uuid=" UUID_A ",name=boot' "
		"'start=4096,size=2048,uuid=" UUID_B ",name=\"w\xc3\xbcrzel\"' "
		"| sfdisk -q $d"),
		"1 " UUID_A " boot\n2 " UUID_B " w\xc3\xbcrzel\n");
}

static void
an_mbr_has_its_signature_as_partuuid(void **state)
{
	(void)state;
	assert_string_equal(table("truncate -s 16M $d && printf '%s\n' "
		"label:dos label-id:0xdeadbeef 'start=2048,size=2048' "
		"'start=4096,type=5' 'start=6144,size=2048' | sfdisk -q $d"),
		"1 deadbeef-01 \n2 deadbeef-02 \n5 deadbeef-05 \n");
}

static void
no_table_is_no_error(void **state)
{
	(void)state;
	assert_string_equal(table(EMPTY), "");
	assert_string_equal(table(": >$d"), "");
	assert_string_equal(table(EXT4("")), "");
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, disks_begin, disks_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ext2_to_4_have_type_uuid_and_label),
		TEST(xfs_is_seen),
		TEST(btrfs_is_seen_at_64_kib),
		TEST(devices_of_one_btrfs_differ_in_their_uuid_sub),
		TEST(squashfs_has_a_type_and_no_tag),
		TEST(ufs_is_seen_where_nothing_else_is),
		TEST(vfat_has_its_short_uuid),
		TEST(swap_is_no_file_system),
		TEST(luks_is_a_member),
		TEST(raid_1_behind_a_file_system_is_a_member),
		TEST(members_of_lvm_and_of_older_and_newer_raids_are_members),
		TEST(two_signatures_are_ambivalent),
		TEST(nothing_is_seen_on_zeros_or_in_an_empty_file),
		TEST(a_superblock_without_its_magic_is_nothing),
		TEST(what_cannot_be_read_is_an_error),
		TEST(a_gpt_has_partuuids_and_labels),
		TEST(an_mbr_has_its_signature_as_partuuid),
		TEST(no_table_is_no_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
