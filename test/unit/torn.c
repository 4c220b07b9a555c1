/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/blk on what torn writes leave: of each image only the first N
 * sectors arrived, or all but those, for every N up to where superblocks and
 * tables end. Whatever libblkid makes of it, the answer is one of ours: known
 * usage, texts that end, partitions that have a number.
 */
#include "unit.h"

#include <sys/mman.h>

#include "lib/blk.h"

#include "disks.h"

enum { SECTOR = 512, SECTORS = 160 };	/* 80 KiB: btrfs's stands at 64 */

static struct err e;
static unsigned found;	/* cuts that left something to be seen */

static bool
has_end(const char *text, size_t size)
{
	return memchr(text, '\0', size) != NULL;
}

static void
check_superblock(int fd)
{
	struct blk_info info;

	memset(&info, 0xff, sizeof info);
	assert_int_equal(blk_probe(fd, &info, &e), 0);
	assert_true(info.usage <= BLK_AMBIVALENT);
	assert_true(has_end(info.type, sizeof info.type));
	assert_true(has_end(info.uuid, sizeof info.uuid));
	assert_true(has_end(info.label, sizeof info.label));
	assert_true(info.usage != BLK_NOTHING || info.type[0] == '\0');
	found += info.usage != BLK_NOTHING;
}

static void
check_table(int fd)
{
	struct blk_table t;
	struct blk_part part;

	assert_int_equal(blk_table_open(&t, fd, &e), 0);
	for (unsigned i = 0; i < t.count; i++) {
		blk_table_entry(&t, i, &part);
		assert_true(part.number < 1024);
		assert_true(has_end(part.uuid, sizeof part.uuid));
		assert_true(has_end(part.label, sizeof part.label));
	}
	found += t.count > 0;
	blk_table_close(&t);
}

/* Tear the image at every sector; what did not arrive is what was there:
 * nothing. */
static void
tear(const char *line)
{
	static char zeros[SECTORS * SECTOR];
	char command[1024];
	int image, torn;
	off_t size;

	snprintf(command, sizeof command, "rm -f dev/*; d=dev/x; %s", line);
	disks_sh(command);
	image = openat(disks_at.dev, "x", O_RDWR | O_CLOEXEC);
	assert_true(image >= 0);
	size = lseek(image, 0, SEEK_END);
	torn = openat(disks_at.dev, "torn", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(ftruncate(torn, size), 0);
	found = 0;
	for (unsigned n = 0; n < SECTORS; n++) {
		char sector[SECTOR];
		off_t at = (off_t)n * SECTOR;

		check_superblock(torn);
		check_superblock(image);
		check_table(torn);
		check_table(image);
		/* one sector goes from the one to the other */
		assert_int_equal(pread(image, sector, SECTOR, at), SECTOR);
		assert_int_equal(pwrite(torn, sector, SECTOR, at), SECTOR);
		assert_int_equal(pwrite(image, zeros, SECTOR, at), SECTOR);
	}
	assert_true(found > 0);
	close(image);
	close(torn);
}

#define T(name, line) \
	static void \
	name(void **state) \
	{ \
		(void)state; \
		tear(line); \
	}

T(ext4, EXT4("-L torn"))
T(xfs, "truncate -s 320M $d && mkfs.xfs -q $d")
T(btrfs, "truncate -s 128M $d && mkfs.btrfs -q $d")
T(vfat, "truncate -s 8M $d && mkfs.vfat -n TORN $d")
T(swap, SWAP("-L torn"))
T(luks, LUKS(UUID_A))
T(gpt, "truncate -s 8M $d && printf '%s\n' label:gpt "
	"'start=2048,size=2048,name=boot' 'start=4096,size=2048' | sfdisk -q "
	"$d")
T(mbr, "truncate -s 16M $d && printf '%s\n' label:dos "
	"'start=64,size=2048' 'start=4096,type=5' 'start=6144,size=2048' | "
	"sfdisk -q $d")

/* Nothing of a superblock but its magic, and garbage in every field. */
#define ONLY_MAGIC(garbage) EXT4("") " && " garbage " | head -c 900 | " \
	"dd of=$d bs=1 seek=1024 conv=notrunc && printf '\\123\\357' | " \
	"dd of=$d bs=1 seek=1080 conv=notrunc"
T(ones_and_a_magic, ONLY_MAGIC("tr '\\0' '\\377' </dev/zero"))
T(digits_and_a_magic, ONLY_MAGIC("seq 100 400"))

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, disks_begin, disks_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ext4),
		TEST(xfs),
		TEST(btrfs),
		TEST(vfat),
		TEST(swap),
		TEST(luks),
		TEST(gpt),
		TEST(mbr),
		TEST(ones_and_a_magic),
		TEST(digits_and_a_magic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
