/* SPDX-License-Identifier: MIT */
/*
 * The text of events, and the socket as far as one can be had.
 */
#include "unit.h"

#include <errno.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/uevent.h"

static struct uevent u;
static struct err e;

static int
parse(const char *text, size_t len)
{
	memset(u.text, 'x', sizeof u.text);
	memcpy(u.text, text, len);
	return uevent_parse(&u, len);
}

#define PARSE(text) parse(text, sizeof text)

static void
a_block_event_is_split(void **state)
{
	(void)state;
	assert_int_equal(PARSE("add@/devices/vda/vda2\0ACTION=add\0"
		"DEVPATH=/devices/vda/vda2\0SUBSYSTEM=block\0MAJOR=254\0"
		"MINOR=2\0DEVNAME=vda2\0DEVTYPE=partition\0SEQNUM=1234"), 0);
	assert_string_equal(u.action, "add");
	assert_string_equal(u.subsystem, "block");
	assert_string_equal(u.devname, "vda2");
	assert_string_equal(u.devtype, "partition");
	assert_string_equal(u.modalias, "");
	assert_int_equal(u.major, 254);
	assert_int_equal(u.minor, 2);
}

static void
a_modalias_is_kept_whole(void **state)
{
	(void)state;
	assert_int_equal(PARSE("add@/devices/pci\0ACTION=add\0SUBSYSTEM=pci\0"
		"MODALIAS=of:NaT(null)C=x,y"), 0);
	assert_string_equal(u.modalias, "of:NaT(null)C=x,y");
	assert_string_equal(u.devname, "");
	assert_int_equal(u.major, 0);
}

static void
nothing_is_left_from_the_event_before(void **state)
{
	(void)state;
	assert_int_equal(PARSE("add@/a\0ACTION=add\0DEVNAME=vda\0MAJOR=8"), 0);
	assert_int_equal(PARSE("change@/b\0ACTION=change"), 0);
	assert_string_equal(u.action, "change");
	assert_string_equal(u.devname, "");
	assert_int_equal(u.major, 0);
}

static void
text_without_a_last_nul_ends_at_its_length(void **state)
{
	static const char text[] = "add@/a\0ACTION=add\0DEVNAME=vda1234";

	(void)state;
	assert_int_equal(parse(text, sizeof text - 4), 0);
	assert_string_equal(u.devname, "vda1");
}

static void
what_is_no_event_is_refused(void **state)
{
	static char huge[UEVENT_SIZE + 1];

	(void)state;
	memset(huge, '@', sizeof huge);
	assert_int_equal(parse("", 0), -1);
	assert_int_equal(PARSE("libudev"), -1);
	assert_int_equal(PARSE("\0add@/a\0ACTION=add"), -1);
	assert_int_equal(uevent_parse(&u, sizeof huge), -1);
	assert_int_equal(uevent_parse(&u, SIZE_MAX), -1);
	assert_string_equal(u.action, "");
}

static void
garbage_is_taken_as_it_comes(void **state)
{
	static char text[UEVENT_SIZE];

	(void)state;
	/* one string as long as can be, no NUL in it */
	memset(text, '@', sizeof text);
	assert_int_equal(parse(text, sizeof text), 0);
	/* nothing but NUL after the header */
	memset(text + 1, 0, sizeof text - 1);
	assert_int_equal(parse(text, sizeof text), 0);
	assert_string_equal(u.devname, "");
	/* numbers that are none, names without a value, empty values */
	assert_int_equal(PARSE("@\0MAJOR=-1\0MINOR=99999999999\0DEVNAME\0"
		"DEVNAME=\0=\0SUBSYSTEM=\xff\xfe"), 0);
	assert_int_equal(u.major, 0);
	assert_int_equal(u.minor, 0);
	assert_string_equal(u.devname, "");
	assert_string_equal(u.subsystem, "\xff\xfe");
}

/* A pair of sockets stands for the kernel: its messages have no port. */
static void
events_are_read_until_none_is_waiting(void **state)
{
	static const char event[] = "add@/a\0ACTION=add\0DEVNAME=vda";
	static const char noise[] = "libudev\0something";
	static char huge[UEVENT_SIZE + 100];
	int pair[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0,
		pair), 0);
	assert_int_equal(uevent_read(pair[0], &u), 0);
	assert_true(send(pair[1], noise, sizeof noise, 0) > 0);
	assert_true(send(pair[1], event, sizeof event, 0) > 0);
	assert_int_equal(uevent_read(pair[0], &u), 1);
	assert_string_equal(u.devname, "vda");
	assert_int_equal(uevent_read(pair[0], &u), 0);
	/* one that is cut is one that is lost */
	memset(huge, '@', sizeof huge);
	assert_true(send(pair[1], huge, sizeof huge, 0) > 0);
	assert_int_equal(uevent_read(pair[0], &u), -1);
	assert_int_equal(errno, ENOBUFS);
	assert_int_equal(uevent_read(pair[0], &u), 0);
	close(pair[0]);
	assert_int_equal(uevent_read(pair[0], &u), -1);
	assert_int_equal(errno, EBADF);
	close(pair[1]);
}

static void
the_socket_is_there_and_does_not_block(void **state)
{
	int fd = uevent_open(&e), got;

	(void)state;
	if (fd < 0) {
		print_message("skipped: no netlink here: %s\n", e.text);
		skip();
	}
	while ((got = uevent_read(fd, &u)) == 1)
		;
	assert_int_equal(got, 0);
	close(fd);
}

/* Rename the loopback interface: an event each. */
static int
make_events(unsigned count)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), made = 0;
	struct ifreq r;

	while (count-- > 0) {
		memset(&r, 0, sizeof r);
		strcpy(r.ifr_name, count % 2 ? "lo" : "lo2");
		strcpy(r.ifr_newname, count % 2 ? "lo2" : "lo");
		made += ioctl(fd, SIOCSIFNAME, &r) == 0;
	}
	close(fd);
	return made;
}

/* In a network of its own, whose events nobody else hears. */
static int
overflow(void)
{
	static const int least = 1;
	int fd, got;

	if (unshare(CLONE_NEWNET) < 0 &&
	    unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0)
		return 77;
	fd = uevent_open(&e);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &least,
	    sizeof least) < 0 || make_events(20) < 20)
		return 77;
	while ((got = uevent_read(fd, &u)) > 0)
		continue;
	if (got != -1 || errno != ENOBUFS)
		return 1;
	while ((got = uevent_read(fd, &u)) > 0)
		continue;
	if (got != 0 || make_events(1) != 0)
		return 2;	/* it is called lo */
	return make_events(2) == 2 && uevent_read(fd, &u) == 1 &&
		strcmp(u.subsystem, "net") == 0 ? 0 : 3;
}

static void
events_that_did_not_fit_are_told_and_it_goes_on(void **state)
{
	pid_t child = fork();
	int status;

	(void)state;
	if (child == 0)
		_exit(overflow());
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77) {
		print_message("skipped: no network of its own here\n");
		skip();
	}
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_block_event_is_split),
		cmocka_unit_test(a_modalias_is_kept_whole),
		cmocka_unit_test(nothing_is_left_from_the_event_before),
		cmocka_unit_test(text_without_a_last_nul_ends_at_its_length),
		cmocka_unit_test(what_is_no_event_is_refused),
		cmocka_unit_test(garbage_is_taken_as_it_comes),
		cmocka_unit_test(events_are_read_until_none_is_waiting),
		cmocka_unit_test(the_socket_is_there_and_does_not_block),
		cmocka_unit_test(
			events_that_did_not_fit_are_told_and_it_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
