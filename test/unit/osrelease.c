/* SPDX-License-Identifier: MIT */
/*
 * The name of a system, as os-release(5) files of distributions give it, and
 * as a hostile one might.
 */
#include "unit.h"

#include <string.h>

#include "lib/osrelease.h"

static const char *
name_of(const char *text)
{
	static char name[64];

	memset(name, 'x', sizeof name);
	osrelease_name(text, name, sizeof name);
	return name;
}

static void
pretty_name_counts(void **state)
{
	(void)state;
	assert_string_equal(name_of("PRETTY_NAME=\"Debian GNU/Linux 12 "
		"(bookworm)\"\nNAME=\"Debian GNU/Linux\"\nID=debian\n"),
		"Debian GNU/Linux 12 (bookworm)");
	assert_string_equal(name_of("NAME=x\n  PRETTY_NAME='Void Linux'"),
		"Void Linux");
	/* no other name that ends or begins like it */
	assert_string_equal(name_of("MY_PRETTY_NAME=a\nPRETTY_NAMES=b\n"
		"#PRETTY_NAME=c\nPRETTY_NAME=d\n"), "d");
}

static void
the_last_assignment_counts(void **state)
{
	(void)state;
	assert_string_equal(name_of("PRETTY_NAME=a\nPRETTY_NAME=b\n"), "b");
}

static void
without_it_name_and_version(void **state)
{
	(void)state;
	assert_string_equal(name_of("NAME=\"Alpine Linux\"\n"
		"VERSION=\"3.19 (x)\"\n"), "Alpine Linux 3.19 (x)");
	assert_string_equal(name_of("NAME=Buildroot\nVERSION_ID=2024\n"),
		"Buildroot");
	assert_string_equal(name_of("PRETTY_NAME=\"\"\nNAME=Tiny\n"), "Tiny");
	assert_string_equal(name_of("VERSION=12\n"), "Linux");
	assert_string_equal(name_of(""), "Linux");
}

static void
quotes_and_escapes_are_the_shells(void **state)
{
	(void)state;
	assert_string_equal(name_of("PRETTY_NAME=\"a \\\"b\\\" \\$c \\`d\\` "
		"\\\\e \\f\""), "a \"b\" $c `d` \\e \\f");
	assert_string_equal(name_of("PRETTY_NAME='a \\\"b'"), "a \\\"b");
	assert_string_equal(name_of("PRETTY_NAME=a\\ b c"), "a b");
	assert_string_equal(name_of("PRETTY_NAME=Slack\r\n"), "Slack");
	assert_string_equal(name_of("PRETTY_NAME=\"no end\nID=x"), "no end");
	assert_string_equal(name_of("PRETTY_NAME=\"x\\"), "x\\");
}

static void
what_steers_a_terminal_does_not_get_out(void **state)
{
	(void)state;
	assert_string_equal(name_of("PRETTY_NAME=\"a\033[2Jb\177c\bd\""),
		"a?[2Jb?c?d");
	assert_string_equal(name_of("PRETTY_NAME=\"a\xc2\x9b" "31mb\""),
		"a?31mb");
	/* other letters than those of ASCII stay */
	assert_string_equal(name_of("PRETTY_NAME=\"W\xc3\xbcrz \xc2\xa9\""),
		"W\xc3\xbcrz \xc2\xa9");
}

static void
what_is_too_long_is_cut_between_characters(void **state)
{
	char name[8], text[600];

	(void)state;
	osrelease_name("PRETTY_NAME=abcdefghij", name, sizeof name);
	assert_string_equal(name, "abcdefg");
	osrelease_name("PRETTY_NAME=abcdef\xc3\xbcgh", name, sizeof name);
	assert_string_equal(name, "abcdef");
	osrelease_name("PRETTY_NAME=abcde\xe2\x82\xacgh", name, sizeof name);
	assert_string_equal(name, "abcde");
	memcpy(text, "PRETTY_NAME=", 12);
	memset(text + 12, 'y', sizeof text - 12);
	text[sizeof text - 1] = '\0';
	assert_int_equal(strlen(name_of(text)), 63);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pretty_name_counts),
		cmocka_unit_test(the_last_assignment_counts),
		cmocka_unit_test(without_it_name_and_version),
		cmocka_unit_test(quotes_and_escapes_are_the_shells),
		cmocka_unit_test(what_steers_a_terminal_does_not_get_out),
		cmocka_unit_test(what_is_too_long_is_cut_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
