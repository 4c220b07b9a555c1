/* SPDX-License-Identifier: MIT */
/*
 * blk.c - see blk.h. libblkid's superblock chain is asked for type and tags
 * and nothing else. A probe is some forty small reads all over the device;
 * nearly all of the time goes into waiting for them one by one, so the
 * places are asked for at once beforehand.
 */
#include <blkid.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "lib/blk.h"
#include "lib/text.h"

enum {
	FLOPPY_MAJOR = 2,		/* include/uapi/linux/major.h */
	SCSI_CDROM_MAJOR = 11,
	SECTOR = 512,			/* libblkid's, whatever the disk's */
	LUKS_MAGIC_SIZE = 6
};

/* Where libblkid's probers look, from the start or, below 0, the end. */
static const struct {
	off_t offset, size;
} places_of_superblocks[] = {
	{ 0, 36 * 1024 },		/* nearly all */
	{ 60 * 1024, 8192 },		/* swap of 64 KiB pages, btrfs */
	{ -257 * 512, 512 },		/* DDF, the second place */
	{ -8192, 8192 }			/* md 1.0, DDF, IMSM, DRBD ... */
};

/* md 0.90 stands at a multiple of 64 KiB, the last but one at most. */
static off_t
md_offset(off_t size)
{
	return (size & ~(off_t)0xffff) - 0x10000;
}

/* Have the pages read that will be asked for. Not from slow things that
 * libblkid treats with care: the last sectors of a CD may not be readable. */
static void
read_ahead(int fd, off_t size)
{
	struct stat st;
	size_t i;

	if (size < 4 * 1024 * 1024 || fstat(fd, &st) < 0 ||
	    major(st.st_rdev) == FLOPPY_MAJOR ||
	    major(st.st_rdev) == SCSI_CDROM_MAJOR)
		return;
	for (i = 0; i < sizeof places_of_superblocks /
	    sizeof places_of_superblocks[0]; i++) {
		off_t at = places_of_superblocks[i].offset;

		posix_fadvise(fd, at < 0 ? size + at : at,
			places_of_superblocks[i].size, POSIX_FADV_WILLNEED);
	}
	posix_fadvise(fd, md_offset(size), 4096, POSIX_FADV_WILLNEED);
}

/* LUKS_MAGIC and LUKS2's second magic, of the LUKS2 on-disk format. */
static bool
begins_as_luks(int fd, off_t offset)
{
	char magic[LUKS_MAGIC_SIZE];

	return pread(fd, magic, sizeof magic, offset) == sizeof magic &&
		(memcmp(magic, "LUKS\xba\xbe", sizeof magic) == 0 ||
		memcmp(magic, "SKUL\xba\xbe", sizeof magic) == 0);
}

/* Old systems that Linux reads. They are looked for where nothing else is:
 * 30 thousand instructions for each device that has something else. */
static char ufs[] = "ufs", sysv[] = "sysv", xenix[] = "xenix";

/*
 * Leave out what blk.h says. Without its first header LUKS2 is looked for at
 * nine places up to 4 MiB: what has been made over it is what counts then.
 */
static int
probe_usual(blkid_probe pr, int fd, off_t offset)
{
	static char zfs[] = "zfs_member", xfs_log[] = "xfs_external_log",
		vmfs[] = "VMFS", vmfs_volume[] = "VMFS_volume_member",
		promise[] = "promise_fasttrack_raid_member",
		luks[] = "crypto_LUKS";
	char *names[] = { ufs, sysv, xenix, zfs, xfs_log, vmfs, vmfs_volume,
		promise, begins_as_luks(fd, offset) ? NULL : luks, NULL };

	blkid_probe_filter_superblocks_type(pr, BLKID_FLTR_NOTIN, names);
	return blkid_do_safeprobe(pr);
}

static int
probe_old(blkid_probe pr)
{
	char *names[] = { ufs, sysv, xenix, NULL };

	blkid_probe_filter_superblocks_type(pr, BLKID_FLTR_ONLYIN, names);
	return blkid_do_safeprobe(pr);
}

static enum blk_usage
usage_of(blkid_probe pr)
{
	const char *usage = "";

	blkid_probe_lookup_value(pr, "USAGE", &usage, NULL);
	if (strcmp(usage, "filesystem") == 0)
		return BLK_FILESYSTEM;
	if (strcmp(usage, "raid") == 0 || strcmp(usage, "crypto") == 0)
		return BLK_MEMBER;
	return BLK_OTHER;
}

/* A value that does not fit is left empty: cut, it would be another one. */
static void
take(blkid_probe pr, const char *name, char *dst, size_t size)
{
	const char *value;

	if (blkid_probe_lookup_value(pr, name, &value, NULL) == 0)
		text_copy(dst, size, value);
}

static int
probe(blkid_probe pr, int fd, off_t offset, off_t size, struct blk_info *info)
{
	int found;

	if (blkid_probe_set_device(pr, fd, offset, size) < 0)
		return -1;
	blkid_probe_set_superblocks_flags(pr, BLKID_SUBLKS_TYPE |
		BLKID_SUBLKS_USAGE | BLKID_SUBLKS_UUID | BLKID_SUBLKS_LABEL);
	errno = 0;
	found = probe_usual(pr, fd, offset);
	if (found == 1)			/* libblkid: nothing detected */
		found = probe_old(pr);
	if (found == -2) {		/* libblkid: ambivalent result */
		info->usage = BLK_AMBIVALENT;
		return 0;
	}
	if (found < 0) {
		errno = found == -1 && errno ? errno : EIO;
		return -1;
	}
	if (found > 0)
		return 0;
	info->usage = usage_of(pr);
	take(pr, "TYPE", info->type, sizeof info->type);
	take(pr, "UUID", info->uuid, sizeof info->uuid);
	take(pr, "UUID_SUB", info->uuid_sub, sizeof info->uuid_sub);
	take(pr, "LABEL", info->label, sizeof info->label);
	return 0;
}

int
blk_probe_part(int fd, uint64_t offset, uint64_t size, struct blk_info *info,
	struct err *e)
{
	blkid_probe pr = blkid_new_probe();
	int result;

	memset(info, 0, sizeof *info);
	if (!pr)
		return fail(e, ENOMEM, "libblkid");
	result = probe(pr, fd, (off_t)offset, (off_t)size, info);
	if (result < 0)
		fail(e, errno, "cannot be read");
	blkid_free_probe(pr);
	return result;
}

int
blk_probe(int fd, struct blk_info *info, struct err *e)
{
	off_t size = lseek(fd, 0, SEEK_END);

	memset(info, 0, sizeof *info);
	if (size < 0)
		return fail(e, errno, "cannot be read");
	if (size == 0)
		return 0;
	read_ahead(fd, size);
	return blk_probe_part(fd, 0, 0, info, e);
}

bool
blk_is_swap(const struct blk_info *info)
{
	return strcmp(info->type, "swap") == 0 ||
		strcmp(info->type, "swsuspend") == 0;
}

int
blk_table_open(struct blk_table *t, int fd, struct err *e)
{
	blkid_probe pr = blkid_new_probe();
	char sector[SECTOR];

	memset(t, 0, sizeof *t);
	if (!pr)
		return fail(e, ENOMEM, "libblkid");
	errno = 0;
	if (blkid_probe_set_device(pr, fd, 0, 0) < 0) {
		fail(e, errno ? errno : EIO, "cannot be read");
		blkid_free_probe(pr);
		return -1;
	}
	t->probe = pr;
	t->list = blkid_probe_get_partitions(pr);
	if (t->list) {
		int n = blkid_partlist_numof_partitions(t->list);

		t->count = n > 0 ? (unsigned)n : 0;
		return 0;
	}
	if (pread(fd, sector, sizeof sector, 0) >= 0)
		return 0;
	fail(e, errno, "cannot be read");
	blk_table_close(t);
	return -1;
}

/* A DOS table without a signature: libblkid gives its partitions no UUID,
 * block/partitions/msdos.c one of zeros. */
static bool
is_unsigned(blkid_partition p)
{
	const char *type = blkid_parttable_get_type(
		blkid_partition_get_table(p));

	return type && strcmp(type, "dos") == 0;
}

void
blk_table_entry(const struct blk_table *t, unsigned i, struct blk_part *part)
{
	blkid_partition p = blkid_partlist_get_partition(t->list, (int)i);
	const char *uuid = p ? blkid_partition_get_uuid(p) : NULL;
	const char *label = p ? blkid_partition_get_name(p) : NULL;

	memset(part, 0, sizeof *part);
	if (p) {
		part->number = (unsigned)blkid_partition_get_partno(p);
		part->start = SECTOR * (uint64_t)blkid_partition_get_start(p);
		part->size = SECTOR * (uint64_t)blkid_partition_get_size(p);
	}
	if (uuid)
		text_copy(part->uuid, sizeof part->uuid, uuid);
	else if (p && is_unsigned(p))
		snprintf(part->uuid, sizeof part->uuid, "00000000-%02x",
			part->number);
	if (label)
		text_copy(part->label, sizeof part->label, label);
}

void
blk_table_close(struct blk_table *t)
{
	blkid_free_probe(t->probe);
	memset(t, 0, sizeof *t);
}
