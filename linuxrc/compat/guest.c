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
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "compat/guest.h"
#include "compat/sysctl.h"
#include "compat/trace.h"
#include "lib/file.h"
#include "lib/log.h"
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

/* The process that watches it, with what is to be found in its procfs. */
static pid_t
fork_tracer(pid_t guest, struct sysctl *s, const int go[2])
{
	pid_t pid = s->dev ? fork() : 0;

	if (!s->dev || pid != 0)
		return pid;
	close(go[0]);
	_exit(trace_run(guest, s, go[1]) < 0);
}

static void
wait_for(pid_t pid, int *status)
{
	while (waitpid(pid, status, 0) < 0 && errno == EINTR)
		;
}

static void
end_tracer(pid_t pid)
{
	int status = 0;

	if (pid > 0)
		wait_for(pid, &status);
	if (pid < 0 || status)
		say(LOG_WITHOUT, "/linuxrc was not watched to its end: what it "
			"wrote to real-root-dev may be lost");
}

/* Both processes, from their start to their end. */
static int
run(const struct guest *g, const struct places *at, struct sysctl *s,
	struct guest_result *r)
{
	int go[2], ended[2], code;
	pid_t pid, tracer;

	if (pipe2(go, O_CLOEXEC) < 0)
		return -1;
	if (pipe2(ended, O_CLOEXEC) < 0) {
		close(go[0]);
		close(go[1]);
		return -1;
	}
	pid = fork_guest(g, at, go, ended);
	code = errno;
	tracer = pid < 0 ? 0 : fork_tracer(pid, s, go);
	close(go[0]);
	close(go[1]);
	close(ended[1]);
	if (pid > 0) {
		wait_for(pid, &r->status);
		end_tracer(tracer);
	}
	if (read(ended[0], &r->code, sizeof r->code) != sizeof r->code)
		r->code = 0;
	close(ended[0]);
	errno = code;
	return pid < 0 ? -1 : 0;
}

/* The kernel's own real-root-dev, or ours; the two for NFS are always ours, for
 * only Linux 2.0 and 2.1 had them. */
static void
prepare_sysctl(const struct guest *g, const struct places *at,
	struct sysctl *s)
{
	struct err e;
	char text[16];

	*s = (struct sysctl){ .proc = at->proc, .below = g->dir,
		.preset = g->preset,
		.has_number = faccessat(at->proc, NUMBER, F_OK, 0) == 0 };
	if (s->has_number) {
		snprintf(text, sizeof text, "%d\n", (int32_t)g->preset);
		file_write(at->proc, NUMBER, text, &e);
	}
	if (sysctl_make(s, &e) < 0)
		say(LOG_WITHOUT, "/linuxrc runs without %s: %s",
			s->has_number ? "nfs-root-name" : "real-root-dev",
			e.text);
}

static void
take_sysctl(const struct places *at, struct sysctl *s, struct guest_result *r)
{
	char text[32];
	ssize_t len;

	r->number = s->preset;
	if (s->has_number) {
		len = file_line(at->proc, NUMBER, text, sizeof text);
		if (len > 0)
			realroot_parse(text, (size_t)len, &r->number);
	} else if (s->dev) {
		r->number = number_read(&s->number);
	}
	if (s->dev) {
		sysctl_line(s->name, r->nfs_name, sizeof r->nfs_name);
		sysctl_line(s->addrs, r->nfs_addrs, sizeof r->nfs_addrs);
		sysctl_end(s);
	}
}

int
guest_run(const struct guest *g, const struct places *at,
	struct guest_result *r, struct err *e)
{
	struct stat before, after;
	struct sysctl s;
	int result;

	memset(r, 0, sizeof *r);
	if (stat(g->dir, &before) < 0)
		return fail(e, errno, "%s", g->dir);
	prepare_sysctl(g, at, &s);
	prctl(PR_SET_NAME, COMPAT_NAME);
	result = run(g, at, &s, r);
	if (result < 0)
		fail(e, errno, "a process for /linuxrc");
	take_sysctl(at, &s, r);
	r->pivoted = stat(g->dir, &after) == 0 &&
		after.st_dev != before.st_dev;
	return result;
}
