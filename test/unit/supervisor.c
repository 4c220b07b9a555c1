/* SPDX-License-Identifier: MIT */
/*
 * The process that must not die: real forks, real crashes; reboots are
 * written down by fake_sys.
 */
#include "unit.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fake_sys.h"
#include "supervisor.h"

static struct boot *b;
static int *workers;		/* how many have been started; shared */
static int left;		/* calls of leave() */
static int leave_result;

static const char *
step_name(const struct boot *boot)
{
	(void)boot;
	return "find the root device";
}

static int
leave(struct boot *boot, struct err *e)
{
	(void)boot;
	left++;
	if (leave_result-- > 0)
		return fail(e, EINVAL, "pivot_root");
	return 0;
}

static int
prepare(void **state)
{
	(void)state;
	fake_reset();
	b = supervisor_boot();
	workers = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	left = leave_result = 0;
	b->pid = 1;
	b->contract = CONTRACT_INITRAMFS;
	/* what is said here is not for this machine's kernel log */
	strcpy(b->kernfs.base, "/no-such-directory");
	return b && workers != MAP_FAILED ? 0 : -1;
}

static void
be_ready(struct boot *boot)
{
	++*workers;
	boot->outcome = OUTCOME_READY;
}

static void
crash(void)
{
	signal(SIGSEGV, SIG_DFL);	/* no sanitizer report */
	raise(SIGSEGV);
}

static void
crash_once(struct boot *boot)
{
	if (++*workers == 1)
		crash();
	boot->outcome = OUTCOME_READY;
}

/* Twice in one step, and the third worker is to ask about that. */
static void
crash_twice(struct boot *boot)
{
	if (++*workers <= 2) {
		boot->step = 5;
		crash();
	}
	if (boot->ask && boot->step == 5 &&
	    strstr(boot->err.text, "Segmentation fault"))
		boot->outcome = OUTCOME_RETRY;
	if (!boot->ask)
		boot->outcome = OUTCOME_READY;
}

/* Once in each of three steps. */
static void
crash_on_the_way(struct boot *boot)
{
	if (++*workers <= 3) {
		boot->step = (unsigned)*workers;
		crash();
	}
	boot->outcome = boot->ask ? OUTCOME_FAILED : OUTCOME_READY;
}

/* Twice, an answer, and twice again. */
static void
crash_again_after_an_answer(struct boot *boot)
{
	++*workers;
	if (boot->ask)
		boot->outcome = *workers == 3 ? OUTCOME_RETRY : OUTCOME_READY;
	else
		crash();
}

static void
crash_always(struct boot *boot)
{
	(void)boot;
	++*workers;
	crash();
}

static void
end_without_a_word(struct boot *boot)
{
	(void)boot;
	++*workers;
	_exit(3);
}

static void
leave_a_zombie(struct boot *boot)
{
	++*workers;
	if (fork() == 0)
		_exit(0);
	boot->outcome = OUTCOME_DONE;
}

static void
claim_nonsense(struct boot *boot)
{
	++*workers;
	memset(boot, 0xff, sizeof *boot);
}

static void
scribble_once(struct boot *boot)
{
	if (++*workers == 1) {
		memset(boot->init, 'x', sizeof boot->init);
		memset(boot->root.dir, 'x', sizeof boot->root.dir);
		boot->outcome = OUTCOME_READY;
	}
}

/* The step fails, the question about it crashes, the next one is answered. */
static void
crash_while_asking(struct boot *boot)
{
	struct err *e = &boot->err;

	if (++*workers == 1) {
		fail(e, 0, "no root= was given");
		boot->asking = true;
		crash();
	}
	boot->outcome = boot->ask ? OUTCOME_RETRY : OUTCOME_READY;
}

static void
reboot_please(struct boot *boot)
{
	++*workers;
	boot->outcome = OUTCOME_REBOOT;
}

static void
nobody_there(struct boot *boot)
{
	++*workers;
	boot->outcome = OUTCOME_UNATTENDED;
}

static int
run(void (*work)(struct boot *))
{
	struct supervised s = { work, leave, 10, step_name };

	return supervisor_run(&s, b);
}

/* Runs until the (fake) machine is stopped. */
static void
run_to_the_end(void (*work)(struct boot *))
{
	if (FAKE_LEAVE() == 0) {
		run(work);
		fail_msg("supervisor_run() returned");
	}
}

static void
ready_worker_leads_to_the_hand_over(void **state)
{
	(void)state;
	assert_int_equal(run(be_ready), 0);
	assert_int_equal(*workers, 1);
	assert_int_equal(left, 1);
}

static void
first_crash_in_a_step_is_followed_by_a_fresh_worker(void **state)
{
	(void)state;
	assert_int_equal(run(crash_once), 0);
	assert_int_equal(*workers, 2);
	assert_int_equal(left, 1);
	assert_non_null(strstr(b->err.text, "crashed: Segmentation fault"));
	*workers = 0;
	assert_int_equal(run(crash_on_the_way), 0);
	assert_int_equal(*workers, 4);
}

static void
second_crash_in_a_step_is_asked_about(void **state)
{
	(void)state;
	assert_int_equal(run(crash_twice), 0);
	assert_int_equal(*workers, 4);	/* crash, crash, question, again */
	assert_int_equal(left, 1);
}

static void
crashes_are_counted_anew_after_an_answer(void **state)
{
	(void)state;
	assert_int_equal(run(crash_again_after_an_answer), 0);
	assert_int_equal(*workers, 6);
}

static void
worker_that_cannot_even_ask_is_not_started_for_ever(void **state)
{
	(void)state;
	b->panic_s = -1;
	run_to_the_end(crash_always);
	/* the step twice, the question twice; that may have been a full
	 * screen, for which the kernel's log was kept away */
	assert_int_equal(*workers, 4);
	assert_string_equal(fake_calls(), "quiet_console 0\n"
		"quiet_console 0\nreboot 0x1234567\n");
}

static void
question_that_crashes_is_put_again_about_the_same(void **state)
{
	(void)state;
	assert_int_equal(run(crash_while_asking), 0);
	assert_int_equal(*workers, 3);	/* crash, question, again */
	assert_string_equal(b->err.text, "no root= was given");
}

static void
silent_end_is_a_crash_too(void **state)
{
	(void)state;
	b->panic_s = -1;
	run_to_the_end(end_without_a_word);
	assert_int_equal(*workers, 4);
	assert_non_null(strstr(b->err.text, "ended with status 3"));
}

static void
failed_hand_over_is_asked_about(void **state)
{
	(void)state;
	leave_result = 1;	/* fails once */
	assert_int_equal(run(be_ready), 0);
	assert_int_equal(left, 2);
	assert_string_equal(b->err.text, "pivot_root: Invalid argument");
}

static void
orphans_are_reaped(void **state)
{
	(void)state;
	assert_int_equal(run(leave_a_zombie), 0);
}

static void
nonsense_claims_end_in_no_harm(void **state)
{
	(void)state;
	b->contract = CONTRACT_CHROOT;
	assert_int_equal(run(claim_nonsense), 1);
	assert_int_equal(left, 0);
	assert_int_equal(b->contract, CONTRACT_NONE);
	assert_string_equal(fake_calls(), "");	/* nothing was stopped */
}

static void
strings_of_a_worker_end_where_they_must(void **state)
{
	(void)state;
	assert_int_equal(run(scribble_once), 0);
	assert_int_equal(strlen(b->init), sizeof b->init - 1);
	assert_int_equal(strlen(b->root.dir), sizeof b->root.dir - 1);
}

static void
reboot_is_carried_out(void **state)
{
	(void)state;
	run_to_the_end(reboot_please);
	assert_string_equal(fake_calls(), "reboot 0x1234567\n");
}

static void
rehearsal_never_stops_the_machine(void **state)
{
	(void)state;
	b->contract = CONTRACT_CHROOT;
	assert_int_equal(run(reboot_please), 1);
	assert_int_equal(run(nobody_there), 1);
	assert_string_equal(fake_calls(), "");
}

#define T(test) cmocka_unit_test_setup(test, prepare)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(ready_worker_leads_to_the_hand_over),
		T(first_crash_in_a_step_is_followed_by_a_fresh_worker),
		T(second_crash_in_a_step_is_asked_about),
		T(crashes_are_counted_anew_after_an_answer),
		T(worker_that_cannot_even_ask_is_not_started_for_ever),
		T(question_that_crashes_is_put_again_about_the_same),
		T(silent_end_is_a_crash_too),
		T(failed_hand_over_is_asked_about),
		T(orphans_are_reaped),
		T(nonsense_claims_end_in_no_harm),
		T(strings_of_a_worker_end_where_they_must),
		T(reboot_is_carried_out),
		T(rehearsal_never_stops_the_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
