/* SPDX-License-Identifier: MIT */
/*
 * depmod's binary indexes: they say what the text says, in its order. Given
 * directories of modules (lib/modules/RELEASE), compares the two indexes of
 * each of these instead, line by line.
 */
#include "unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "binindex.h"

static void
keys_are_found_whole(void **state)
{
	static const char *const list[] = { "virtio_pci", "pci line",
		"virtio", "virtio line", "virtio_blk", "blk line",
		"virtio_blk", "second line", "x", "x line", NULL };
	struct bytes b = trie_of(list);
	struct modbin bin = opened(&b);

	(void)state;
	assert_string_equal(find(&bin, "virtio-pci"), "pci line");
	assert_string_equal(find(&bin, "virtio_blk"), "blk line");
	assert_string_equal(find(&bin, "virtio"), "virtio line");
	assert_string_equal(find(&bin, "x"), "x line");
	assert_null(find(&bin, "virtio_"));
	assert_null(find(&bin, "virtio_pcie"));
	assert_null(find(&bin, "y"));
	assert_null(find(&bin, ""));
	assert_int_equal(modbin_begins(&bin, "virtio_p", &e), 1);
	assert_int_equal(modbin_begins(&bin, "virtio", &e), 1);
	assert_int_equal(modbin_begins(&bin, "", &e), 1);
	assert_int_equal(modbin_begins(&bin, "virtio_pcie", &e), 0);
	assert_int_equal(modbin_begins(&bin, "vb", &e), 0);
	free(b.data);
}

static void
empty_index_has_nothing(void **state)
{
	static const char *const list[] = { NULL };
	struct bytes b = trie_of(list);
	struct modbin bin = opened(&b);
	struct modbin_search search = { 0 };
	struct piece value;

	(void)state;
	assert_null(find(&bin, "virtio"));
	assert_int_equal(modbin_begins(&bin, "v", &e), 0);
	assert_int_equal(modbin_match(&bin, "v", &search, &value, &e), 0);
	free(b.data);
}

static void
matches_come_in_the_order_of_their_priorities(void **state)
{
	static const char *const list[] = { "pci:v1*", "fourth",
		"pci:*bc01*", "third", "pci:v1d2bc01", "second",
		"*", "first", "pci:v2*", "never", NULL };
	static const char *const want[] = { "first", "second", "third",
		"fourth" };
	struct bytes b = trie_of(list);
	struct modbin bin = opened(&b);
	struct modbin_search search = { 0 };
	struct piece value;

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		assert_int_equal(modbin_match(&bin, "pci:v1d2bc01", &search,
			&value, &e), 1);
		assert_string_equal(value.text, want[i]);
	}
	assert_int_equal(modbin_match(&bin, "pci:v1d2bc01", &search, &value,
		&e), 0);
	free(b.data);
}

/* ------------------------------------------------------- as the text does */

static void
compare(const struct modbin *bin, const struct file_map *text,
	const char *modalias)
{
	struct modbin_search search = { 0 };
	struct piece by_text, by_bin;
	size_t at = 0;
	int found;

	while (modindex_alias(text, modalias, &at, &by_text)) {
		found = modbin_match(bin, modalias, &search, &by_bin, &e);
		if (found <= 0)
			fail_msg("%s: %.*s is not found: %s", modalias,
				(int)by_text.len, by_text.text,
				found < 0 ? e.text : "the end");
		if (by_text.len != by_bin.len || memcmp(by_text.text,
		    by_bin.text, by_bin.len) != 0)
			fail_msg("%s: %.*s, not %.*s", modalias,
				(int)by_bin.len, by_bin.text,
				(int)by_text.len, by_text.text);
	}
	found = modbin_match(bin, modalias, &search, &by_bin, &e);
	if (found != 0)
		fail_msg("%s: %s", modalias, found < 0 ? e.text :
			by_bin.text);
}

/* A modalias that the pattern matches: something for each wildcard. */
static void
fill_in(const char *pattern, size_t len, char *text)
{
	static const char *const star[] = { "", "0", "ab", "bc01sc06i01" };

	for (size_t i = 0; i < len; i++) {
		if (pattern[i] == '*') {
			strcpy(text, star[chance(4)]);
			text += strlen(text);
		} else if (pattern[i] == '[') {
			*text++ = pattern[i + 1] == '!' ? 'z' :
				pattern[i + 1];
			while (i < len && pattern[i] != ']')
				i++;
		} else {
			*text++ = pattern[i] == '?' ? '0' : pattern[i];
		}
	}
	*text = '\0';
}

static void
the_two_say_the_same(void **state)
{
	struct modset s;

	(void)state;
	for (unsigned round = 0; round < 60; round++) {
		struct file_map text;
		struct modbin bin;
		char modalias[64];
		struct piece line;
		size_t at = 0;

		modset_by_chance(&s, 1 + round);
		text = map_of_bytes(&s.text);
		bin = opened(&s.bin);
		for (unsigned i = 0; i < 300; i++) {
			chance_pattern(modalias, sizeof modalias, i % 8 == 0);
			compare(&bin, &text, modalias);
		}
		while (modindex_next(&text, &at, &line)) {
			fill_in(line.text, (size_t)((const char *)memchr(
				line.text, ' ', line.len) - line.text),
				modalias);
			compare(&bin, &text, modalias);
		}
		modset_free(&s);
	}
}

/* ------------------------------------------------------------ real trees */

static void
compare_tree(const char *path, unsigned *lines)
{
	int dir = open(path, O_RDONLY | O_DIRECTORY);
	struct file_map text, map;
	struct modbin bin;
	struct piece line;
	size_t at = 0;

	if (file_map(dir, "modules.alias", &text, &e) < 0 ||
	    file_map(dir, "modules.alias.bin", &map, &e) < 0 ||
	    modbin_open(&bin, &map, &e) < 0)
		fail_msg("%s: %s", path, e.text);
	while (modindex_next(&text, &at, &line)) {
		const char *blank = memchr(line.text, ' ', line.len);
		char modalias[4096];

		for (unsigned i = 0; blank && i < 3; i++) {
			fill_in(line.text, (size_t)(blank - line.text),
				modalias);
			compare(&bin, &text, modalias);
		}
		++*lines;
	}
	file_unmap(&text);
	file_unmap(&map);
	close(dir);
}

static void
compare_needs(const char *path, unsigned *lines)
{
	int dir = open(path, O_RDONLY | O_DIRECTORY);
	struct file_map text, map;
	struct piece line, value, colon;
	struct modbin bin;
	size_t at = 0;
	char name[64];

	if (file_map(dir, "modules.dep", &text, &e) < 0 ||
	    file_map(dir, "modules.dep.bin", &map, &e) < 0 ||
	    modbin_open(&bin, &map, &e) < 0)
		fail_msg("%s: %s", path, e.text);
	while (modindex_line(&text, &at, &line)) {
		colon.text = line.text;
		colon.len = (size_t)((const char *)memchr(line.text, ':',
			line.len) - line.text);
		assert_int_equal(modindex_name(colon, name, sizeof name), 0);
		if (modbin_find(&bin, name, &value, &e) != 1 ||
		    value.len != line.len ||
		    memcmp(value.text, line.text, line.len) != 0)
			fail_msg("%s: %s", path, name);
		++*lines;
	}
	file_unmap(&text);
	file_unmap(&map);
	close(dir);
}

static const char *const *trees;

static void
real_trees_say_the_same(void **state)
{
	(void)state;
	for (const char *const *tree = trees; *tree; tree++) {
		unsigned aliases = 0, needs = 0;

		compare_tree(*tree, &aliases);
		compare_needs(*tree, &needs);
		print_message("%s: %u aliases, %u modules\n", *tree, aliases,
			needs);
		assert_true(aliases > 0 && needs > 0);
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_found_whole),
		cmocka_unit_test(empty_index_has_nothing),
		cmocka_unit_test(matches_come_in_the_order_of_their_priorities),
		cmocka_unit_test(the_two_say_the_same),
	};
	const struct CMUnitTest real[] = {
		cmocka_unit_test(real_trees_say_the_same),
	};

	if (argc < 2)
		return cmocka_run_group_tests(tests, NULL, NULL);
	trees = (const char *const *)argv + 1;
	return cmocka_run_group_tests(real, NULL, NULL);
}
