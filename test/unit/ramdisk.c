/* SPDX-License-Identifier: MIT */
/*
 * Images of a RAM disk: each kind by its magic, in the place where the
 * kernel looks for it, and found behind archives in a blob.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "lib/cpio.h"
#include "lib/ramdisk.h"

enum { SIZE = 65536 };

static char blob[SIZE];
static size_t size;

static void
begin(void)
{
	memset(blob, 0, sizeof blob);
	size = 0;
}

static void
put_text(const char *text, size_t len)
{
	memcpy(blob + size, text, len);
	size += len;
}

static void
put_zeros(size_t len)
{
	size += len;
}

static void
put_entry(const char *name, const char *data)
{
	static char head[CPIO_HEAD_SIZE];
	struct cpio_entry entry = { .name = name, .mode = 0100644,
		.size = (uint32_t)strlen(data), .links = 1 };

	put_text(head, cpio_head(head, &entry));
	put_text(data, entry.size);
	put_zeros(cpio_padding(entry.size));
}

static void
put_archive(void)
{
	put_entry("init", "#!/bin/sh");
	put_entry("TRAILER!!!", "");
}

/* The first 2048 bytes of a file system of 300 KiB; inodes: the first bytes
 * of its superblock. */
static void
put_ext2(const char inodes[static 4])
{
	put_zeros(1024);
	memcpy(blob + size, inodes, 4);
	memcpy(blob + size + 4, "\x2c\x01\0\0", 4);
	memcpy(blob + size + 56, "\x53\xef", 2);
	put_zeros(1024);
}

static void
put_minix(void)
{
	put_zeros(1024);
	memcpy(blob + size, "\x20\0\x68\x01", 4);	/* inodes, 360 zones */
	memcpy(blob + size + 16, "\x8f\x13", 2);
	put_zeros(1024);
}

/* From the heap, where reading too far is seen. */
static enum ramdisk_kind
identify(uint64_t *kib)
{
	char *copy = malloc(size);
	enum ramdisk_kind kind;

	memcpy(copy, blob, size);
	kind = ramdisk_identify(copy, size, kib);
	free(copy);
	return kind;
}

static void
expect_kind(enum ramdisk_kind kind, uint64_t kib)
{
	uint64_t found;

	assert_int_equal(identify(&found), kind);
	assert_int_equal(found, kib);
}

static void
expect_found(enum ramdisk_kind kind, size_t at)
{
	char *copy = malloc(size);
	struct ramdisk_scan s = { .data = copy, .size = size };

	memcpy(copy, blob, size);
	assert_int_equal(ramdisk_next(&s), kind);
	assert_int_equal(s.at, at);
	free(copy);
}

static void
each_kind_has_its_magic_and_its_size(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		enum ramdisk_kind kind;
		uint64_t kib;
	} row[] = {
		{ "\x1f\x8b\x08\0", 4, RAMDISK_GZIP, 0 },
		{ "\x1f\x8b\x08\xe0", 4, RAMDISK_NONE, 0 },
		{ "BZh9", 4, RAMDISK_BZIP2, 0 },
		{ "\x5d\0\0\x80", 4, RAMDISK_LZMA, 0 },
		{ "\xfd" "7zXZ\0", 6, RAMDISK_XZ, 0 },
		{ "\x89LZO\0", 5, RAMDISK_LZO, 0 },
		{ "\x02\x21\x4c\x18", 4, RAMDISK_LZ4, 0 },
		{ "\x28\xb5\x2f\xfd", 4, RAMDISK_ZSTD, 0 },
		{ "-rom1fs-\0\0\x08\x01", 12, RAMDISK_ROMFS, 3 },
		{ "\x45\x3d\xcd\x28\0\x30\0\0", 8, RAMDISK_CRAMFS, 12 },
		{ "hsqs", 4, RAMDISK_SQUASHFS, 0 },
		{ "070701", 6, RAMDISK_CPIO, 0 },
		{ "something", 9, RAMDISK_NONE, 0 },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof row / sizeof row[0]; i++) {
		begin();
		put_text(row[i].text, row[i].len);
		put_zeros(40);
		expect_kind(row[i].kind, row[i].kib);
	}
}

static void
a_superblock_stands_at_1024(void **state)
{
	(void)state;
	begin();
	put_ext2("\x10\0\0\0");
	expect_kind(RAMDISK_EXT2, 300);
	blob[1024 + 24] = 2;	/* blocks of 4 KiB */
	expect_kind(RAMDISK_EXT2, 1200);
	blob[1024 + 24] = 7;	/* no such size */
	expect_kind(RAMDISK_NONE, 0);
	begin();
	put_minix();
	expect_kind(RAMDISK_MINIX, 360);
}

static void
a_cramfs_may_begin_at_512(void **state)
{
	(void)state;
	begin();
	put_zeros(512);
	put_text("\x45\x3d\xcd\x28\0\x30\0\0", 8);
	put_zeros(100);
	expect_kind(RAMDISK_CRAMFS, 12);
}

static void
what_is_too_short_is_nothing(void **state)
{
	size_t whole;

	(void)state;
	begin();
	put_ext2("\x10\0\0\0");
	whole = size;
	for (size = 1; size < 1024 + 58; size++)
		expect_kind(RAMDISK_NONE, 0);
	size = whole;
}

static void
the_image_is_found_behind_an_archive(void **state)
{
	static const char gzip[] = "\x1f\x8b\x08\0abcdefghijklmnopq";
	size_t at;

	(void)state;
	for (unsigned padding = 0; padding < 600; padding += 37) {
		begin();
		put_archive();
		put_zeros(padding);
		at = size;
		put_text(gzip, sizeof gzip);
		expect_found(RAMDISK_GZIP, at);
	}
	begin();
	put_archive();
	put_archive();
	at = size;
	put_text("hsqs", 4);
	put_zeros(60);
	expect_found(RAMDISK_SQUASHFS, at);
}

/* Its first 1024 bytes look like padding, and up to three of its superblock:
 * but then the padding before them counts as its own, if there is any. */
static void
a_raw_image_is_found_behind_an_archive(void **state)
{
	static const char *const inodes[] = { "\x10\0\0\0", "\0\x10\0\0",
		"\0\0\x10\0", "\0\0\0\x10", "\x1f\x8b\x08\0" };
	size_t at;

	(void)state;
	for (unsigned i = 0; i < sizeof inodes / sizeof inodes[0]; i++)
		for (unsigned padding = 0; padding < 12; padding += 4) {
			begin();
			put_archive();
			put_zeros(padding);
			at = size;
			put_ext2(inodes[i]);
			expect_found(RAMDISK_EXT2, at);
		}
	begin();
	put_archive();
	at = size;
	put_minix();
	expect_found(RAMDISK_MINIX, at);
}

static void
a_raw_image_alone_begins_with_the_blob(void **state)
{
	(void)state;
	begin();
	put_ext2("\x10\0\0\0");
	expect_found(RAMDISK_EXT2, 0);
	blob[0] = '\xeb';	/* a boot sector */
	expect_found(RAMDISK_EXT2, 0);
}

static void
archives_alone_hold_no_image(void **state)
{
	(void)state;
	begin();
	put_archive();
	put_zeros(512);
	expect_found(RAMDISK_NONE, size);
}

/* As GRUB up to 2.12 makes it: the kernel refuses the archive. */
static void
the_file_of_an_archive_without_nuls_is_found(void **state)
{
	size_t head, at;

	(void)state;
	begin();
	put_archive();
	head = size;
	put_entry("initrd.image", "\x1f\x8b\x08");
	memcpy(blob + head + 94, "0000000c", 8);
	at = head + 124;
	size = at;
	put_text("\x1f\x8b\x08\0and what follows in it", 26);
	expect_found(RAMDISK_GZIP, at);
	memcpy(blob + head + 110, "initrd.imagf", 12);
	expect_found(RAMDISK_NONE, head);
}

static void
a_damaged_archive_ends_the_search(void **state)
{
	size_t at;

	(void)state;
	begin();
	put_archive();
	at = size;
	put_archive();
	blob[at + 6] = 'x';
	put_text("hsqs", 4);
	put_zeros(60);
	expect_found(RAMDISK_NONE, at);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_has_its_magic_and_its_size),
		cmocka_unit_test(a_superblock_stands_at_1024),
		cmocka_unit_test(a_cramfs_may_begin_at_512),
		cmocka_unit_test(what_is_too_short_is_nothing),
		cmocka_unit_test(the_image_is_found_behind_an_archive),
		cmocka_unit_test(a_raw_image_is_found_behind_an_archive),
		cmocka_unit_test(a_raw_image_alone_begins_with_the_blob),
		cmocka_unit_test(archives_alone_hold_no_image),
		cmocka_unit_test(the_file_of_an_archive_without_nuls_is_found),
		cmocka_unit_test(a_damaged_archive_ends_the_search),
	};

	return cmocka_run_group_tests_name("ramdisk", tests, NULL, NULL);
}
