/* SPDX-License-Identifier: MIT */
/*
 * Old initrd images: what their scripts say about /dev/ram0, and where in a
 * file the image is found.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "compat/brd.h"
#include "compat/source.h"
#include "lib/cpio.h"

static bool
named(const char *text)
{
	size_t len = strlen(text);
	char *copy = malloc(len + 1);	/* reading too far is seen */
	bool result;

	memcpy(copy, text, len);
	result = brd_is_named(copy, len);
	free(copy);
	return result;
}

static void
a_script_that_speaks_of_ram0_is_seen(void **state)
{
	(void)state;
	assert_true(named("freeramdisk /dev/ram0"));
	assert_true(named("umount /initrd; freeramdisk /dev/ram\n"));
	assert_true(named("mknod /dev/x b 1 0\n"));
	assert_true(named("mknod /dev/x b\t1  0"));
	assert_false(named("mount /dev/ram1 /mnt"));
	assert_false(named("ls /dev/random /dev/rama"));
	assert_false(named("mknod /dev/x b 1 01"));
	assert_false(named("mknod /dev/x b 10"));
	assert_false(named("mknod /dev/x c 1 0"));
	assert_false(named("mknod /dev/x b 1"));
	assert_false(named("/dev/ra"));
	assert_false(named(""));
}

/* ------------------------------------------------------------- the source */

static char file[65536];
static size_t size;
static struct err e;

static void
put(const char *data, size_t len)
{
	memcpy(file + size, data, len);
	size += len;
}

static void
put_archive(const char *name)
{
	static char head[CPIO_HEAD_SIZE];
	struct cpio_entry entry = { .name = name, .mode = 0100755,
		.links = 1 };

	put(head, cpio_head(head, &entry));
	entry = (struct cpio_entry){ .name = "TRAILER!!!", .links = 1 };
	put(head, cpio_head(head, &entry));
}

/* What was put so far, packed. */
static void
pack(void)
{
	static char packed[65536];
	z_stream z = { 0 };

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8,
		Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (unsigned char *)file;
	z.avail_in = (unsigned)size;
	z.next_out = (unsigned char *)packed;
	z.avail_out = sizeof packed;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	size = z.total_out;
	memset(file, 0, sizeof file);
	memcpy(file, packed, size);
	deflateEnd(&z);
}

static void
begin(void)
{
	memset(file, 0, sizeof file);
	size = 0;
}

static int
find(struct source *s, int start)
{
	*s = (struct source){ .name = "it", .fd = -1, .data = file,
		.size = size };
	return source_find(s, start, &e);
}

static void
the_image_stands_behind_our_archives(void **state)
{
	struct source s;
	size_t at;

	(void)state;
	begin();
	put_archive("init");
	pack();
	size = (size + 3) / 4 * 4;
	put_archive("init");
	at = size;
	put("hsqs and what follows it, for as long as it takes", 50);
	assert_int_equal(find(&s, 0), 0);
	assert_int_equal(s.kind, RAMDISK_SQUASHFS);
	assert_int_equal(s.at, at);
}

static void
an_archive_alone_is_the_image(void **state)
{
	struct source s;

	(void)state;
	begin();
	put_archive("linuxrc");
	assert_int_equal(find(&s, 0), 0);
	assert_int_equal(s.kind, RAMDISK_CPIO);
	pack();
	assert_int_equal(find(&s, 0), 0);
	assert_int_equal(s.kind, RAMDISK_GZIP);
	assert_int_equal(s.at, 0);
}

static void
what_is_no_image_is_a_sentence(void **state)
{
	struct source s;

	(void)state;
	begin();
	put_archive("init");
	put_archive("init");
	assert_int_equal(find(&s, 0), -1);
	put("GIF89a, a picture", 17);
	assert_int_equal(find(&s, 0), -1);
	assert_non_null(strstr(e.text, "stands 47 49 46 38 39 61 2c 20"));
}

static void
ramdisk_start_says_where_it_is(void **state)
{
	struct source s;

	(void)state;
	begin();
	size = 3 * 1024;
	put("-rom1fs-\0\0\4\0 and what follows it", 32);
	assert_int_equal(find(&s, 3), 0);
	assert_int_equal(s.kind, RAMDISK_ROMFS);
	assert_int_equal(s.at, 3 * 1024);
	assert_int_equal(find(&s, 2), -1);
	assert_int_equal(find(&s, 4), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_script_that_speaks_of_ram0_is_seen),
		cmocka_unit_test(the_image_stands_behind_our_archives),
		cmocka_unit_test(an_archive_alone_is_the_image),
		cmocka_unit_test(what_is_no_image_is_a_sentence),
		cmocka_unit_test(ramdisk_start_says_where_it_is),
	};

	return cmocka_run_group_tests_name("compat", tests, NULL, NULL);
}
