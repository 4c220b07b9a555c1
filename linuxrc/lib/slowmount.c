/* SPDX-License-Identifier: MIT */
/*
 * slowmount.c - see slowmount.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/slowmount.h"
#include "lib/sys.h"

/* How the process ends tells errno; those of the kernel's inner self, which are
 * larger than an exit status, are none that anybody knows. */
static void
mount_and_end(const struct slowmount *m)
{
	if (sys_mount(m->source, m->target, m->type, m->flags, m->data) == 0)
		_exit(0);
	_exit(errno > 0 && errno < 256 ? errno : EIO);
}

static int
reap(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : ETIMEDOUT;
}

int
slowmount(const struct slowmount *m, int64_t end_ms)
{
	int64_t left;
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	pid = fork();
	if (pid == 0)
		mount_and_end(m);
	close(ends[1]);
	/* the other end of the pipe is closed when it has ended */
	for (left = 1; pid > 0 && left > 0; ) {
		left = end_ms - sys_now_ms();
		if (left > 0 && sys_wait_readable(ends[0], -1, left) != 0)
			break;
	}
	close(ends[0]);
	if (pid < 0)
		return -1;
	if (left <= 0)
		kill(pid, SIGKILL);
	errno = reap(pid);
	return errno == 0 ? 0 : -1;
}
