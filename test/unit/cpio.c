/* SPDX-License-Identifier: MIT */
/*
 * cpio archives: what is written is read again, what is cut, damaged or
 * meant to harm is a sentence, and nothing outside of it is read.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/cpio.h"

static char archive[16384];
static size_t size;
static struct err e;

/* Append an entry with this data. */
static void
put(struct cpio_entry entry, const char *data)
{
	static char head[CPIO_HEAD_SIZE];
	size_t len;

	entry.size = (uint32_t)strlen(data);
	len = cpio_head(head, &entry);
	assert_true(len > 0 && len % 4 == 0);
	memcpy(archive + size, head, len);
	memcpy(archive + size + len, data, entry.size);
	size += len + entry.size + cpio_padding(entry.size);
}

static void
put_trailer(void)
{
	put((struct cpio_entry){ .name = "TRAILER!!!", .links = 1 }, "");
}

static void
put_three(void)
{
	memset(archive, 0, sizeof archive);
	size = 0;
	put((struct cpio_entry){ .name = "etc/a", .inode = 7, .mode = 0100644,
		.uid = 1, .gid = 2, .links = 3, .mtime = 0xfedcba98 },
		"five!");
	put((struct cpio_entry){ .name = "dev/console", .mode = 020600,
		.major = 5, .minor = 1 }, "");
	put((struct cpio_entry){ .name = "l", .mode = 0120777 }, "etc/a");
	put_trailer();
}

/* Read all of it from the heap, where reading too far is seen. */
static int
read_all(size_t len, unsigned *entries)
{
	char *copy = malloc(len + 1);
	struct cpio_reader c = { .data = copy, .size = len };
	struct cpio_entry entry;
	int result;

	memcpy(copy, archive, len);
	e.text[0] = '\0';
	for (*entries = 0; (result = cpio_next(&c, &entry, &e)) > 0;)
		++*entries;
	free(copy);
	return result;
}

static void
what_was_written_is_read(void **state)
{
	struct cpio_reader c = { .data = archive };
	struct cpio_entry a;

	(void)state;
	put_three();
	c.size = size;
	assert_true(cpio_is(archive, size));
	assert_int_equal(cpio_next(&c, &a, &e), 1);
	assert_string_equal(a.name, "etc/a");
	assert_int_equal(a.size, 5);
	assert_memory_equal(a.data, "five!", 5);
	assert_int_equal(a.inode, 7);
	assert_int_equal(a.mode, 0100644);
	assert_int_equal(a.uid, 1);
	assert_int_equal(a.gid, 2);
	assert_int_equal(a.links, 3);
	assert_int_equal(a.mtime, 0xfedcba98);
	assert_int_equal(cpio_next(&c, &a, &e), 1);
	assert_string_equal(a.name, "dev/console");
	assert_int_equal(a.major, 5);
	assert_int_equal(a.minor, 1);
	assert_int_equal(cpio_next(&c, &a, &e), 1);
	assert_memory_equal(a.data, "etc/a", a.size);
	assert_int_equal(cpio_next(&c, &a, &e), 0);
	assert_int_equal(c.at, size);
}

/* The header of the kernel's document, to the letter. */
static void
header_is_that_of_the_document(void **state)
{
	static const char head[] = "070701" "0000000a" "000081a4" "00000000"
		"00000000" "00000001" "00000001" "00000003" "00000000"
		"00000000" "00000008" "000000ff" "00000004" "00000000" "abc";
	static char made[CPIO_HEAD_SIZE];
	struct cpio_entry entry = { .name = "abc", .inode = 10,
		.mode = 0100644, .links = 1, .mtime = 1, .size = 3,
		.major = 8, .minor = 255 };

	(void)state;
	assert_int_equal(cpio_head(made, &entry), 116);
	assert_memory_equal(made, head, sizeof head);
	assert_int_equal(made[115], 0);
}

static void
names_have_a_limit(void **state)
{
	static char name[CPIO_NAME_SIZE + 1], made[CPIO_HEAD_SIZE];
	struct cpio_entry entry = { .name = name };

	(void)state;
	memset(name, 'n', sizeof name);
	name[CPIO_NAME_SIZE - 1] = '\0';
	assert_int_equal(cpio_head(made, &entry), 110 + CPIO_NAME_SIZE + 2);
	name[CPIO_NAME_SIZE - 1] = 'n';
	name[CPIO_NAME_SIZE] = '\0';
	assert_int_equal(cpio_head(made, &entry), 0);
}

static void
every_cut_is_a_sentence(void **state)
{
	unsigned entries;

	(void)state;
	put_three();
	/* the trailer is 121 bytes; its padding may be absent */
	assert_int_equal(read_all(size - 3, &entries), 0);
	for (size_t len = 0; len < size - 3; len++) {
		assert_int_equal(read_all(len, &entries), -1);
		assert_true(entries <= 3);
		assert_non_null(strstr(e.text, "cut short"));
	}
	assert_int_equal(read_all(size, &entries), 0);
	assert_int_equal(entries, 3);
}

static void
every_changed_byte_is_harmless(void **state)
{
	unsigned entries;

	(void)state;
	put_three();
	for (size_t i = 0; i < size; i++)
		for (unsigned bit = 0; bit < 8; bit++) {
			int result;

			archive[i] = (char)(archive[i] ^ 1 << bit);
			result = read_all(size, &entries);
			assert_true(result == 0 || e.text[0]);
			archive[i] = (char)(archive[i] ^ 1 << bit);
		}
}

/* Overwrite one field of the first header. */
static void
set_field(unsigned n, const char *digits)
{
	put_three();
	memcpy(archive + 6 + n * 8, digits, 8);
}

static void
impossible_numbers_are_refused(void **state)
{
	unsigned entries;

	(void)state;
	set_field(6, "ffffffff");
	assert_int_equal(read_all(size, &entries), -1);
	assert_non_null(strstr(e.text, "etc/a has 4294967295 bytes, cut "
		"short after"));
	set_field(11, "ffffffff");
	assert_int_equal(read_all(size, &entries), -1);
	assert_non_null(strstr(e.text, "a name of 4294967295 bytes"));
	set_field(11, "00000001");
	assert_int_equal(read_all(size, &entries), -1);
	assert_non_null(strstr(e.text, "a name of 1 bytes"));
	set_field(11, "00000003");
	assert_int_equal(read_all(size, &entries), -1);
	assert_non_null(strstr(e.text, "does not end where"));
	set_field(11, "00000008");
	assert_int_equal(read_all(size, &entries), -1);
	assert_non_null(strstr(e.text, "does not end where"));
	set_field(0, "0000 007");
	assert_int_equal(read_all(size, &entries), -1);
	assert_non_null(strstr(e.text, "something else than digits"));
	/* both cases of a digit are one */
	set_field(5, "FEDCBA98");
	assert_int_equal(read_all(size, &entries), 0);
}

static void
sums_of_crc_archives_are_checked(void **state)
{
	unsigned entries;

	(void)state;
	set_field(12, "000001cb");	/* of "five!" */
	archive[5] = '2';
	assert_int_equal(read_all(size, &entries), 0);
	set_field(12, "000001cf");
	archive[5] = '2';
	assert_int_equal(read_all(size, &entries), -1);
	assert_non_null(strstr(e.text, "etc/a is damaged: its sum is 000001cb, "
		"not 000001cf"));
}

static void
other_data_is_no_archive(void **state)
{
	(void)state;
	assert_false(cpio_is("070701", 5));
	assert_true(cpio_is("070701", 6));
	assert_true(cpio_is("070702", 6));
	assert_false(cpio_is("070707", 6));	/* the old kind, in octal */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(header_is_that_of_the_document),
		cmocka_unit_test(names_have_a_limit),
		cmocka_unit_test(every_cut_is_a_sentence),
		cmocka_unit_test(every_changed_byte_is_harmless),
		cmocka_unit_test(impossible_numbers_are_refused),
		cmocka_unit_test(sums_of_crc_archives_are_checked),
		cmocka_unit_test(other_data_is_no_archive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
