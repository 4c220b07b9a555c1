/* SPDX-License-Identifier: MIT */
/*
 * The question, with pipes for a console and a clock that the test moves.
 */
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dialog.h"
#include "fake_sys.h"

static char shown[16384];

/* Ask with these lines typed beforehand, then end of input. */
static struct answer
ask_typed(const char *typed, struct question q)
{
	struct dialog_terminal t = { .name = "pipe" };
	struct answer a;
	int in[2], out[2];
	ssize_t n;

	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	assert_int_equal(write(in[1], typed, strlen(typed)), strlen(typed));
	close(in[1]);
	t.in = in[0];
	t.out = out[1];
	dialog_open(&t, 1);
	dialog_ask(&q, &a);
	dialog_close(NULL);
	close(in[0]);
	close(out[1]);
	n = read(out[0], shown, sizeof shown - 1);
	shown[n < 0 ? 0 : n] = '\0';
	close(out[0]);
	return a;
}

static const struct question QUESTION = {
	.sentence = "linuxrc: find the root device: no root= was given",
	.typed = "root", .menus = true, .deadline_ms = -1, .then = "reboot",
};

static int
reset(void **state)
{
	(void)state;
	fake_reset();
	return 0;
}

static void
number_chooses(void **state)
{
	struct answer a = ask_typed("1\n", QUESTION);

	(void)state;
	assert_int_equal(a.request, REQUEST_RETRY);
	assert_string_equal(a.words, "");
	assert_non_null(strstr(shown, QUESTION.sentence));
	assert_non_null(strstr(shown, "  1  try again\n"));
	assert_non_null(strstr(shown, "  2  another root=\n"));
	assert_null(strstr(shown, "shell"));
	a = ask_typed("3\n", QUESTION);
	assert_int_equal(a.request, REQUEST_OPTIONS);
	a = ask_typed("7\n", QUESTION);
	assert_int_equal(a.request, REQUEST_REBOOT);
	a = ask_typed("8\n", QUESTION);
	assert_int_equal(a.request, REQUEST_POWEROFF);
	/* by its name, or the first word of it */
	a = ask_typed("reboot\n", QUESTION);
	assert_int_equal(a.request, REQUEST_REBOOT);
	a = ask_typed("power off\n", QUESTION);
	assert_int_equal(a.request, REQUEST_POWEROFF);
	a = ask_typed("load\n", QUESTION);
	assert_int_equal(a.request, REQUEST_MODULES);
}

static void
another_root_is_asked_for(void **state)
{
	struct answer a = ask_typed("2\nLABEL=my disk\n", QUESTION);

	(void)state;
	assert_int_equal(a.request, REQUEST_RETRY);
	assert_string_equal(a.words, "root=LABEL=my disk");
}

static void
empty_or_too_long_a_value_is_none(void **state)
{
	static char typed[5000];

	(void)state;
	assert_int_equal(ask_typed("2\n\nreboot\n", QUESTION).request,
		REQUEST_REBOOT);
	strcpy(typed, "2\n");
	memset(typed + 2, 'x', 4000);
	strcpy(typed + 4002, "\n\nreboot\n");
	assert_int_equal(ask_typed(typed, QUESTION).request, REQUEST_REBOOT);
	assert_non_null(strstr(shown, "too long"));
}

static void
example_is_of_what_is_in_doubt(void **state)
{
	struct question q = QUESTION;

	(void)state;
	ask_typed("1\n", q);
	assert_non_null(strstr(shown, "an option such as root=/dev/vda1: "));
	q.typed = "init";
	ask_typed("1\n", q);
	assert_non_null(strstr(shown, "an option such as init=/bin/sh: "));
	assert_non_null(strstr(shown, "another init="));
}

static void
option_may_be_typed_at_once(void **state)
{
	struct answer a = ask_typed("root=/dev/vda2 rw\n", QUESTION);

	(void)state;
	assert_int_equal(a.request, REQUEST_RETRY);
	assert_string_equal(a.words, "root=/dev/vda2 rw");
	a = ask_typed("linuxrc.debug\n", QUESTION);
	assert_string_equal(a.words, "linuxrc.debug");
	a = ask_typed("rw\n", QUESTION);
	assert_string_equal(a.words, "rw");
}

static void
shell_and_kernel_are_offered_where_they_are(void **state)
{
	struct question q = QUESTION;

	(void)state;
	q.shell = q.kernel = true;
	assert_int_equal(ask_typed("7\n", q).request, REQUEST_SHELL);
	assert_int_equal(ask_typed("8\n", q).request, REQUEST_KERNEL);
	assert_int_equal(ask_typed("9\n", q).request, REQUEST_REBOOT);
	q.roots = true;
	assert_int_equal(ask_typed("3\n", q).request, REQUEST_ROOTS);
	assert_int_equal(ask_typed("network\n", q).request, REQUEST_NETWORK);
	/* locked: nothing that changes what is booted */
	q = QUESTION;
	q.typed = "";
	q.roots = true;
	assert_int_equal(ask_typed("4\n", q).request, REQUEST_REBOOT);
	assert_null(strstr(shown, "another root="));
	assert_null(strstr(shown, "options"));
	assert_null(strstr(shown, "module"));
}

/* A program that was made without them: linuxrc/without/menus.c. */
static void
menus_are_offered_where_they_are(void **state)
{
	struct question q = QUESTION;

	(void)state;
	q.menus = false;
	q.roots = q.shell = true;
	assert_int_equal(ask_typed("3\n", q).request, REQUEST_SHELL);
	assert_int_equal(ask_typed("4\n", q).request, REQUEST_REBOOT);
	assert_null(strstr(shown, "choose the root"));
	assert_null(strstr(shown, "log"));
	assert_string_equal(ask_typed("root=/dev/vda2\n", q).words,
		"root=/dev/vda2");
}

static void
nonsense_is_asked_again(void **state)
{
	struct answer a = ask_typed("\n0\n9\n?\n1x\n 1\nreboot\n", QUESTION);

	(void)state;
	assert_int_equal(a.request, REQUEST_REBOOT);
	assert_non_null(strstr(shown, "Not one of the choices."));
}

static void
too_long_a_line_is_said_and_asked_again(void **state)
{
	static char typed[5000];

	(void)state;
	memset(typed, 'x', 4000);
	strcpy(typed + 4000, "\nreboot\n");
	assert_int_equal(ask_typed(typed, QUESTION).request, REQUEST_REBOOT);
	assert_non_null(strstr(shown, "too long"));
}

static void
end_of_input_is_nobody(void **state)
{
	(void)state;
	assert_int_equal(ask_typed("", QUESTION).request, REQUEST_NOBODY);
	assert_int_equal(ask_typed("2\n", QUESTION).request, REQUEST_NOBODY);
	assert_int_equal(ask_typed("no newline", QUESTION).request,
		REQUEST_NOBODY);
}

static void
dead_terminal_is_nobody(void **state)
{
	const struct dialog_terminal t = { .in = 200, .out = 200,
		.name = "nothing that is open" };
	struct answer a;

	(void)state;
	dialog_open(&t, 1);
	dialog_ask(&QUESTION, &a);
	assert_int_equal(a.request, REQUEST_NOBODY);
}

static void
countdown_ends_in_time(void **state)
{
	struct question q = QUESTION;
	struct dialog_terminal t = { .name = "pipe" };
	struct answer a;
	int in[2];

	(void)state;
	assert_int_equal(pipe(in), 0);
	t.in = in[0];
	t.out = open("/dev/null", 1);
	q.deadline_ms = fake_now_ms + 20000;
	dialog_open(&t, 1);
	dialog_ask(&q, &a);
	assert_int_equal(a.request, REQUEST_TIMEOUT);
	assert_int_equal(fake_now_ms, 1020000);
	assert_int_equal(fake_count("poll"), 20);
	close(in[0]);
	close(in[1]);
	close(t.out);
}

static void
any_input_stops_the_countdown(void **state)
{
	struct question q = QUESTION;
	struct answer a;

	(void)state;
	q.deadline_ms = fake_now_ms + 20000;
	a = ask_typed("9\n", q);	/* then the end, not the deadline */
	assert_int_equal(a.request, REQUEST_NOBODY);
	assert_non_null(strstr(shown, "Without an answer in 20 s: reboot."));
}

#define T(test) cmocka_unit_test_setup(test, reset)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(number_chooses),
		T(another_root_is_asked_for),
		T(empty_or_too_long_a_value_is_none),
		T(example_is_of_what_is_in_doubt),
		T(option_may_be_typed_at_once),
		T(shell_and_kernel_are_offered_where_they_are),
		T(menus_are_offered_where_they_are),
		T(nonsense_is_asked_again),
		T(too_long_a_line_is_said_and_asked_again),
		T(end_of_input_is_nobody),
		T(dead_terminal_is_nobody),
		T(countdown_ends_in_time),
		T(any_input_stops_the_countdown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
