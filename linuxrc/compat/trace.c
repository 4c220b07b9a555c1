/* SPDX-License-Identifier: MIT */
/*
 * trace.c - see trace.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "compat/trace.h"
#include "compat/umountcall.h"
#include "lib/sys.h"
#include "lib/text.h"

enum { CALL_PATH_SIZE = 4096 };		/* PATH_MAX */

/* ptrace_syscall_info of include/uapi/linux/ptrace.h, which both C libraries
 * have under other names; Linux 5.3 and later. */
struct call {
	uint8_t op, pad[3];
	uint32_t arch;
	uint64_t instruction, stack;
	union {
		struct { uint64_t nr, args[6]; } entry;
		struct { int64_t value; uint8_t is_error; } exit;
		uint64_t more[8];
	} of;
};

static int table = -1;		/* our mountinfo, for poll(2) */

/* Linux 6.16 and later, as are all kernels without a real-root-dev. */
#ifndef PTRACE_SET_SYSCALL_INFO
#define PTRACE_SET_SYSCALL_INFO 0x4212
#endif

/* The string in the process, as far as it can be read. */
static bool
read_path(const struct sysctl *s, pid_t pid, uint64_t where,
	char text[static CALL_PATH_SIZE])
{
	char path[32];
	ssize_t len;
	int mem;

	snprintf(path, sizeof path, "%d/mem", (int)pid);
	mem = openat(s->proc, path, O_RDONLY | O_CLOEXEC);
	if (mem < 0)
		return false;
	len = pread(mem, text, CALL_PATH_SIZE - 1, (off_t)where);
	close(mem);
	if (len <= 0)
		return false;
	text[len] = '\0';
	return true;
}

static bool
read_link(const struct sysctl *s, pid_t pid, const char *name,
	char text[static CALL_PATH_SIZE])
{
	char path[32];
	ssize_t len;

	snprintf(path, sizeof path, "%d/%s", (int)pid, name);
	len = readlinkat(s->proc, path, text, CALL_PATH_SIZE - 1);
	text[len > 0 ? len : 0] = '\0';
	return len > 0;
}

/* path as the process means it, open; -1 when it is not there. */
static int
open_as(const struct sysctl *s, pid_t pid, const char *path)
{
	static char cwd[CALL_PATH_SIZE], top[CALL_PATH_SIZE];
	static char full[2 * CALL_PATH_SIZE];
	const char *below = "";
	char name[32];
	int root, fd;

	if (path[0] != '/') {
		if (!read_link(s, pid, "cwd", cwd) ||
		    !read_link(s, pid, "root", top) ||
		    !(below = text_after(cwd, top)))
			return -1;
	}
	snprintf(full, sizeof full, "%s/%s", below, path);
	snprintf(name, sizeof name, "%d/root", (int)pid);
	root = openat(s->proc, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return -1;
	fd = sys_open_below(root, full);
	close(root);
	return fd;
}

/* It may be about to unmount a procfs. */
static void
before_call(const struct sysctl *s, pid_t pid, const struct call *c)
{
	static char path[CALL_PATH_SIZE];
	int fd;

	if (!umountcall_is(c->arch, c->of.entry.nr) ||
	    !read_path(s, pid, c->of.entry.args[0], path))
		return;
	fd = open_as(s, pid, path);
	if (fd < 0)
		return;
	sysctl_uncover(s, fd);
	close(fd);
}

/* What it has done by its call; to be told of a write is worth a poll(2) only
 * because mounts need one anyway. */
static void
after_call(struct sysctl *s, pid_t pid, struct call *c)
{
	struct pollfd p[2] = {
		{ .fd = table, .events = POLLPRI },
		{ .fd = s->number.watch, .events = POLLIN },
	};

	if (poll(p, 2, 0) <= 0 && !s->number.written)
		return;
	if (p[0].revents)
		sysctl_cover(s);
	if ((p[1].revents || s->number.written) && number_written(&s->number,
	    s->proc, pid, c->of.exit.value)) {
		c->of.exit.value = -EINVAL;
		c->of.exit.is_error = 1;
		ptrace(PTRACE_SET_SYSCALL_INFO, pid, (void *)sizeof *c, c);
	}
}

static void
at_call(struct sysctl *s, pid_t pid)
{
	struct call c;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof c, &c) < 0)
		return;
	if (c.op == PTRACE_SYSCALL_INFO_ENTRY)
		before_call(s, pid, &c);
	else if (c.op == PTRACE_SYSCALL_INFO_EXIT)
		after_call(s, pid, &c);
}

static bool
stops_group(int sig)
{
	return sig == SIGSTOP || sig == SIGTSTP || sig == SIGTTIN ||
		sig == SIGTTOU;
}

/* One stop of one process, which goes on after it. */
static void
at_stop(struct sysctl *s, pid_t pid, int status)
{
	int event = status >> 16, sig = WSTOPSIG(status);

	if (event == PTRACE_EVENT_STOP && stops_group(sig)) {
		ptrace(PTRACE_LISTEN, pid, NULL, NULL);
		return;
	}
	if (sig == (SIGTRAP | 0x80)) {
		at_call(s, pid);
		sig = 0;
	} else if (event) {
		sig = 0;
	}
	ptrace(PTRACE_SYSCALL, pid, NULL, (void *)(intptr_t)sig);
}

static bool
attach(pid_t guest)
{
	const uintptr_t what = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
		PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
		PTRACE_O_TRACEEXEC;

	return ptrace(PTRACE_SEIZE, guest, NULL, (void *)what) == 0 &&
		ptrace(PTRACE_INTERRUPT, guest, NULL, NULL) == 0;
}

int
trace_run(pid_t guest, struct sysctl *s, int go)
{
	int status;
	pid_t pid;

	table = openat(s->proc, "self/mountinfo", O_RDONLY | O_CLOEXEC);
	if (table < 0 || !attach(guest))
		return -1;
	close(go);
	do {
		pid = waitpid(-1, &status, __WALL);
		if (pid > 0 && WIFSTOPPED(status))
			at_stop(s, pid, status);
	} while (pid > 0 ? pid != guest || WIFSTOPPED(status) :
		errno == EINTR);
	number_end(&s->number);
	return 0;
}
