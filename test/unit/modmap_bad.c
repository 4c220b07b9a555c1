/* SPDX-License-Identifier: MIT */
/*
 * A binary index that is damaged, or missing: said once, and the text taken.
 */
#include "unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/file.h"
#include "modmaps.h"

static struct bytes
bytes_of(const char *text)
{
	struct bytes b = { NULL, 0, 0 };

	put(&b, text, strlen(text));
	return b;
}

static bool
log_has(const char *text)
{
	char log[4096];

	return file_read(dir, "kmsg", log, sizeof log, &e) >= 0 &&
		strstr(log, text) != NULL;
}

static void
damaged_index_is_said_once_and_the_text_taken(void **state)
{
	struct bytes b = bytes_of("no index");
	struct bytes text = bytes_of("alias a:* one\n");
	struct modmap_search search = { 0 };
	struct piece found;

	(void)state;
	put_file("modules.alias", &text);
	put_file("modules.alias.bin", &b);
	assert_int_equal(modmap_open(&m, dir, MODTEXT_ALIAS, &e), 0);
	assert_true(modmap_alias(&m, "a:1", &search, &found));
	assert_memory_equal(found.text, "one", 3);
	assert_true(log_has("<4>linuxrc: modules.alias.bin: not an index of "
		"depmod(8); modules.alias is read in its place -- depmod(8) "
		"makes both anew\n"));
	free(b.data);
	free(text.data);
}

static void
damage_that_is_met_later_leads_to_the_text_too(void **state)
{
	struct bytes text = dep_of(3, false), bin = dep_of(3, true);
	struct dep_line line;

	(void)state;
	put_file("modules.dep", &text);
	bin.size -= 12;		/* into the root */
	put_file("modules.dep.bin", &bin);
	assert_int_equal(modmap_open(&m, dir, MODTEXT_DEP, &e), 0);
	assert_true(modmap_dep(&m, "m_2", &line));
	assert_true(log_has("modules.dep.bin: damaged at byte "));
	tree_sh(": >kmsg");
	assert_true(modmap_dep(&m, "m_1", &line));
	assert_false(log_has("modules.dep.bin"));
	free(text.data);
	free(bin.data);
}

static void
line_of_another_module_is_damage(void **state)
{
	struct trie *t = trie_new();
	struct dep_line line;
	struct bytes bin;

	(void)state;
	trie_add(t, "ext4", "kernel/fs/xfs/xfs.ko:", 0);
	bin = trie_bytes(t);
	trie_free(t);
	put_file("modules.dep.bin", &bin);
	assert_int_equal(modmap_open(&m, dir, MODTEXT_DEP, &e), 0);
	assert_false(modmap_dep(&m, "ext4", &line));
	assert_true(log_has("damaged at the line of ext4"));
	free(bin.data);
}

static void
absent_index_is_empty(void **state)
{
	struct modmap_search search = { 0 };
	struct piece found;

	(void)state;
	assert_int_equal(modmap_open(&m, dir, MODTEXT_ALIAS, &e), -1);
	assert_int_equal(e.code, ENOENT);
	assert_false(modmap_alias(&m, "a", &search, &found));
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(damaged_index_is_said_once_and_the_text_taken),
		T(damage_that_is_met_later_leads_to_the_text_too),
		T(line_of_another_module_is_damage),
		T(absent_index_is_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
