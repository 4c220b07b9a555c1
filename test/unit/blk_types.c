/* SPDX-License-Identifier: MIT */
/*
 * The type, UUID and LABEL of every file system that a tool can make here;
 * one whose tool this machine does not have is skipped.
 */
#include "unit.h"

#include "disks.h"
#include "lib/blk.h"

static const struct sample {
	const char *name, *tool;
	const char *line;	/* makes $d */
	const char *type, *uuid, *label;	/* a UUID "*": any */
} samples[] = {
	{ "ext2", "mke2fs", "mke2fs -q -t ext2 -U " UUID_A " -L ROOT $d 4M",
		"ext2", UUID_A, "ROOT" },
	{ "ext3", "mke2fs", "mke2fs -q -t ext3 -U " UUID_A " -L ROOT $d 8M",
		"ext3", UUID_A, "ROOT" },
	{ "ext4", "mke2fs", "mke2fs -q -t ext4 -U " UUID_A " -L ROOT $d 8M",
		"ext4", UUID_A, "ROOT" },
	{ "xfs", "mkfs.xfs", "truncate -s 320M $d && mkfs.xfs -q -L ROOT "
		"-m uuid=" UUID_A " $d", "xfs", UUID_A, "ROOT" },
	{ "btrfs", "mkfs.btrfs", "truncate -s 128M $d && mkfs.btrfs -q "
		"-L ROOT -U " UUID_A " $d", "btrfs", UUID_A, "ROOT" },
	{ "f2fs", "mkfs.f2fs", "truncate -s 64M $d && mkfs.f2fs -q -l ROOT "
		"-U " UUID_A " $d", "f2fs", UUID_A, "ROOT" },
	{ "FAT of 12 bits", "mkfs.vfat", "truncate -s 1M $d && mkfs.vfat "
		"-F 12 -n ROOT -i 12345678 $d", "vfat", "1234-5678", "ROOT" },
	{ "FAT of 16 bits", "mkfs.vfat", "truncate -s 16M $d && mkfs.vfat "
		"-F 16 -n ROOT -i 12345678 $d", "vfat", "1234-5678", "ROOT" },
	{ "FAT of 32 bits", "mkfs.vfat", "truncate -s 64M $d && mkfs.vfat "
		"-F 32 -n ROOT -i 12345678 $d", "vfat", "1234-5678", "ROOT" },
	{ "exfat", "mkfs.exfat", "truncate -s 16M $d && mkfs.exfat -L ROOT $d",
		"exfat", "*", "ROOT" },
	{ "ntfs", "mkfs.ntfs", "truncate -s 8M $d && mkfs.ntfs -q -F -L ROOT "
		"$d", "ntfs", "*", "ROOT" },
	{ "iso9660", "genisoimage", "mkdir t && echo x >t/f && genisoimage "
		"-quiet -R -V ROOT -o $d t", "iso9660", "*", "ROOT" },
	{ "iso9660 with Joliet", "genisoimage", "mkdir t && echo x >t/f && "
		"genisoimage -quiet -J -R -V ROOT -o $d t", "iso9660", "*",
		"ROOT" },
	{ "udf", "mkudffs", "truncate -s 8M $d && mkudffs -l ROOT "
		"-u 0123456789abcdef $d", "udf", "0123456789abcdef", "ROOT" },
	{ "squashfs", "mksquashfs", "mkdir t && mksquashfs t $d -noappend "
		"-quiet", "squashfs", "", "" },
	{ "erofs", "mkfs.erofs", "mkdir t && mkfs.erofs -U " UUID_A " $d t",
		"erofs", UUID_A, "" },
	{ "jfs", "mkfs.jfs", "truncate -s 16M $d && mkfs.jfs -q -L ROOT $d",
		"jfs", "*", "ROOT" },
	{ "reiserfs", "mkreiserfs", "truncate -s 64M $d && mkreiserfs -q -f "
		"-f -l ROOT -u " UUID_A " $d", "reiserfs", UUID_A, "ROOT" },
	{ "nilfs2", "mkfs.nilfs2", "truncate -s 256M $d && mkfs.nilfs2 -q "
		"-L ROOT $d", "nilfs2", "*", "ROOT" },
	{ "minix 1", "mkfs.minix", "truncate -s 4M $d && mkfs.minix -1 $d",
		"minix", "", "" },
	{ "minix 3", "mkfs.minix", "truncate -s 4M $d && mkfs.minix -3 $d",
		"minix", "", "" },
	{ "romfs", "genromfs", "mkdir t && seq 999 >t/f && genromfs -V ROOT "
		"-d t -f $d", "romfs", "", "ROOT" },
	{ "cramfs", "mkfs.cramfs", "mkdir t && echo x >t/f && mkfs.cramfs "
		"-n ROOT t $d", "cramfs", "", "ROOT" },
	{ "bfs", "mkfs.bfs", "truncate -s 4M $d && mkfs.bfs $d", "bfs", "",
		"" },
};

enum { SAMPLES = sizeof samples / sizeof samples[0] };

static void
has_its_type_and_tags(void **state)
{
	const struct sample *s = *state;
	char line[512];
	struct blk_info info;
	struct err e;
	int fd;

	snprintf(line, sizeof line, "command -v %s", s->tool);
	if (disks_try(line) != 0) {
		print_message("skipped: there is no %s\n", s->tool);
		skip();
	}
	snprintf(line, sizeof line, "d=dev/x; %s", s->line);
	disks_sh(line);
	fd = openat(disks_at.dev, "x", O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(blk_probe(fd, &info, &e), 0);
	close(fd);
	assert_int_equal(info.usage, BLK_FILESYSTEM);
	assert_string_equal(info.type, s->type);
	assert_string_equal(info.label, s->label);
	if (strcmp(s->uuid, "*") == 0)
		assert_true(strlen(info.uuid) >= 9);
	else
		assert_string_equal(info.uuid, s->uuid);
}

int
main(void)
{
	struct CMUnitTest tests[SAMPLES];

	for (int i = 0; i < SAMPLES; i++)
		tests[i] = (struct CMUnitTest){ .name = samples[i].name,
			.test_func = has_its_type_and_tags,
			.setup_func = disks_begin, .teardown_func = disks_end,
			.initial_state = (void *)(uintptr_t)&samples[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
