/* SPDX-License-Identifier: MIT */
/*
 * What compressed files say of their size: real heads and tails of xz and
 * zstd, and such that say nothing or lie outside.
 */
#include "unit.h"

#include <string.h>

#include "../../applets/mkinitrd/packsize.h"

/* "text\n" by xz --check=crc32: its index says 5 bytes. */
static const unsigned char xz[] =
	"\xfd" "7zXZ\0\0\1\x69\x22\xde\x36\2\0\x21\1\x16\0\0\0\x74\x2f\xe5\xa3"
	"\1\0\4text\n\0\0\0\0\x27\xda\xec\x37\0\1\x19\5\xbc\xe8\xec\xcb\x90\x42"
	"\x99\x0d\1\0\0\0\0\1YZ";

static void
xz_says_it(void **state)
{
	unsigned char copy[sizeof xz];
	size_t size = sizeof xz - 1;

	(void)state;
	assert_int_equal(packsize_xz(xz, size), 5);
	for (size_t i = 0; i < size; i++)
		assert_int_equal(packsize_xz(xz, i), 0);
	/* an index that is longer than the file, or not there */
	memcpy(copy, xz, sizeof xz);
	memset(copy + size - 8, 0xff, 4);
	assert_int_equal(packsize_xz(copy, size), 0);
	memcpy(copy + size - 8, "\2\0\0\0", 4);
	assert_int_equal(packsize_xz(copy, size), 0);
	/* more records than it has */
	memcpy(copy, xz, sizeof xz);
	copy[size - 12 - 7] = 0x7f;
	assert_int_equal(packsize_xz(copy, size), 0);
}

static void
zstd_says_it(void **state)
{
	static const struct {
		const char *head;
		size_t length;
		uint64_t size;
	} known[] = {
		/* a single segment: 1, 2, 4, 8 bytes */
		{ "\x28\xb5\x2f\xfd\x24\x05", 6, 5 },
		{ "\x28\xb5\x2f\xfd\x64\x00\x01", 7, 512 },
		{ "\x28\xb5\x2f\xfd\xa4\x00\x00\x01\x00", 9, 65536 },
		{ "\x28\xb5\x2f\xfd\xe4\1\0\0\0\1\0\0\0", 13,
			0x100000001 },
		/* a window before it */
		{ "\x28\xb5\x2f\xfd\x84\x58\x00\x00\x01\x00", 10, 65536 },
		/* a dictionary before it */
		{ "\x28\xb5\x2f\xfd\x21\x77\x05", 7, 5 },
		/* not said, as from a pipe */
		{ "\x28\xb5\x2f\xfd\x04\x58\1\2\3\4\5\6\7", 13, 0 },
		{ "\x28\xb5\x2f\xfe\x24\x05", 6, 0 },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof known / sizeof known[0]; i++) {
		assert_int_equal(packsize_zstd(known[i].head,
			known[i].length), known[i].size);
		assert_int_equal(packsize_zstd(known[i].head,
			known[i].length - 1), 0);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(xz_says_it),
		cmocka_unit_test(zstd_says_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
