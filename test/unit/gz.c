/* SPDX-License-Identifier: MIT */
/*
 * Gzip files: whole, too large, damaged, and what is no gzip file.
 */
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include "lib/gz.h"

enum { SIZE = 100000, ROOM = 200000 };

static unsigned char text[SIZE], packed[ROOM];
static size_t packed_size;
static struct gz_data out;
static struct err e;

/* gzip the first size bytes of a text that is half noise. */
static void
pack(size_t size, int level)
{
	z_stream z = { 0 };

	srand(1);
	for (size_t i = 0; i < size; i++)
		text[i] = i % 8 < 4 ? (unsigned char)rand() : 'x';
	assert_int_equal(deflateInit2(&z, level, Z_DEFLATED,
		16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = text;
	z.avail_in = (uInt)size;
	z.next_out = packed;
	z.avail_out = ROOM;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	packed_size = z.total_out;
	deflateEnd(&z);
}

static int
inflate_it(size_t limit)
{
	return gz_inflate(packed, packed_size, limit, &out, &e);
}

static void
what_was_packed_comes_out(void **state)
{
	static const size_t size[] = { 1, 4095, 4096, 4097, SIZE };

	(void)state;
	for (unsigned i = 0; i < 5; i++)
		for (int level = 0; level <= 9; level += 3) {
			pack(size[i], level);
			assert_int_equal(inflate_it(ROOM), 0);
			assert_int_equal(out.size, size[i]);
			assert_memory_equal(out.data, text, size[i]);
			gz_free(&out);
		}
}

static void
limit_is_named(void **state)
{
	(void)state;
	pack(SIZE, 9);
	assert_int_equal(inflate_it(SIZE), 0);
	gz_free(&out);
	assert_int_equal(inflate_it(SIZE - 1), -1);
	assert_string_equal(e.text,
		"gzip data of 100000 bytes, the limit is 99999");
}

static void
every_cut_is_an_error(void **state)
{
	(void)state;
	pack(600, 9);
	for (size_t whole = packed_size; packed_size-- > 0;) {
		/* from the heap, so that reading too far is seen */
		unsigned char *cut = malloc(packed_size + 1);

		memcpy(cut, packed, packed_size);
		assert_int_equal(gz_inflate(cut, packed_size, ROOM, &out,
			&e), -1);
		free(cut);
		assert_true(whole > 0 && e.text[0] != '\0');
	}
}

static void
every_flipped_byte_is_an_error_or_harmless(void **state)
{
	(void)state;
	pack(600, 9);
	/* the header's time, flags and system mean nothing */
	for (size_t i = 10; i < packed_size; i++) {
		packed[i] ^= 0xff;
		assert_int_equal(inflate_it(ROOM), -1);
		packed[i] ^= 0xff;
	}
	assert_int_equal(inflate_it(ROOM), 0);
	gz_free(&out);
}

static void
lying_trailer_is_an_error(void **state)
{
	(void)state;
	pack(600, 9);
	packed[packed_size - 4]--;
	assert_int_equal(inflate_it(ROOM), -1);
	packed[packed_size - 4] += 2;
	assert_int_equal(inflate_it(ROOM), -1);
	assert_string_equal(e.text, "damaged gzip data (incorrect length "
		"check)");
	memset(packed + packed_size - 4, 0, 4);
	assert_int_equal(inflate_it(ROOM), -1);
}

static void
what_follows_is_an_error(void **state)
{
	(void)state;
	pack(600, 9);
	memcpy(packed + packed_size, packed, packed_size);
	packed_size *= 2;
	assert_int_equal(inflate_it(ROOM), -1);
}

static void
other_data_is_refused(void **state)
{
	(void)state;
	assert_int_equal(gz_inflate("", 0, ROOM, &out, &e), -1);
	assert_string_equal(e.text, "not gzip data");
	memcpy(packed, "\177ELF and thirty more bytes or so", 32);
	packed_size = 32;
	assert_int_equal(inflate_it(ROOM), -1);
	assert_string_equal(e.text, "not gzip data");
}

/* What follows it is not touched, and it is seen where it ends. */
static void
a_member_is_inflated_to_a_file(void **state)
{
	FILE *f = tmpfile();
	struct gz_member m = { .fd = fileno(f), .limit = SIZE };
	static unsigned char again[SIZE];

	(void)state;
	pack(SIZE, 6);
	memset(packed + packed_size, 0x1f, 100);
	assert_int_equal(gz_member(packed, packed_size + 100, &m, &e), 0);
	assert_int_equal(m.size, packed_size);
	assert_int_equal(m.out, SIZE);
	assert_int_equal(pread(m.fd, again, SIZE, 0), SIZE);
	assert_memory_equal(again, text, SIZE);
	m.fd = -1;
	assert_int_equal(gz_member(packed, packed_size, &m, &e), 0);
	assert_int_equal(m.size, packed_size);
	fclose(f);
}

static void
a_member_that_is_cut_damaged_or_too_large_is_an_error(void **state)
{
	struct gz_member m = { .fd = -1, .limit = SIZE };

	(void)state;
	pack(SIZE, 6);
	assert_int_equal(gz_member(packed, packed_size - 5, &m, &e), -1);
	packed[packed_size / 2] ^= 0x55;
	assert_int_equal(gz_member(packed, packed_size, &m, &e), -1);
	assert_int_not_equal(e.code, EFBIG);
	pack(SIZE, 6);
	m.limit = SIZE - 1;
	assert_int_equal(gz_member(packed, packed_size, &m, &e), -1);
	assert_int_equal(e.code, EFBIG);
	assert_int_equal(gz_member("plain text, not packed", 22, &m, &e), -1);
}

static void
the_first_bytes_tell_what_is_in_it(void **state)
{
	unsigned char first[6];

	(void)state;
	pack(SIZE, 6);
	assert_true(gz_peek(packed, packed_size, first, sizeof first));
	assert_memory_equal(first, text, sizeof first);
	pack(5, 6);
	assert_false(gz_peek(packed, packed_size, first, sizeof first));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_member_is_inflated_to_a_file),
		cmocka_unit_test(
			a_member_that_is_cut_damaged_or_too_large_is_an_error),
		cmocka_unit_test(the_first_bytes_tell_what_is_in_it),
		cmocka_unit_test(what_was_packed_comes_out),
		cmocka_unit_test(limit_is_named),
		cmocka_unit_test(every_cut_is_an_error),
		cmocka_unit_test(every_flipped_byte_is_an_error_or_harmless),
		cmocka_unit_test(lying_trailer_is_an_error),
		cmocka_unit_test(what_follows_is_an_error),
		cmocka_unit_test(other_data_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
