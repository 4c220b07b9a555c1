/* SPDX-License-Identifier: MIT */
/*
 * romount.c - see romount.h. Follows Documentation/filesystems/ext4 (noload),
 * xfs, nilfs2, f2fs (norecovery), btrfs(5) (rescue=nologreplay, before Linux
 * 5.9 nologreplay); for what has no such option, the drivers of Linux 6.1.
 *
 * Deviations: NTFS, GFS2, OCFS2, bcachefs, UFS and others that are no roots
 * of this time are not in the table, and so never looked at.
 */
#include <stddef.h>
#include <string.h>

#include "lib/romount.h"

static const struct romount ways[] = {
	{ "ext4", "ext4", "noload" },
	{ "ext3", "ext3", "noload" },
	{ "ext3", "ext4", "noload" },
	{ "ext2", "ext2", "" },		/* no journal */
	{ "ext2", "ext4", "" },
	{ "xfs", "xfs", "norecovery" },
	{ "btrfs", "btrfs", "rescue=nologreplay" },
	{ "btrfs", "btrfs", "nologreplay" },
	{ "f2fs", "f2fs", "norecovery" },
	{ "f2fs", "f2fs", "disable_roll_forward" },
	{ "nilfs2", "nilfs2", "norecovery" },
	/* refuses to replay on a read-only device (journal.c, clm-2076) */
	{ "reiserfs", "reiserfs", "" },
	/* never replays: that is fsck.jfs' part */
	{ "jfs", "jfs", "" },
	/* no journal, and a read-only mount marks nothing */
	{ "squashfs", "squashfs", "" },
	{ "erofs", "erofs", "" },
	{ "cramfs", "cramfs", "" },
	{ "romfs", "romfs", "" },
	{ "iso9660", "iso9660", "" },
	{ "udf", "udf", "" },
	{ "minix", "minix", "" },
	{ "vfat", "vfat", "" },
	{ "exfat", "exfat", "" },
};

const struct romount *
romount_next(const char *type, const struct romount *after)
{
	const struct romount *end = ways + sizeof ways / sizeof ways[0];
	const struct romount *p = after ? after + 1 : ways;

	while (p < end && strcmp(p->type, type) != 0)
		p++;
	return p < end ? p : NULL;
}
