/* SPDX-License-Identifier: MIT */
/*
 * How a type is mounted without a write: each with its option, none that is
 * not known.
 */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "lib/romount.h"

/* "ext4:noload btrfs:..." */
static const char *
ways_of(const char *type)
{
	static char text[256];
	const struct romount *way = NULL;
	size_t len = 0;

	text[0] = '\0';
	while ((way = romount_next(type, way))) {
		assert_string_equal(way->type, type);
		len += (size_t)snprintf(text + len, sizeof text - len,
			"%s%s:%s", len ? " " : "", way->driver, way->options);
	}
	return text;
}

static void
a_journal_is_never_replayed(void **state)
{
	(void)state;
	assert_string_equal(ways_of("ext4"), "ext4:noload");
	assert_string_equal(ways_of("ext3"), "ext3:noload ext4:noload");
	assert_string_equal(ways_of("xfs"), "xfs:norecovery");
	assert_string_equal(ways_of("btrfs"),
		"btrfs:rescue=nologreplay btrfs:nologreplay");
	assert_string_equal(ways_of("nilfs2"), "nilfs2:norecovery");
	assert_string_equal(ways_of("f2fs"),
		"f2fs:norecovery f2fs:disable_roll_forward");
}

static void
what_has_none_needs_no_option(void **state)
{
	(void)state;
	assert_string_equal(ways_of("ext2"), "ext2: ext4:");
	assert_string_equal(ways_of("squashfs"), "squashfs:");
	assert_string_equal(ways_of("vfat"), "vfat:");
}

static void
a_type_that_is_not_known_has_no_way(void **state)
{
	static const char *const types[] = { "ntfs", "gfs2", "bcachefs",
		"zfs_member", "swap", "swsuspend", "crypto_LUKS", "ext", "" };

	(void)state;
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		assert_null(romount_next(types[i], NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_journal_is_never_replayed),
		cmocka_unit_test(what_has_none_needs_no_option),
		cmocka_unit_test(a_type_that_is_not_known_has_no_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
