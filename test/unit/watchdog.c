/* SPDX-License-Identifier: MIT */
/*
 * The watchdog, a file here: when it is opened, who is fed for, how it is
 * left.
 */
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fake_sys.h"
#include "watchdog.h"

static struct boot b;
static char path[BASE_SIZE + 32];

static int
prepare(void **state)
{
	(void)state;
	fake_reset();
	memset(&b, 0, sizeof b);
	b.contract = CONTRACT_INITRAMFS;
	b.options.watchdog_s = 10;
	b.alive_until_ms = fake_now_ms + 60000;
	strcpy(b.kernfs.base, "/tmp/watchdog-XXXXXX");
	assert_non_null(mkdtemp(b.kernfs.base));
	snprintf(path, sizeof path, "%s/dev", b.kernfs.base);
	assert_int_equal(mkdir(path, 0700), 0);
	strcat(path, "/watchdog");
	return 0;
}

static int
clean(void **state)
{
	(void)state;
	watchdog_leave(&b);
	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	rmdir(b.kernfs.base);
	return 0;
}

static void
plug(void)
{
	close(open(path, O_WRONLY | O_CREAT, 0600));
}

/* What was written to it, its NULs as dots. */
static const char *
meals(void)
{
	static char text[64];
	int fd = open(path, O_RDONLY);
	ssize_t n = read(fd, text, sizeof text - 1);

	close(fd);
	for (ssize_t i = 0; i < n; i++)
		if (text[i] == '\0')
			text[i] = '.';
	text[n < 0 ? 0 : n] = '\0';
	return text;
}

static void
nothing_is_opened_unasked_or_in_a_rehearsal(void **state)
{
	(void)state;
	plug();
	b.options.watchdog_s = NOT_GIVEN;
	assert_int_equal(watchdog_tend(&b), -1);
	b.options.watchdog_s = 10;
	b.contract = CONTRACT_CHROOT;
	assert_int_equal(watchdog_tend(&b), -1);
	assert_string_equal(fake_calls(), "");
}

static void
it_is_opened_when_it_is_there_and_fed_at_half_its_time(void **state)
{
	(void)state;
	assert_int_equal(watchdog_tend(&b), -1);
	plug();
	assert_int_equal(watchdog_tend(&b), 5000);
	assert_string_equal(fake_calls(), "watchdog 10\n");
	fake_now_ms += 4000;
	assert_int_equal(watchdog_tend(&b), 1000);
	assert_string_equal(meals(), ".");
	fake_now_ms += 1000;
	assert_int_equal(watchdog_tend(&b), 5000);
	assert_string_equal(meals(), "..");
}

static void
nobody_is_fed_for_without_a_sign_of_life_or_a_question(void **state)
{
	(void)state;
	plug();
	watchdog_tend(&b);
	fake_now_ms = b.alive_until_ms;
	assert_int_equal(watchdog_tend(&b), 5000);
	assert_string_equal(meals(), ".");
	b.asking = true;
	watchdog_tend(&b);
	assert_string_equal(meals(), "..");
	b.asking = false;
	b.alive_until_ms = fake_now_ms + 60000;
	fake_now_ms += 5000;
	watchdog_tend(&b);
	assert_string_equal(meals(), "...");
}

static void
it_is_stopped_by_its_letter_or_runs_on(void **state)
{
	(void)state;
	plug();
	watchdog_tend(&b);
	watchdog_leave(&b);
	assert_string_equal(meals(), ".V");
	assert_int_equal(watchdog_feed(), -1);
	b.options.watchdog_keep = true;
	unlink(path);
	plug();
	watchdog_tend(&b);
	watchdog_leave(&b);
	assert_string_equal(meals(), "..");
}

#define T(test) cmocka_unit_test_setup_teardown(test, prepare, clean)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(nothing_is_opened_unasked_or_in_a_rehearsal),
		T(it_is_opened_when_it_is_there_and_fed_at_half_its_time),
		T(nobody_is_fed_for_without_a_sign_of_life_or_a_question),
		T(it_is_stopped_by_its_letter_or_runs_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
