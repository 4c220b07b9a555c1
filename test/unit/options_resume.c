/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/options: the words of a suspended system, taken as
 * kernel/power/hibernate.c takes them.
 */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "lib/options.h"

static struct boot_options o;
static struct err e;

static int
take(const char *words)
{
	options_defaults(&o);
	e.text[0] = '\0';
	return options_take(&o, words, ORIGIN_CMDLINE, CONTRACT_RAM0, &e);
}

static void
resume_is_taken_under_every_contract_and_the_last_one_wins(void **state)
{
	(void)state;
	assert_int_equal(take("quiet"), 0);
	assert_string_equal(o.resume, "");
	assert_false(o.noresume);
	assert_int_equal(take("resume=/dev/a resume=\"LABEL=my swap\" "
		"resume-offset=34816 resumedelay=7"), 0);
	assert_string_equal(o.resume, "LABEL=my swap");
	assert_int_equal(o.origin[OPT_RESUME], ORIGIN_CMDLINE);
	assert_int_equal(o.resume_offset, 34816);
	assert_int_equal(o.resumedelay_s, 7);
	assert_false(o.noresume);
}

static void
words_that_forbid_it_count_whatever_follows_them(void **state)
{
	static const char *const words[] = { "noresume", "noresumeX",
		"noresume=0", "noresume.x=1", "nohibernate", "nohibernated",
		"hibernate=no", "hibernate=noresume", "hibernate=nothing" };

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		assert_int_equal(take(words[i]), 0);
		if (!o.noresume)
			fail_msg("not taken: %s", words[i]);
		assert_int_equal(o.origin[OPT_NORESUME], ORIGIN_CMDLINE);
	}
}

static void
words_that_only_look_like_them_do_not(void **state)
{
	static const char *const words[] = { "noresum", "anoresume",
		"linuxrc_noresume", "real_noresume", "hibernate",
		"hibernate=nocompress", "hibernate=protect_image",
		"hibernate=n", "hibernate=", "resume", "resumed=/dev/a",
		"xresume=/dev/a" };

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		assert_int_equal(take(words[i]), 0);
		if (o.noresume || o.resume[0])
			fail_msg("taken: %s", words[i]);
		assert_int_equal(o.origin[OPT_NORESUME], ORIGIN_DEFAULT);
	}
}

static void
the_offset_is_decimal_and_ends_with_its_digits(void **state)
{
	(void)state;
	assert_int_equal(take("resume_offset=0x10"), 0);
	assert_int_equal(o.resume_offset, 0);
	assert_int_equal(o.origin[OPT_RESUME_OFFSET], ORIGIN_CMDLINE);
	assert_int_equal(take("resume_offset=010k"), 0);
	assert_int_equal(o.resume_offset, 10);
	assert_int_equal(take("resume_offset=70368744177664"), 0);
	assert_true(o.resume_offset == UINT64_C(1) << 46);
}

static void
a_bad_offset_is_said(void **state)
{
	static const char *const bad[] = { "", "x", "-1", "70368744177665",
		"99999999999999999999999" };
	char text[64];

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		snprintf(text, sizeof text, "resume_offset=%s", bad[i]);
		assert_int_equal(take(text), -1);
		assert_non_null(strstr(e.text, "pages"));
		assert_int_equal(o.origin[OPT_RESUME_OFFSET], ORIGIN_DEFAULT);
	}
}

static void
resumewait_is_a_minute_and_never_less_than_was_given(void **state)
{
	(void)state;
	assert_int_equal(take("resumewait"), 0);
	assert_int_equal(o.resumedelay_s, 60);
	assert_int_equal(take("resumedelay=90 resumewait"), 0);
	assert_int_equal(o.resumedelay_s, 90);
	assert_int_equal(take("resumedelay=x"), -1);
	assert_int_equal(o.resumedelay_s, 0);
}

static void
too_long_a_name_is_said(void **state)
{
	char text[RESUME_SIZE + 32] = "resume=";

	(void)state;
	memset(text + strlen(text), 'x', RESUME_SIZE);
	assert_int_equal(take(text), -1);
	assert_non_null(strstr(e.text, "longer than 399 bytes"));
	assert_string_equal(o.resume, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    resume_is_taken_under_every_contract_and_the_last_one_wins),
		cmocka_unit_test(
			words_that_forbid_it_count_whatever_follows_them),
		cmocka_unit_test(words_that_only_look_like_them_do_not),
		cmocka_unit_test(
			the_offset_is_decimal_and_ends_with_its_digits),
		cmocka_unit_test(a_bad_offset_is_said),
		cmocka_unit_test(
			resumewait_is_a_minute_and_never_less_than_was_given),
		cmocka_unit_test(too_long_a_name_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
