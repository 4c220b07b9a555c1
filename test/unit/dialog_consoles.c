/* SPDX-License-Identifier: MIT */
/*
 * Which consoles there are, and one question on several of them.
 */
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dialog.h"
#include "dialog/consoles.h"
#include "fake_sys.h"

static int
reset(void **state)
{
	(void)state;
	fake_reset();
	return 0;
}

/* ------------------------------------------------------ /proc/consoles */

/* As Linux 6.1 writes it (fs/proc/consoles.c). */
static const char PROC[] =
	"ttyS0                -W- (EC  p a)    4:64\n"
	"tty0                 -WU (E   p  )    4:2\n"
	"earlyser0            -W- (EB  p a)\n"
	"ttyS1                -W- (    p a)    4:65\n"
	"netcon0              -W- (E   p  )\n"
	"hvc0                 -W- (E   p a)  229:0\n";

static void
consoles_with_a_terminal_that_are_in_use(void **state)
{
	struct console_entry e[8];

	(void)state;
	assert_int_equal(consoles_parse(PROC, e, 8), 3);
	assert_string_equal(e[0].name, "ttyS0");
	assert_true(e[0].preferred);
	assert_int_equal(e[0].major, 4);
	assert_int_equal(e[0].minor, 64);
	assert_string_equal(e[1].name, "tty0");
	assert_false(e[1].preferred);
	assert_int_equal(e[1].minor, 2);
	assert_string_equal(e[2].name, "hvc0");
	assert_int_equal(e[2].major, 229);
	assert_int_equal(consoles_parse(PROC, e, 2), 2);
}

static void
nonsense_is_no_console(void **state)
{
	static const char *const texts[] = { "", "\n\n", "ttyS0", "(E) 4:1",
		"ttyS0 -W- (EC 4:64", "ttyS0 (E)", "ttyS0 (E) x:y",
		"ttyS0 (E) 4-64", "a-name-that-is-far-too-long0 (E) 4:64" };
	struct console_entry e[8];

	(void)state;
	for (unsigned i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_int_equal(consoles_parse(texts[i], e, 8), 0);
}

static void
colours_are_for_terminals_that_have_them(void **state)
{
	(void)state;
	assert_true(consoles_has_colour("linux"));
	assert_true(consoles_has_colour("xterm-256color"));
	assert_true(consoles_has_colour("screen"));
	assert_false(consoles_has_colour("linux-m"));
	assert_false(consoles_has_colour("vt102"));
	assert_false(consoles_has_colour("dumb"));
	assert_false(consoles_has_colour(NULL));
}

/* ------------------------------------------------------ several of them */

enum { HERE, THERE };

static struct {
	int in[2], out[2];
	char shown[8192];
} side[2];

static const struct question QUESTION = {
	.sentence = "linuxrc: find the root device: no root= was given",
	.typed = "root", .deadline_ms = -1, .then = "reboot",
};

static void
type(int who, const char *text)
{
	assert_int_equal(write(side[who].in[1], text, strlen(text)),
		strlen(text));
}

static void
open_both(void)
{
	struct dialog_terminal t[2];

	for (int i = 0; i < 2; i++) {
		assert_int_equal(pipe(side[i].in), 0);
		assert_int_equal(pipe2(side[i].out, O_NONBLOCK), 0);
		t[i] = (struct dialog_terminal){ .in = side[i].in[0],
			.out = side[i].out[1],
			.name = i == HERE ? "ttyS0" : "hvc0" };
	}
	dialog_open(t, 2);
}

static void
close_both(void)
{
	dialog_close(NULL);
	for (int i = 0; i < 2; i++) {
		ssize_t n = read(side[i].out[0], side[i].shown,
			sizeof side[i].shown - 1);

		side[i].shown[n > 0 ? n : 0] = '\0';
		close(side[i].in[0]);
		close(side[i].out[0]);
		close(side[i].out[1]);
		if (side[i].in[1] >= 0)
			close(side[i].in[1]);
	}
}

static void
hang_up(int who)
{
	close(side[who].in[1]);
	side[who].in[1] = -1;
}

static unsigned
times(const char *text, const char *what)
{
	unsigned n = 0;

	for (; (text = strstr(text, what)); text++)
		n++;
	return n;
}

static void
first_answer_wins_and_the_others_say_so(void **state)
{
	struct answer a;

	(void)state;
	open_both();
	type(THERE, "2\nLABEL=x\n");
	dialog_ask(&QUESTION, &a);
	assert_string_equal(a.words, "root=LABEL=x");
	/* the next question is for both again */
	dialog_tell("nothing of that name");
	type(HERE, "reboot\n");
	dialog_ask(&QUESTION, &a);
	assert_int_equal(a.request, REQUEST_REBOOT);
	close_both();
	assert_int_equal(times(side[HERE].shown, "Number, or an option"), 2);
	assert_int_equal(times(side[THERE].shown, "Number, or an option"), 2);
	assert_non_null(strstr(side[HERE].shown, "\nAnswered on hvc0.\n"));
	assert_null(strstr(side[HERE].shown, "root=LABEL"));
	assert_null(strstr(side[HERE].shown, "Not taken"));
	assert_non_null(strstr(side[THERE].shown,
		"Not taken: nothing of that name\n"));
	assert_non_null(strstr(side[THERE].shown, "\nAnswered on ttyS0.\n"));
}

static void
dead_one_leaves_the_others(void **state)
{
	struct answer a;

	(void)state;
	open_both();
	hang_up(HERE);
	type(THERE, "1\n");
	dialog_ask(&QUESTION, &a);
	assert_int_equal(a.request, REQUEST_RETRY);
	hang_up(THERE);
	dialog_ask(&QUESTION, &a);
	assert_int_equal(a.request, REQUEST_NOBODY);
	close_both();
}

static void
end_of_one_is_no_key_for_the_countdown_of_the_others(void **state)
{
	struct question q = QUESTION;
	struct answer a;

	(void)state;
	open_both();
	hang_up(HERE);
	q.deadline_ms = fake_now_ms + 20000;
	dialog_ask(&q, &a);
	assert_int_equal(a.request, REQUEST_TIMEOUT);
	assert_int_equal(fake_now_ms, 1020000);
	close_both();
	assert_int_equal(times(side[THERE].shown, "Without an answer in "), 3);
	assert_non_null(strstr(side[THERE].shown,
		"\nWithout an answer in 10 s: reboot.\nNumber, or"));
}

static void
key_on_one_stops_the_countdown_of_all(void **state)
{
	struct question q = QUESTION;
	struct answer a;

	(void)state;
	open_both();
	type(HERE, "x");
	hang_up(THERE);
	hang_up(HERE);
	q.deadline_ms = fake_now_ms + 20000;
	dialog_ask(&q, &a);
	/* the ends came after it, and the time did not */
	assert_int_equal(a.request, REQUEST_NOBODY);
	assert_int_equal(fake_now_ms, 1000000);
	close_both();
}

#define T(test) cmocka_unit_test_setup(test, reset)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(consoles_with_a_terminal_that_are_in_use),
		T(nonsense_is_no_console),
		T(colours_are_for_terminals_that_have_them),
		T(first_answer_wins_and_the_others_say_so),
		T(dead_one_leaves_the_others),
		T(end_of_one_is_no_key_for_the_countdown_of_the_others),
		T(key_on_one_stops_the_countdown_of_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
