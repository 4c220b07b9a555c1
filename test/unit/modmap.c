/* SPDX-License-Identifier: MIT */
/*
 * modules.dep and modules.alias, looked into many times: a large text is
 * read once, of a binary index only what lies on the way; and what each of
 * them says is what a reader of the whole text finds.
 */
#include "unit.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "lib/file.h"
#include "modmaps.h"

/* ------------------------------------------------- as a whole text reads */

static void
compare(const struct file_map *text, const char *modalias)
{
	struct modmap_search search = { 0 };
	struct piece want, found;
	size_t at = 0;

	while (modindex_alias(text, modalias, &at, &want)) {
		if (!modmap_alias(&m, modalias, &search, &found))
			fail_msg("%s: %.*s is not found", modalias,
				(int)want.len, want.text);
		if (want.len != found.len ||
		    memcmp(want.text, found.text, want.len) != 0)
			fail_msg("%s: not %.*s", modalias, (int)want.len,
				want.text);
	}
	if (modmap_alias(&m, modalias, &search, &found))
		fail_msg("%s: %.*s as well", modalias, (int)found.len,
			found.text);
}

static void
compare_many(const struct file_map *text)
{
	char modalias[64];

	for (unsigned i = 0; i < 400; i++) {
		chance_pattern(modalias, sizeof modalias, false);
		compare(text, modalias);
	}
}

static void
large_text_says_what_all_of_it_says(void **state)
{
	struct modset s;
	struct file_map text;

	(void)state;
	modset_by_chance(&s, 400);
	text = map_of_bytes(&s.text);
	assert_true(text.size > MODTEXT_SMALL);
	put_file("modules.alias", &s.text);
	assert_int_equal(modmap_open(&m, dir, MODTEXT_ALIAS, &e), 0);
	assert_false(modmap_is_small(&m));
	compare_many(&text);
	modset_free(&s);
}

static void
text_with_more_lines_than_the_table_is_read_on(void **state)
{
	struct bytes b = { NULL, 0, 0 };
	struct file_map text;
	char line[64];

	(void)state;
	for (unsigned i = 0; i < MODTEXT_LINES + 100; i++) {
		if (i % 5000)
			snprintf(line, sizeof line, "alias a:%u* m\n", i);
		else
			snprintf(line, sizeof line, "alias b* m%u\n", i);
		put(&b, line, strlen(line));
	}
	text = map_of_bytes(&b);
	put_file("modules.alias", &b);
	assert_int_equal(modmap_open(&m, dir, MODTEXT_ALIAS, &e), 0);
	compare(&text, "a:1");
	compare(&text, "a:65599");
	compare(&text, "a:65500x");
	compare(&text, "a:99999");
	compare(&text, "b");
	free(b.data);
}

static void
binary_index_counts_and_not_the_text_beside_it(void **state)
{
	struct modset s, other;
	struct file_map text;

	(void)state;
	modset_by_chance(&s, 300);
	modset_by_chance(&other, 300);
	text = map_of_bytes(&s.text);
	put_file("modules.alias.bin", &s.bin);
	put_file("modules.alias", &other.text);
	assert_int_equal(modmap_open(&m, dir, MODTEXT_ALIAS, &e), 0);
	compare_many(&text);
	modset_free(&s);
	modset_free(&other);
}

/* ------------------------------------------------------------ by its name */

static void
check_dep(unsigned modules)
{
	struct dep_line line;
	char name[16], want[32];

	assert_int_equal(modmap_open(&m, dir, MODTEXT_DEP, &e), 0);
	for (unsigned i = 0; i < modules; i++) {
		snprintf(name, sizeof name, "m%c%u", i % 2 ? '-' : '_', i);
		snprintf(want, sizeof want, "kernel/x/m-%u.ko", i);
		assert_true(modmap_dep(&m, name, &line));
		assert_int_equal(line.path.len, strlen(want));
		assert_memory_equal(line.path.text, want, line.path.len);
		snprintf(want, sizeof want, " kernel/y/m-%u.ko", i / 2);
		assert_int_equal(line.needs.len, strlen(want));
		assert_memory_equal(line.needs.text, want, line.needs.len);
	}
	assert_false(modmap_dep(&m, "m", &line));
	assert_false(modmap_dep(&m, "m-", &line));
	assert_false(modmap_dep(&m, "m-10x", &line));
	modmap_close(&m);
}

static void
modules_are_found_by_name_in_each_form(void **state)
{
	struct bytes small = dep_of(20, false), large = dep_of(1000, false);
	struct bytes bin = dep_of(1000, true);

	(void)state;
	put_file("modules.dep", &small);
	check_dep(20);
	put_file("modules.dep", &large);
	check_dep(1000);
	put_file("modules.dep", &small);
	put_file("modules.dep.bin", &bin);
	check_dep(1000);
	free(small.data);
	free(large.data);
	free(bin.data);
}

/* ------------------------------------------------------------ how often */

static char *guarded;
static size_t guarded_size;
static volatile unsigned touched;

/* A page of the index is read: count it, and let it be read from now on. */
static void
count_page(int signal, siginfo_t *info, void *context)
{
	char *page = (char *)((uintptr_t)info->si_addr & ~(uintptr_t)4095);

	(void)signal;
	(void)context;
	if (page < guarded || page >= guarded + guarded_size)
		abort();
	touched++;
	mprotect(page, 4096, PROT_READ);
}

/* How many pages of the mapped index 500 lookups read, 50 of them not in
 * vain. */
static unsigned
pages_touched(void)
{
	unsigned matches = 0;
	struct sigaction count = { .sa_sigaction = count_page,
		.sa_flags = SA_SIGINFO | SA_NODEFER };
	struct modmap_search search;
	struct piece found;
	char modalias[48];

	guarded = (char *)(uintptr_t)m.map.data;
	guarded_size = m.map.size;
	touched = 0;
	sigaction(SIGSEGV, &count, NULL);
	mprotect(guarded, guarded_size, PROT_NONE);
	for (unsigned i = 0; i < 500; i++) {
		snprintf(modalias, sizeof modalias, "pci:v%08Xd%08Xsv1sd1bc1",
			i % 10 ? 0xffff : i, i);
		search = (struct modmap_search){ 0 };
		while (modmap_alias(&m, modalias, &search, &found))
			matches++;
	}
	sigaction(SIGSEGV, &(struct sigaction){ .sa_handler = SIG_DFL },
		NULL);
	mprotect(guarded, guarded_size, PROT_READ);
	assert_int_equal(matches, 50);
	return touched;
}

static struct modset
a_distribution(void)
{
	struct modset s;
	char id[64], class[64];
	const char *const pattern[] = { id, class };

	modset_begin(&s);
	for (unsigned i = 0; i < 1500; i++) {
		snprintf(id, sizeof id, "pci:v%08Xd%08Xsv*sd*bc*", i, i);
		snprintf(class, sizeof class, "usb:v%04Xp%04Xd*", i, i);
		modset_add(&s, pattern, 2);
	}
	modset_end(&s);
	return s;
}

static void
large_text_is_not_read_again_for_each_device(void **state)
{
	struct modset s = a_distribution();

	(void)state;
	put_file("modules.alias", &s.text);
	assert_int_equal(modmap_open(&m, dir, MODTEXT_ALIAS, &e), 0);
	assert_true(m.map.size > 15 * 4096);
	assert_in_range(pages_touched(), 1, 14);
	modset_free(&s);
}

static void
binary_index_is_read_only_on_the_way(void **state)
{
	struct modset s = a_distribution();

	(void)state;
	put_file("modules.alias.bin", &s.bin);
	assert_int_equal(modmap_open(&m, dir, MODTEXT_ALIAS, &e), 0);
	assert_true(m.map.size > 15 * 4096);
	assert_in_range(pages_touched(), 1, 14);
	modset_free(&s);
}

static void
prefixes_that_no_pattern_has_are_told(void **state)
{
	static const char *const prefix[] = { "pci:", "usb:v", "hid:", "" };
	struct modset s = a_distribution();

	(void)state;
	put_file("modules.alias", &s.text);
	assert_int_equal(modmap_open(&m, dir, MODTEXT_ALIAS, &e), 0);
	assert_int_equal(modmap_begins(&m, prefix, 4), 15);
	modmap_close(&m);
	put_file("modules.alias.bin", &s.bin);
	assert_int_equal(modmap_open(&m, dir, MODTEXT_ALIAS, &e), 0);
	assert_int_equal(modmap_begins(&m, prefix, 4), 11);
	modset_free(&s);
}

#define T(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(large_text_says_what_all_of_it_says),
		T(text_with_more_lines_than_the_table_is_read_on),
		T(binary_index_counts_and_not_the_text_beside_it),
		T(modules_are_found_by_name_in_each_form),
		T(large_text_is_not_read_again_for_each_device),
		T(binary_index_is_read_only_on_the_way),
		T(prefixes_that_no_pattern_has_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
