// SPDX-License-Identifier: MIT
/*
 * clock: both ends of the bench's span. As rdinit=/clock it notes the time
 * and the next process number in the environment and becomes /init; as the
 * real root's /sbin/init it notes them again, tells the difference as FACTs
 * on the second serial port and powers off. Under QEMU's -icount shift=0 one
 * nanosecond of CLOCK_BOOTTIME is one instruction.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "../boot/port.h"

static long long
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return (long long)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Process numbers are given in order: a child's tells how many there were. */
static int
next_pid(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	waitpid(pid, NULL, 0);
	return pid;
}

static int
begin(char **argv)
{
	char text[32], init[] = "/init";

	unlink("/clock");
	snprintf(text, sizeof(text), "%d", next_pid());
	setenv("clock_pid", text, 1);
	snprintf(text, sizeof(text), "%lld", now_ns());
	setenv("clock_ns", text, 1);
	argv[0] = init;
	execv(init, argv);
	return 1;
}

/* What was noted at the start, and -1 if init lost the environment. */
static long long
noted(const char *name)
{
	const char *value = getenv(name);

	return value != NULL ? atoll(value) : -1;
}

int
main(int argc, char **argv)
{
	long long end = now_ns();

	(void)argc;
	if (strcmp(argv[0], "/clock") == 0)
		return begin(argv);
	int forks = next_pid() - (int)noted("clock_pid") - 1;
	FILE *port = fdopen(open_port(), "w");
	fprintf(port, "FACT span=%lld\nFACT forks=%d\nFACT end=%d\n",
	    end - noted("clock_ns"), forks, noted("clock_ns") > 0);
	fflush(port);
	tcdrain(fileno(port));
	reboot(RB_AUTOBOOT);
	return 1;
}
