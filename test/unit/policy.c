/* SPDX-License-Identifier: MIT */
/*
 * What happens when nobody answers: linuxrc.onfail=, panic=,
 * linuxrc.timeout= and linuxrc.lock, over every contract. Reboots are written
 * down by fake_sys.
 */
#include "unit.h"

#include <string.h>

#include <linux/reboot.h>

#include "fake_sys.h"
#include "policy.h"

static struct boot b;

static int
prepare(void **state)
{
	(void)state;
	fake_reset();
	memset(&b, 0, sizeof b);
	b.pid = 1;
	b.contract = CONTRACT_INITRAMFS;
	b.options.timeout_s = NOT_GIVEN;
	/* what is said here is not for this machine's kernel log */
	strcpy(b.kernfs.base, "/no-such-directory");
	return 0;
}

/* Until the (fake) machine is stopped, and how. */
static const char *
end(void)
{
	if (FAKE_LEAVE() == 0) {
		policy_unattended(&b);
		fail_msg("policy_unattended() returned");
	}
	return fake_calls();
}

#define REBOOT "reboot 0x1234567\n"
#define HALT "reboot 0xcdef0123\n"
#define POWER_OFF "reboot 0x4321fedc\n"

static void
panic_is_waited_for_before_the_reboot(void **state)
{
	(void)state;
	b.panic_s = 7;
	assert_string_equal(end(), "wait_readable 7000\n" REBOOT);
}

static void
timeout_counts_where_panic_says_nothing(void **state)
{
	(void)state;
	b.options.timeout_s = 9;
	assert_int_equal(policy_seconds(&b), 9);
	assert_string_equal(end(), "wait_readable 9000\n" REBOOT);
	b.panic_s = 7;
	assert_int_equal(policy_seconds(&b), 7);
	b.panic_s = -1;
	assert_int_equal(policy_seconds(&b), 0);
}

static void
negative_panic_is_at_once(void **state)
{
	(void)state;
	b.panic_s = -1;
	assert_string_equal(end(), REBOOT);
}

static void
question_that_timed_out_has_waited_already(void **state)
{
	(void)state;
	b.waited = true;
	b.panic_s = 7;
	assert_string_equal(end(), REBOOT);
	fake_forget();
	b.panic_s = 0;		/* it was linuxrc.timeout= that ended it */
	assert_string_equal(end(), REBOOT);
}

static void
onfail_is_the_last_branch(void **state)
{
	(void)state;
	b.panic_s = 3;
	b.options.onfail = ONFAIL_POWEROFF;
	assert_string_equal(policy_words(&b), "power off");
	assert_string_equal(end(), "wait_readable 3000\n" POWER_OFF);
	fake_forget();
	b.options.onfail = ONFAIL_HALT;
	assert_string_equal(end(), "wait_readable 3000\n" HALT);
	fake_forget();
	/* nothing is waited for where nothing says how long */
	b.panic_s = 0;
	assert_string_equal(end(), HALT);
	b.options.onfail = ONFAIL_REBOOT;
	fake_forget();
	assert_string_equal(end(), REBOOT);
}

static void
process_1_never_exits(void **state)
{
	(void)state;
	b.panic_s = -1;
	b.options.onfail = ONFAIL_EXIT;
	assert_int_equal(policy_outcome(&b), OUTCOME_NONE);
	assert_string_equal(policy_words(&b), "reboot");
	assert_string_equal(end(), REBOOT);
}

static void
linuxrc_lets_the_kernel_try(void **state)
{
	(void)state;
	b.contract = CONTRACT_LINUXRC;
	b.pid = 20;
	b.panic_s = 7;
	assert_string_equal(policy_words(&b), "let the kernel try");
	assert_int_equal(policy_unattended(&b), 1);
	assert_string_equal(fake_calls(), "");
	b.options.onfail = ONFAIL_POWEROFF;
	assert_string_equal(end(), "wait_readable 7000\n" POWER_OFF);
}

static void
lock_does_not_let_the_kernel_try(void **state)
{
	(void)state;
	b.contract = CONTRACT_LINUXRC;
	b.pid = 20;
	b.locked = ORIGIN_FILE;
	b.options.onfail = ONFAIL_EXIT;
	b.panic_s = -1;
	assert_int_equal(policy_outcome(&b), OUTCOME_NONE);
	assert_string_equal(end(), REBOOT);
}

static void
rehearsal_stops_nothing(void **state)
{
	(void)state;
	b.contract = CONTRACT_CHROOT;
	b.panic_s = -1;
	assert_int_equal(policy_unattended(&b), 1);
	policy_restart(&b, OUTCOME_REBOOT);
	b.contract = CONTRACT_NONE;	/* and not the first process */
	assert_int_equal(policy_unattended(&b), 1);
	assert_string_equal(fake_calls(), "");
}

#define T(test) cmocka_unit_test_setup(test, prepare)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(panic_is_waited_for_before_the_reboot),
		T(timeout_counts_where_panic_says_nothing),
		T(negative_panic_is_at_once),
		T(question_that_timed_out_has_waited_already),
		T(onfail_is_the_last_branch),
		T(process_1_never_exits),
		T(linuxrc_lets_the_kernel_try),
		T(lock_does_not_let_the_kernel_try),
		T(rehearsal_stops_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
