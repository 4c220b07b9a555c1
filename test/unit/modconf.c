/* SPDX-License-Identifier: MIT */
/*
 * Lines of modprobe.d: what each command leaves in the table, how lines are
 * joined, and what is said of those that are not used.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/modconf.h"

static struct modconf conf;
static struct err e;
static char text[MODCONF_LINES_MAX * 16];

static int
begin(void **state)
{
	(void)state;
	conf.count = 0;
	e.text[0] = '\0';
	return 0;
}

static int
take_bytes(const char *bytes, size_t len)
{
	memcpy(text, bytes, len);
	text[len] = 'x';	/* the byte that may be written */
	return modconf_take(&conf, "a.conf", text, len, &e);
}

static int
take(const char *lines)
{
	return take_bytes(lines, strlen(lines));
}

static void
check(unsigned i, enum modconf_command command, const char *name,
	const char *rest)
{
	assert_true(i < conf.count);
	assert_int_equal(conf.line[i].command, command);
	assert_string_equal(conf.line[i].name, name);
	assert_string_equal(conf.line[i].rest, rest);
	assert_string_equal(conf.line[i].file, "a.conf");
}

static void
each_command_leaves_a_line(void **state)
{
	(void)state;
	assert_int_equal(take("# a comment\n\n"
		"alias pci:v*d* e1000 more\n"
		"blacklist\tpcspkr\n"
		"  options a-b  x=1   y=\"2 3\" \n"
		"install c /bin/true --x\n"
		"remove c /bin/false\n"
		"weakdep c d\n"
		"softdep c pre: d e post: f"), 0);
	assert_int_equal(conf.count, 5);
	check(0, MODCONF_ALIAS, "pci:v*d*", "e1000");
	check(1, MODCONF_BLACKLIST, "pcspkr", "");
	check(2, MODCONF_OPTIONS, "a-b", "x=1   y=\"2 3\"");
	check(3, MODCONF_INSTALL, "c", "/bin/true --x");
	check(4, MODCONF_SOFTDEP, "c", "pre: d e post: f");
	assert_int_equal(conf.line[0].number, 3);
	assert_int_equal(conf.line[4].number, 9);
}

static void
backslash_continues_a_line(void **state)
{
	(void)state;
	assert_int_equal(take("options a x=1 \\\ny=2\\\n\\\nz \\\r\nw\n"
		"# a comment \\\nblacklist no\n"
		"black\\\nlist b\r\n"
		"options c x=\\ay\\\\\n"
		"blacklist d\\"), 0);
	assert_int_equal(conf.count, 4);
	check(0, MODCONF_OPTIONS, "a", "x=1 y=2z w");
	check(1, MODCONF_BLACKLIST, "b", "");
	assert_int_equal(conf.line[1].number, 8);
	check(2, MODCONF_OPTIONS, "c", "x=ay\\");
	check(3, MODCONF_BLACKLIST, "d", "");
	assert_int_equal(conf.line[3].number, 11);
}

static void
bad_lines_are_named_and_the_rest_is_used(void **state)
{
	(void)state;
	assert_int_equal(take("blacklist a\noptoins a x=1\nblacklist b\n"), -1);
	assert_string_equal(e.text, "a.conf:2: no command of modprobe.d(5): "
		"\"optoins\"");
	assert_int_equal(conf.count, 2);
	assert_int_equal(take("alias a\noptions b\ninstall c \t\nsoftdep d\n"
		"blacklist\nblacklist e\n"), -1);
	assert_string_equal(e.text, "a.conf:1: something is missing behind "
		"\"alias\" (and 4 more)");
	assert_int_equal(conf.count, 3);
	assert_int_equal(take("include /etc/modprobe.d/b.conf\n"), -1);
	assert_string_equal(e.text, "a.conf:1: no command of modprobe.d(5): "
		"\"include\"");
	assert_int_equal(take("xxxxxxxxxxyyyyyyyyyyxxxxxxxxxxyyyyyyyyyyz\n"),
		-1);
	assert_string_equal(e.text, "a.conf:1: no command of modprobe.d(5): "
		"\"xxxxxxxxxxyyyyyyyyyyxxxxxxxxxxyyyyyyyyyy\"");
}

static void
nul_bytes_cost_their_line_only(void **state)
{
	static const char bytes[] = "blacklist a\nblack\0list b\n\0\n"
		"options c x=\0\nblacklist d\n";

	(void)state;
	assert_int_equal(take_bytes(bytes, sizeof bytes - 1), -1);
	assert_string_equal(e.text, "a.conf:2: a NUL byte (and 2 more)");
	assert_int_equal(conf.count, 2);
	check(1, MODCONF_BLACKLIST, "d", "");
	assert_int_equal(conf.line[1].number, 5);
}

static void
empty_texts_are_nothing(void **state)
{
	(void)state;
	assert_int_equal(take(""), 0);
	assert_int_equal(take("\n\r\n \t\n\\\n#\n  # x\n\\"), 0);
	assert_int_equal(conf.count, 0);
}

static void
full_table_is_said(void **state)
{
	char lines[sizeof text - 1] = "";
	size_t len = 0;

	(void)state;
	for (unsigned i = 0; i < MODCONF_LINES_MAX + 3; i++)
		len += (size_t)sprintf(lines + len, "blacklist %u\n",
			i % 10);
	assert_int_equal(take_bytes(lines, len), -1);
	assert_string_equal(e.text, "a.conf:1025: more lines than can be kept "
		"(and 2 more)");
	assert_int_equal(conf.count, MODCONF_LINES_MAX);
}

/* The rests of the lines that fit, each with a blank before it. */
static const char *
found(enum modconf_command command, const char *name)
{
	static char all[128];
	const struct modconf_line *line;
	unsigned at = 0;

	all[0] = '\0';
	while ((line = modconf_next(&conf, command, name, &at))) {
		strcat(all, " ");
		strcat(all, line->rest);
	}
	return all;
}

static void
lines_are_found_by_pattern_or_by_name(void **state)
{
	(void)state;
	assert_int_equal(take("alias net-pf-* a\nalias net-pf-1[0-7] b\n"
		"options net-pf-* never\noptions usb-storage x=1\n"
		"options usb_storage x=2\nsoftdep usb-* pre: c\n"
		"install *_storage /bin/true\n"), 0);
	assert_string_equal(found(MODCONF_ALIAS, "net-pf-17"), " a b");
	assert_string_equal(found(MODCONF_ALIAS, "net_pf_18"), " a");
	assert_string_equal(found(MODCONF_ALIAS, "usb_storage"), "");
	assert_string_equal(found(MODCONF_OPTIONS, "net-pf-17"), "");
	assert_string_equal(found(MODCONF_OPTIONS, "usb_storage"),
		" x=1 x=2");
	assert_string_equal(found(MODCONF_SOFTDEP, "usb_storage"), " pre: c");
	assert_string_equal(found(MODCONF_INSTALL, "usb_storage"),
		" /bin/true");
}

static void
check_soft(const char *rest, const char *list, const char *want)
{
	struct modconf_soft s = { { rest, strlen(rest) }, false };
	char words[64] = "";
	struct piece word;

	while (modconf_soft(&s, list, &word)) {
		strncat(words, word.text, word.len);
		strcat(words, ",");
	}
	assert_string_equal(words, want);
}

static void
soft_dependencies_come_from_their_list(void **state)
{
	(void)state;
	check_soft("pre: a b post: c", "pre:", "a,b,");
	check_soft("pre: a b post: c", "post:", "c,");
	check_soft("post: c pre: a  post: d\tpre: b", "pre:", "a,b,");
	check_soft("a b", "pre:", "");
	check_soft("pre:", "pre:", "");
	check_soft("pre:a", "pre:", "");
}

/* Noise made of what such files are made of; the sanitizers look on. */
static void
noise_is_survived(void **state)
{
	static const char letters[] = "ab \t\\\n\r#*[:\0alias softdep pre:";
	char *noise;

	(void)state;
	srand(7);
	for (unsigned round = 0; round < 20000; round++) {
		size_t len = (size_t)rand() % 63;

		noise = malloc(len + 1);
		assert_non_null(noise);
		for (size_t i = 0; i < len; i++)
			noise[i] = letters[(size_t)rand() %
				(sizeof letters - 1)];
		conf.count = 0;
		modconf_take(&conf, "a.conf", noise, len, &e);
		found(MODCONF_ALIAS, "a");
		free(noise);
	}
}

#define T(f) cmocka_unit_test_setup(f, begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(each_command_leaves_a_line),
		T(backslash_continues_a_line),
		T(bad_lines_are_named_and_the_rest_is_used),
		T(nul_bytes_cost_their_line_only),
		T(empty_texts_are_nothing),
		T(full_table_is_said),
		T(lines_are_found_by_pattern_or_by_name),
		T(soft_dependencies_come_from_their_list),
		T(noise_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
