/* SPDX-License-Identifier: MIT */
/*
 * A mount that may take no longer than it may.
 */
#include "unit.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fake_sys.h"
#include "lib/slowmount.h"

static const struct slowmount m = { "192.0.2.1:/srv", "/new-root", "nfs", 1,
	"vers=3" };
static const char *seen;

/* In the process that mounts. */
static void
look_at(const char *call)
{
	if (strncmp(call, "mount", 5) == 0 && strcmp(call, seen) != 0)
		_exit(EBADMSG);
}

static void
hang(const char *call)
{
	while (strncmp(call, "mount", 5) == 0)
		pause();
}

/* The other process has its time, although the clock does not move. */
static void
let_it_run(const char *call)
{
	siginfo_t info;

	if (strncmp(call, "wait", 4) == 0)
		waitid(P_ALL, 0, &info, WEXITED | WNOWAIT);
	else
		look_at(call);
}

static void
a_mount_in_time_ends_as_mount_does(void **state)
{
	(void)state;
	fake_reset();
	fake_hook = let_it_run;
	seen = "mount 192.0.2.1:/srv /new-root nfs flags=0x1 data=vers=3";
	assert_int_equal(slowmount(&m, fake_now_ms + 1000), 0);
	fake_fail("mount", 1, EACCES);
	assert_int_equal(slowmount(&m, fake_now_ms + 1000), -1);
	assert_int_equal(errno, EACCES);
	fake_reset();
	fake_hook = let_it_run;
	fake_fail("mount", 1, 512);	/* ERESTARTSYS */
	assert_int_equal(slowmount(&m, fake_now_ms + 1000), -1);
	assert_int_equal(errno, EIO);
	assert_int_equal(waitpid(-1, NULL, 0), -1);
}

static void
one_that_hangs_is_given_up_in_time(void **state)
{
	int64_t start;

	(void)state;
	fake_reset();
	fake_hook = hang;
	start = fake_now_ms;
	assert_int_equal(slowmount(&m, start + 1500), -1);
	assert_int_equal(errno, ETIMEDOUT);
	assert_int_equal(fake_now_ms - start, 1500);
	assert_int_equal(slowmount(&m, start), -1);
	assert_int_equal(errno, ETIMEDOUT);
	/* and nothing of it is left */
	assert_int_equal(waitpid(-1, NULL, 0), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mount_in_time_ends_as_mount_does),
		cmocka_unit_test(one_that_hangs_is_given_up_in_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
