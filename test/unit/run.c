/* SPDX-License-Identifier: MIT */
/*
 * The walker over the procedure, with steps of the test's own.
 */
#include "unit.h"

#include <errno.h>
#include <string.h>

#include "fake_sys.h"
#include "run.h"

static char done[64];
static const char *failing = "";
static enum outcome outcome_of_c;
static struct boot b;

static bool
is_rehearsal(const struct boot *boot)
{
	return boot->rehearsal;
}

static int
step(const char *name, struct err *e)
{
	strcat(done, name);
	if (strstr(failing, name))
		return fail(e, ENODEV, "%s", name);
	return 0;
}

static int
step_a(struct boot *boot, char note[static NOTE_SIZE], struct err *e)
{
	(void)boot;
	strcpy(note, "a note");
	return step("a", e);
}

static int
step_b(struct boot *boot, char note[static NOTE_SIZE], struct err *e)
{
	(void)boot;
	(void)note;
	return step("b", e);
}

static int
step_c(struct boot *boot, char note[static NOTE_SIZE], struct err *e)
{
	boot->outcome = outcome_of_c;
	(void)note;
	return step("c", e);
}

static int
step_d(struct boot *boot, char note[static NOTE_SIZE], struct err *e)
{
	(void)boot;
	(void)note;
	return step("d", e);
}

static const struct step table[] = {
	{ "first", "a", step_a, CARRY_ON, NULL },
	{ "second", "b", step_b, ASK, NULL },
	{ "third", "c", step_c, ASK, NULL },
	{ "at times", "d", step_d, CARRY_ON, is_rehearsal },
	{ "last", "e", NULL, ASK, NULL },
};

static int
prepare(void **state)
{
	(void)state;
	fake_reset();
	memset(&b, 0, sizeof b);
	done[0] = '\0';
	failing = "";
	outcome_of_c = OUTCOME_NONE;
	return 0;
}

static void
steps_are_done_in_order(void **state)
{
	(void)state;
	assert_int_equal(run_steps(table, &b), 0);
	assert_string_equal(done, "abc");
	assert_int_equal(b.step, 4);
}

static void
a_step_that_is_not_asked_for_is_passed_over(void **state)
{
	(void)state;
	b.rehearsal = true;
	assert_int_equal(run_steps(table, &b), 0);
	assert_string_equal(done, "abcd");
}

static void
a_step_can_decide_how_to_end(void **state)
{
	(void)state;
	b.rehearsal = true;
	outcome_of_c = OUTCOME_READY;
	assert_int_equal(run_steps(table, &b), 0);
	assert_string_equal(done, "abc");
}

static void
walk_begins_where_it_is_told(void **state)
{
	(void)state;
	b.step = 2;
	assert_int_equal(run_steps(table, &b), 0);
	assert_string_equal(done, "c");
}

static void
failure_is_carried_on_or_asked_about(void **state)
{
	char sentence[128];

	(void)state;
	failing = "ab";
	assert_int_equal(run_steps(table, &b), -1);
	assert_string_equal(done, "ab");
	assert_int_equal(b.step, 1);
	run_sentence(table, &b, sentence, sizeof sentence);
	assert_string_equal(sentence, "second: b: No such device");
}

#define T(test) cmocka_unit_test_setup(test, prepare)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(steps_are_done_in_order),
		T(a_step_that_is_not_asked_for_is_passed_over),
		T(a_step_can_decide_how_to_end),
		T(walk_begins_where_it_is_told),
		T(failure_is_carried_on_or_asked_about),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
