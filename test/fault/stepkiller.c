// SPDX-License-Identifier: MIT
/*
 * stepkiller: starts the real /init (or /linuxrc.real) in its own place and
 * makes the worker crash in one step. The worker announces each step with
 * prctl(PR_SET_NAME, "lrc:STEP"); when it announces the one that kill_step=STEP
 * names in the environment, it gets SIGSEGV, once (kill_times=N: N times).
 * The one who kills is a child that traces; when it is done it lets all go
 * and ends. kill_signal=N sends another signal.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NAME_SIZE = 16 };	/* TASK_COMM_LEN of the kernel */

/* struct ptrace_syscall_info of linux/ptrace.h, as far as it is needed. */
struct syscall_info {
	unsigned char op, pad[3];
	unsigned arch;
	unsigned long long ip, sp, nr, args[6];
};
enum { OP_ENTRY = 1, GET_SYSCALL_INFO = 0x420e };

static pid_t first;	/* the process that became init */
static char wanted[NAME_SIZE + 8];

static int
number(const char *name, int otherwise)
{
	const char *value = getenv(name);

	return value != NULL ? atoi(value) : otherwise;
}

/* Is this stop the begin of prctl(PR_SET_NAME, the wanted name)? */
static bool
announces(pid_t pid)
{
	struct syscall_info info = { .op = 0 };
	char name[NAME_SIZE] = "";

	if (ptrace(GET_SYSCALL_INFO, pid, sizeof(info), &info) < 0 ||
	    info.op != OP_ENTRY || info.nr != SYS_prctl ||
	    info.args[0] != PR_SET_NAME)
		return false;
	struct iovec to = { name, sizeof(name) - 1 };
	struct iovec from = { (void *)(size_t)info.args[1], sizeof(name) - 1 };
	process_vm_readv(pid, &to, 1, &from, 1, 0);
	return strcmp(name, wanted) == 0;
}

/* Only workers are followed by their system calls; init runs at full speed. */
static void
go_on(pid_t pid, int sig)
{
	ptrace(pid == first ? PTRACE_CONT : PTRACE_SYSCALL, pid, 0, sig);
}

/* What a stop of a traced process was for, and how it goes on. */
static void
stopped(pid_t pid, int status)
{
	int sig = WSTOPSIG(status), event = status >> 16;

	if (event == PTRACE_EVENT_STOP && sig != SIGTRAP) {
		ptrace(PTRACE_LISTEN, pid, 0, 0);
		return;
	}
	if (sig == (SIGTRAP | 0x80) && announces(pid))
		kill(pid, number("kill_signal", SIGSEGV));
	if (event != 0 || sig == SIGTRAP || sig == (SIGTRAP | 0x80))
		sig = 0;
	go_on(pid, sig);
}

/* Follows the children of init until the last kill, and ends: all are free. */
static void
trace(int ready)
{
	const long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
	    PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE;
	int status, left = number("kill_times", 1);
	pid_t pid;

	if (ptrace(PTRACE_SEIZE, first, 0, options) < 0)
		perror("stepkiller: PTRACE_SEIZE");
	if (write(ready, "", 1) != 1)
		_exit(1);
	while (left > 0 && (pid = waitpid(-1, &status, __WALL)) > 0)
		if (WIFSTOPPED(status))
			stopped(pid, status);
		else if (WIFSIGNALED(status))
			left--;
	_exit(0);
}

int
main(int argc, char **argv, char **env)
{
	const char *step = getenv("kill_step");
	int ready[2];
	char byte;

	(void)argc;
	first = getpid();
	snprintf(wanted, sizeof(wanted), "lrc:%.11s", step != NULL ? step : "");
	if (pipe(ready) == 0 && fork() == 0)
		trace(ready[1]);
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1)
		puts("stepkiller: the tracer did not come up");
	close(ready[0]);
	execve(access("/linuxrc.real", X_OK) == 0 ? "/linuxrc.real" : "/init",
	    argv, env);
	perror("stepkiller: exec");
	return 1;
}
