/* SPDX-License-Identifier: MIT */
/*
 * What linuxrc.image= may look like.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "lib/imagespec.h"

static struct err e;

static void
means(const char *text, const char *path, int partition, const char *types)
{
	struct image_spec s;

	memset(&s, 0xff, sizeof s);
	assert_int_equal(imagespec_parse(text, &s, &e), 0);
	assert_string_equal(s.path, path);
	assert_int_equal(s.partition, partition);
	assert_string_equal(s.types, types);
}

static void
refused(const char *text, const char *why)
{
	struct image_spec s;

	assert_int_equal(imagespec_parse(text, &s, &e), -1);
	if (!strstr(e.text, why))
		fail_msg("\"%s\" lacks \"%s\"", e.text, why);
}

static void
a_path_is_below_the_root_of_its_device(void **state)
{
	(void)state;
	means("/live/root.img", "live/root.img", IMAGESPEC_ANY, "");
	means("root.img", "root.img", IMAGESPEC_ANY, "");
	means("///root.img", "root.img", IMAGESPEC_ANY, "");
}

static void
types_stand_behind_a_colon(void **state)
{
	(void)state;
	means("/a.img:ext4", "a.img", IMAGESPEC_ANY, "ext4");
	means("/a.img:squashfs,erofs", "a.img", IMAGESPEC_ANY,
		"squashfs,erofs");
	means("/a:b:udf", "a:b", IMAGESPEC_ANY, "udf");
}

static void
a_colon_may_be_part_of_the_path(void **state)
{
	(void)state;
	means("/10:30.img", "10:30.img", IMAGESPEC_ANY, "");
	means("/a:b/c", "a:b/c", IMAGESPEC_ANY, "");
	means("/a:", "a:", IMAGESPEC_ANY, "");
	means("/a:Ext4", "a:Ext4", IMAGESPEC_ANY, "");
}

static void
a_partition_stands_behind_a_number_sign(void **state)
{
	(void)state;
	means("/disk.img#2", "disk.img", 2, "");
	means("/disk.img#12:ext4", "disk.img", 12, "ext4");
	means("/disk.img#0", "disk.img", 0, "");
	means("/disk#1#0", "disk#1", 0, "");
}

static void
a_number_sign_may_be_part_of_the_path(void **state)
{
	(void)state;
	means("/disk#x", "disk#x", IMAGESPEC_ANY, "");
	means("/disk#1/a", "disk#1/a", IMAGESPEC_ANY, "");
	means("/disk#", "disk#", IMAGESPEC_ANY, "");
	means("/disk#1234", "disk#1234", IMAGESPEC_ANY, "");
}

static void
without_a_path_there_is_no_image(void **state)
{
	(void)state;
	refused("", "names no file");
	refused("/", "names no file");
	refused(":ext4", "names no file");
	refused("#1", "names no file");
	refused("//#1:ext4", "names no file");
}

static void
what_is_too_long_is_refused(void **state)
{
	static char text[4096];

	(void)state;
	memset(text, 'a', IMAGESPEC_PATH_SIZE - 1);
	means(text, text, IMAGESPEC_ANY, "");
	text[IMAGESPEC_PATH_SIZE - 1] = 'a';
	refused(text, "longer than 1023 bytes");
	text[1] = ':';
	memset(text + 2, 'b', IMAGESPEC_TYPES_SIZE - 1);
	text[2 + IMAGESPEC_TYPES_SIZE - 1] = '\0';
	means(text, "a", IMAGESPEC_ANY, text + 2);
	text[2 + IMAGESPEC_TYPES_SIZE - 1] = 'b';
	text[2 + IMAGESPEC_TYPES_SIZE] = '\0';
	refused(text, "longer than 255 bytes");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_below_the_root_of_its_device),
		cmocka_unit_test(types_stand_behind_a_colon),
		cmocka_unit_test(a_colon_may_be_part_of_the_path),
		cmocka_unit_test(a_partition_stands_behind_a_number_sign),
		cmocka_unit_test(a_number_sign_may_be_part_of_the_path),
		cmocka_unit_test(without_a_path_there_is_no_image),
		cmocka_unit_test(what_is_too_long_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
