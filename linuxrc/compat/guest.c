/* SPDX-License-Identifier: MIT */
/*
 * guest.c - see guest.h. Each line of become_guest() is one thing that the
 * kernel gave its helper, seen on Linux 6.1.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "compat/guest.h"
#include "lib/file.h"
#include "lib/realroot.h"
#include "lib/sys.h"

static const char NUMBER[] = "sys/kernel/real-root-dev";

/* One open of the console for all three, as console_on_rootfs() does it;
 * without one they are closed. */
static void
take_console(int dev)
{
	int console = dev < 0 ? -1 :
		openat(dev, "console", O_RDWR | O_NOCTTY | O_CLOEXEC);

	for (int fd = 0; fd < 3; fd++)
		if (console < 0 || dup2(console, fd) < 0)
			close(fd);
}

static void
reset_signals(void)
{
	sigset_t none;

	for (int s = 1; s < NSIG; s++)
		signal(s, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* In the child. Returns only when it cannot be: the errno. */
static int
become_guest(const struct guest *g, const struct places *at, int go)
{
	static char name[] = "linuxrc";
	char *argv[] = { name, NULL }, byte;

	if (sys_chdir(g->dir) < 0 || sys_chroot(".") < 0)
		return errno;
	setsid();
	umask(022);
	reset_signals();
	take_console(at->dev);
	/* until whoever is to see its first call does */
	while (read(go, &byte, 1) < 0 && errno == EINTR)
		;
	sys_execve("/linuxrc", argv, g->envp);
	return errno;
}

/*
 * Its process, which waits until no other process holds the writing end of
 * go, and says on ended why it could not be run; the ends that are not its
 * own are closed in it.
 */
static pid_t
fork_guest(const struct guest *g, const struct places *at, const int go[2],
	const int ended[2])
{
	pid_t pid = fork();
	int code;

	if (pid != 0)
		return pid;
	close(go[1]);
	code = become_guest(g, at, go[0]);
	_exit(write(ended[1], &code, sizeof code) == sizeof code ? 127 : 126);
}

/* The kernel's own file, where it has one. */
static void
put_number(const struct places *at, uint32_t number)
{
	struct err ignored;
	char text[16];

	snprintf(text, sizeof text, "%d\n", (int32_t)number);
	file_write(at->proc, NUMBER, text, &ignored);
}

static uint32_t
get_number(const struct places *at, uint32_t number)
{
	char text[32];
	ssize_t len = file_line(at->proc, NUMBER, text, sizeof text);

	if (len > 0)
		realroot_parse(text, (size_t)len, &number);
	return number;
}

static void
wait_for(pid_t pid, int *status)
{
	while (waitpid(pid, status, 0) < 0 && errno == EINTR)
		;
}

static int
run(const struct guest *g, const struct places *at, struct guest_result *r,
	struct err *e)
{
	int go[2], ended[2];
	pid_t pid;

	if (pipe2(go, O_CLOEXEC) < 0)
		return fail(e, errno, "a pipe to /linuxrc");
	if (pipe2(ended, O_CLOEXEC) < 0) {
		fail(e, errno, "a pipe to /linuxrc");
		close(go[0]);
		close(go[1]);
		return -1;
	}
	pid = fork_guest(g, at, go, ended);
	if (pid < 0)
		fail(e, errno, "a process for /linuxrc");
	close(go[0]);
	close(go[1]);
	close(ended[1]);
	if (pid > 0)
		wait_for(pid, &r->status);
	if (read(ended[0], &r->code, sizeof r->code) != sizeof r->code)
		r->code = 0;
	close(ended[0]);
	return pid < 0 ? -1 : 0;
}

int
guest_run(const struct guest *g, const struct places *at,
	struct guest_result *r, struct err *e)
{
	struct stat before, after;

	memset(r, 0, sizeof *r);
	if (stat(g->dir, &before) < 0)
		return fail(e, errno, "%s", g->dir);
	put_number(at, g->preset);
	if (run(g, at, r, e) < 0)
		return -1;
	r->number = get_number(at, g->preset);
	r->pivoted = stat(g->dir, &after) == 0 &&
		after.st_dev != before.st_dev;
	return 0;
}
