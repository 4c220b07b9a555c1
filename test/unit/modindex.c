/* SPDX-License-Identifier: MIT */
/*
 * depmod's text indexes: patterns beside fnmatch(3), names, and garbage,
 * which matches nothing and is never read past its end.
 */
#include "unit.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "lib/modindex.h"

/* The text in heap memory of just its size, so that a byte too far is seen. */
static struct file_map
map_of(const char *text)
{
	size_t len = strlen(text);
	char *copy = malloc(len ? len : 1);

	memcpy(copy, text, len);
	return (struct file_map){ copy, len };
}

static void
drop(struct file_map *map)
{
	free((void *)(uintptr_t)map->data);
}

static bool
match(const char *pattern, const char *text)
{
	struct file_map map = map_of(pattern);
	bool result = modindex_match((struct piece){ map.data, map.size },
		text);

	drop(&map);
	return result;
}

static void
patterns_match_as_fnmatch_does(void **state)
{
	static const char *const pattern[] = {
		"", "a", "*", "**", "?", "a*", "*a", "a*b", "a?b", "*b*",
		"[ab]", "[a-c]", "[!a]", "[^a]", "[]a]", "[a]b", "[a-]",
		"a[bc]*d", "*[0-9]", "d01[0-9]*", "*a*b*c", "a**c", "[!]]",
		"pci:v*d*sv*sd*bc01sc06i01*", "usb:v*p*d*dc*dsc*dp*ic08*",
	};
	static const char *const text[] = {
		"", "a", "b", "c", "ab", "abc", "acd", "abbd", "a]b", "]",
		"d012", "d01x", "xaxbxc", "a0", "aXb", "aaaaab",
		"pci:v00008086d00002922sv00001AF4sd00001100bc01sc06i01",
		"pci:v00008086d00002922sv00001AF4sd00001100bc01sc06i02",
		"usb:v0781p5567d0100dc00dsc00dp00ic08isc06ip50in00",
	};

	(void)state;
	for (size_t p = 0; p < sizeof pattern / sizeof pattern[0]; p++)
		for (size_t t = 0; t < sizeof text / sizeof text[0]; t++)
			if (match(pattern[p], text[t]) !=
			    (fnmatch(pattern[p], text[t], 0) == 0))
				fail_msg("%s against %s", pattern[p],
					text[t]);
}

static void
dash_equals_underscore(void **state)
{
	(void)state;
	assert_true(match("crypto-*", "crypto_aes"));
	assert_true(match("fs_iso-9660", "fs-iso_9660"));
	assert_false(match("[_]", "-"));
}

static void
open_bracket_matches_nothing(void **state)
{
	(void)state;
	assert_false(match("[", "["));
	assert_false(match("[a", "a"));
	assert_false(match("[!", "a"));
	assert_false(match("*[a-", "xa"));
	assert_false(match("a[]", "a]"));
}

static void
many_stars_end_soon(void **state)
{
	char text[4096];

	(void)state;
	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	assert_false(match("*a*a*a*a*a*a*a*a*a*a*a*a*b", text));
}

static void
check_name(const char *path, const char *want)
{
	struct file_map map = map_of(path);
	char name[16];
	int result = modindex_name((struct piece){ map.data, map.size },
		name, sizeof name);

	if (result != (want ? 0 : -1) || (want && strcmp(name, want) != 0))
		fail_msg("%s gives %d %s", path, result, name);
	drop(&map);
}

static void
name_comes_from_the_path(void **state)
{
	(void)state;
	check_name("kernel/fs/ext4/ext4.ko", "ext4");
	check_name("a/usb-storage.ko.xz", "usb_storage");
	check_name("ext4.ko.zst", "ext4");
	check_name("/ext4.ko.gz", "ext4");
	check_name("a.ko/b-c_d.ko", "b_c_d");
	check_name("fifteen_letters.ko", "fifteen_letters");
	check_name("sixteen_letters_.ko", NULL);
	check_name("", NULL);
	check_name(".ko", NULL);
	check_name("a/", NULL);
	check_name("ext4", NULL);
	check_name("ext4.k", NULL);
	check_name("ext4.ko.bz2", NULL);
	check_name("ext4.ko.", NULL);
}

static void
needs_come_last_first(void **state)
{
	struct file_map map = map_of("x.ko: a\nd/foo-bar.ko:  b.ko\tc.ko \r\n");
	struct dep_line line;
	struct piece path;

	(void)state;
	assert_true(modindex_dep(&map, "foo_bar", &line));
	assert_true(modindex_last(&line.needs, &path));
	assert_int_equal(path.len, 4);
	assert_memory_equal(path.text, "c.ko", 4);
	assert_true(modindex_last(&line.needs, &path));
	assert_memory_equal(path.text, "b.ko", 4);
	assert_false(modindex_last(&line.needs, &path));
	assert_false(modindex_dep(&map, "foo", &line));
	assert_false(modindex_dep(&map, "foo_bar.ko", &line));
	assert_false(modindex_dep(&map, "", &line));
	drop(&map);
}

static void
aliases_come_in_order(void **state)
{
	struct file_map map = map_of("# alias pci:v1 comment\n"
		"alias pci:v1* one\nalias usb:* no\nalias pci:* two\n"
		"alias pci:v1 three");
	const char *const want[] = { "one", "two", "three" };
	struct piece module;
	size_t at = 0;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		assert_true(modindex_alias(&map, "pci:v1", &at, &module));
		assert_int_equal(module.len, strlen(want[i]));
		assert_memory_equal(module.text, want[i], module.len);
	}
	assert_false(modindex_alias(&map, "pci:v1", &at, &module));
	drop(&map);
}

static void
prefixes_are_seen_at_once(void **state)
{
	enum { END = 99 };
	static const char *const prefix[] = { "pci:", "usb:", "acpi", "p" };
	static const unsigned wanted[] = { 8, 4, 1 | 8, 0, END };
	const unsigned *want = wanted;
	struct piece line;
	size_t at = 0;
	struct file_map map = map_of("alias pci\nalias acpi*:X:* a\n"
		"#alias usb:* b\nalias pci:* c\nalias usb");

	(void)state;
	while (modindex_next(&map, &at, &line)) {
		assert_int_equal(modindex_begins(line, prefix, 4),
			*want++);
		assert_int_equal(modindex_begins(line, prefix, 0), 0);
	}
	assert_int_equal(*want, END);
	drop(&map);
}

static void
builtin_modules_are_known(void **state)
{
	struct file_map map = map_of("kernel/fs/ext2/ext2.ko\n"
		"kernel/lib/crc-t10dif.ko\n");

	(void)state;
	assert_true(modindex_builtin(&map, "ext2"));
	assert_true(modindex_builtin(&map, "crc_t10dif"));
	assert_false(modindex_builtin(&map, "ext"));
	drop(&map);
}

/* Noise made of what the indexes are made of; the sanitizers look on. */
static void
noise_is_survived(void **state)
{
	static const char letters[] = "ab-_:*?[]!/. \t\n.ko.xz "
		"alias \n";
	static const char *const prefix[] = { "a", ":", "" };

	(void)state;
	srand(7);
	for (unsigned round = 0; round < 20000; round++) {
		char text[64];
		size_t len = (size_t)rand() % 63, at = 0;
		struct file_map map;
		struct dep_line line;
		struct piece piece;
		char name[8];

		for (size_t i = 0; i < len; i++)
			text[i] = letters[(size_t)rand() %
				(sizeof letters - 1)];
		text[len] = '\0';
		map = map_of(text);
		if (modindex_dep(&map, "a", &line))
			while (modindex_last(&line.needs, &piece))
				modindex_name(piece, name, sizeof name);
		while (modindex_alias(&map, "a:b", &at, &piece))
			assert_true(piece.len > 0 && at <= map.size + 1);
		at = 0;
		while (modindex_next(&map, &at, &piece))
			modindex_begins(piece, prefix, 3);
		modindex_builtin(&map, "b");
		drop(&map);
	}
}

static void
wildcard_in_a_modalias_stands_for_itself(void **state)
{
	struct file_map map = map_of("alias [!b]* one\nalias *:c two\n");
	struct piece module;
	size_t at = 0;

	(void)state;
	assert_true(modindex_alias(&map, "[a]", &at, &module));
	assert_false(modindex_alias(&map, "[a]", &at, &module));
	at = 0;
	assert_true(modindex_alias(&map, "*b:c", &at, &module));
	assert_memory_equal(module.text, "one", 3);
	assert_true(modindex_alias(&map, "*b:c", &at, &module));
	drop(&map);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_match_as_fnmatch_does),
		cmocka_unit_test(dash_equals_underscore),
		cmocka_unit_test(open_bracket_matches_nothing),
		cmocka_unit_test(many_stars_end_soon),
		cmocka_unit_test(name_comes_from_the_path),
		cmocka_unit_test(needs_come_last_first),
		cmocka_unit_test(aliases_come_in_order),
		cmocka_unit_test(prefixes_are_seen_at_once),
		cmocka_unit_test(builtin_modules_are_known),
		cmocka_unit_test(noise_is_survived),
		cmocka_unit_test(wildcard_in_a_modalias_stands_for_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
