/* SPDX-License-Identifier: MIT */
/*
 * What the last stage is told of the failure policy, and understands again.
 */
#include "unit.h"

#include <string.h>

#include "laststage.h"
#include "lib/options.h"

static struct boot b;
static char name[LASTSTAGE_NAME_SIZE];

static int
prepare(void **state)
{
	(void)state;
	memset(&b, 0, sizeof b);
	options_defaults(&b.options);
	return 0;
}

/* The options of the other side. */
static const struct boot_options *
told(void)
{
	static struct boot_options o;
	char *argv[] = { name, (char[]){ "/sbin/init" }, NULL };
	struct err e;

	laststage_name(&b, name);
	assert_true(laststage_is(argv));
	options_defaults(&o);
	assert_int_equal(options_take(&o, laststage_words(argv),
		ORIGIN_CMDLINE, CONTRACT_INITRAMFS, &e), 0);
	return &o;
}

static void
policy_is_the_same_afterwards(void **state)
{
	const struct boot_options *o;
	struct err e;

	(void)state;
	options_take(&b.options, "linuxrc.onfail=poweroff linuxrc.timeout=7 "
		"linuxrc.ui=line", ORIGIN_FILE, CONTRACT_RAM0, &e);
	b.panic_s = 3;
	b.locked = ORIGIN_FILE;
	o = told();
	assert_int_equal(o->onfail, ONFAIL_POWEROFF);
	assert_int_equal(o->timeout_s, 7);
	assert_int_equal(o->ui, UI_LINE);
	assert_int_equal(o->panic_s, 3);
	assert_true(o->lock);
}

static void
what_was_not_given_is_not_told(void **state)
{
	(void)state;
	told();
	assert_string_equal(name, "linuxrc: last stage");
	assert_false(told()->lock);
	b.panic_s = -1;
	assert_int_equal(told()->panic_s, -1);
}

static void
no_other_program_is_one(void **state)
{
	char *argv[] = { (char[]){ "/linuxrc" }, (char[]){ "word" }, NULL };
	char *alone[] = { name, NULL };

	(void)state;
	assert_false(laststage_is(argv));
	laststage_name(&b, name);
	assert_false(laststage_is(alone));
}

#define T(test) cmocka_unit_test_setup(test, prepare)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(policy_is_the_same_afterwards),
		T(what_was_not_given_is_not_told),
		T(no_other_program_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
