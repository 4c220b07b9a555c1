/* SPDX-License-Identifier: MIT */
/*
 * What follows a crash, one after the other, without a process that crashes.
 */
#include "unit.h"

#include <signal.h>
#include <string.h>

#include "crash.h"
#include "fake_sys.h"

static struct boot b;
static struct crashes c;

static int
prepare(void **state)
{
	(void)state;
	fake_reset();
	memset(&b, 0, sizeof b);
	memset(&c, 0, sizeof c);
	b.contract = CONTRACT_INITRAMFS;
	b.step = STEP_DEVICE;
	/* what is said here is not for this machine's kernel log */
	strcpy(b.kernfs.base, "/no-such-directory");
	return 0;
}

static bool
crashes(void)
{
	return crash_go_on(&c, &b, "find the root device", SIGSEGV);
}

static void
first_is_done_again_and_the_second_is_asked_about(void **state)
{
	(void)state;
	assert_true(crashes());
	assert_false(b.ask);
	assert_string_equal(b.err.text, "crashed: Segmentation fault");
	assert_true(crashes());
	assert_true(b.ask);
	/* an earlier step is no first crash either */
	b.step = STEP_DRIVERS;
	assert_true(crashes());
	assert_true(b.ask);
}

static void
later_step_has_its_own_first_crash(void **state)
{
	(void)state;
	assert_true(crashes());
	b.step = STEP_ROOTFS;
	assert_true(crashes());
	assert_false(b.ask);
}

static void
question_that_crashes_twice_is_no_answer(void **state)
{
	(void)state;
	b.asking = true;
	fail(&b.err, 0, "no root= was given");
	assert_true(crashes());
	assert_true(b.ask);
	assert_string_equal(b.err.text, "no root= was given");
	assert_false(crashes());
	/* the log comes out again, whatever a full screen had done */
	assert_string_equal(fake_calls(), "quiet_console 0\n"
		"quiet_console 0\n");
}

static void
end_without_a_word_is_a_crash(void **state)
{
	(void)state;
	assert_true(crash_go_on(&c, &b, "find the root device", 3 << 8));
	assert_string_equal(b.err.text, "ended with status 3 without a word");
}

#define T(test) cmocka_unit_test_setup(test, prepare)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(first_is_done_again_and_the_second_is_asked_about),
		T(later_step_has_its_own_first_crash),
		T(question_that_crashes_twice_is_no_answer),
		T(end_without_a_word_is_a_crash),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
