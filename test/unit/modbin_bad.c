/* SPDX-License-Identifier: MIT */
/*
 * Binary indexes that are damaged or made by an enemy: whatever is in the
 * file, a search ends and reads nothing beyond it.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "binindex.h"

/* Everything that is asked of an index; that it comes back is the test. */
static void
ask(const unsigned char *data, size_t size)
{
	static const char *const text[] = { "", "a", "ab:ab", "-_abc:ab" };
	unsigned char *copy = malloc(size ? size : 1);
	struct file_map map = { (const char *)copy, size };
	struct modbin bin;
	struct piece value;

	memcpy(copy, data, size);
	if (modbin_open(&bin, &map, &e) == 0)
		for (unsigned i = 0; i < 4; i++) {
			struct modbin_search search = { 0 };
			unsigned count = 0;

			modbin_find(&bin, text[i], &value, &e);
			modbin_begins(&bin, text[i], &e);
			while (count++ < 100 && modbin_match(&bin, text[i],
			    &search, &value, &e) > 0)
				continue;
		}
	free(copy);
}

static void
torn_and_spoilt_files_end_in_a_sentence(void **state)
{
	struct modset s;

	(void)state;
	modset_by_chance(&s, 20);
	for (size_t size = 0; size < s.bin.size; size++)
		ask(s.bin.data, size);
	for (size_t i = 0; i < s.bin.size; i++) {
		unsigned char was = s.bin.data[i];

		for (unsigned bit = 0; bit < 8; bit++) {
			s.bin.data[i] = (unsigned char)(was ^ 1U << bit);
			ask(s.bin.data, s.bin.size);
		}
		s.bin.data[i] = was;
	}
	for (unsigned round = 0; round < 2000; round++) {
		struct bytes b = { NULL, 0, 0 };

		put(&b, s.bin.data, s.bin.size);
		for (unsigned i = 0; i < 8; i++)
			b.data[12 + chance((unsigned)b.size - 12)] =
				(unsigned char)chance(256);
		ask(b.data, b.size);
		free(b.data);
	}
	modset_free(&s);
}

static void
what_is_no_index_is_said(void **state)
{
	static const char *const list[] = { "a", "b", NULL };
	struct bytes b = trie_of(list);
	struct file_map map = map_of_bytes(&b);
	struct modbin bin;

	(void)state;
	b.data[4 + 1] = 3;
	assert_int_equal(modbin_open(&bin, &map, &e), -1);
	assert_string_equal(e.text, "version 3.1 of the index is not known");
	b.data[0] = 0;
	assert_int_equal(modbin_open(&bin, &map, &e), -1);
	assert_string_equal(e.text, "not an index of depmod(8)");
	map.size = 11;
	assert_int_equal(modbin_open(&bin, &map, &e), -1);
	free(b.data);
}

/* A node that is its own child: each way down comes back to it. */
static void
a_trie_that_bites_its_tail_ends(void **state)
{
	struct bytes b = { NULL, 0, 0 };
	struct modbin bin;
	struct modbin_search search = { 0 };
	struct piece value;
	uint32_t root = 12 | 0x20000000U;

	(void)state;
	put_number(&b, 0xB007F457U);
	put_number(&b, 0x00020001U);
	put_number(&b, root);
	put(&b, "\x01\x7f", 2);
	for (int i = 1; i < 128; i++)
		put_number(&b, root);
	bin = opened(&b);
	alarm(10);
	assert_int_equal(modbin_match(&bin, "pci:v1", &search, &value, &e),
		-1);
	assert_string_equal(e.text, "damaged: it comes back to byte 12");
	assert_null(find(&bin, "pci"));
	alarm(0);
	free(b.data);
}

static void
offsets_beyond_the_end_are_damage(void **state)
{
	static const char *const list[] = { "ab", "x", "ac", "y", NULL };
	struct bytes b = trie_of(list);
	struct modbin bin = opened(&b);

	(void)state;
	bin.root |= 0x0fffffffU;
	assert_string_equal(find(&bin, "ab"), "damaged at byte 268435455");
	bin = opened(&b);
	bin.size -= 9;	/* the root's children are cut off */
	assert_non_null(strstr(find(&bin, "ab"), "damaged at byte "));
	free(b.data);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(torn_and_spoilt_files_end_in_a_sentence),
		cmocka_unit_test(what_is_no_index_is_said),
		cmocka_unit_test(a_trie_that_bites_its_tail_ends),
		cmocka_unit_test(offsets_beyond_the_end_are_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
