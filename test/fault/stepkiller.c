// SPDX-License-Identifier: MIT
/*
 * stepkiller: starts the real /init (or /linuxrc.real) in its own place and
 * makes the worker crash. The worker announces each step with
 * prctl(PR_SET_NAME, "lrc:STEP"), the question as "lrc:ask"; kill_step=A,B,C
 * in the environment is a list of them: the first worker that announces A
 * gets SIGSEGV, then the first that announces B, and so on. The one who kills
 * is a child that traces; when it is done it lets all go and ends.
 * kill_signal=N sends another signal.
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
static pid_t victim;	/* who got the signal and is about to end */
static const char *wanted;	/* the rest of the list */

/* What the process is about to name itself. Word by word: small kernels have
 * no process_vm_readv(2). */
static void
read_name(pid_t pid, unsigned long long from, char name[NAME_SIZE])
{
	for (size_t i = 0; i < NAME_SIZE; i += sizeof(long)) {
		long word = ptrace(PTRACE_PEEKDATA, pid, from + i, 0);

		memcpy(name + i, &word, sizeof(word));
	}
	name[NAME_SIZE - 1] = '\0';
}

/* Is this stop the begin of prctl(PR_SET_NAME, the wanted name)? */
static bool
announces(pid_t pid)
{
	struct syscall_info info = { .op = 0 };
	char name[NAME_SIZE], next[NAME_SIZE + 8];

	if (ptrace(GET_SYSCALL_INFO, pid, sizeof(info), &info) < 0 ||
	    info.op != OP_ENTRY || info.nr != SYS_prctl ||
	    info.args[0] != PR_SET_NAME)
		return false;
	read_name(pid, info.args[1], name);
	snprintf(next, sizeof(next), "lrc:%.*s",
	    (int)strcspn(wanted, ","), wanted);
	return strcmp(name, next) == 0;
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
	if (sig == (SIGTRAP | 0x80) && announces(pid)) {
		const char *other = getenv("kill_signal");

		kill(pid, other != NULL ? atoi(other) : SIGSEGV);
		victim = pid;
	}
	if (event != 0 || sig == SIGTRAP || sig == (SIGTRAP | 0x80))
		sig = 0;
	go_on(pid, sig);
}

/* After a kill: the next name. False when that was the last. */
static bool
next_wanted(void)
{
	victim = 0;
	wanted += strcspn(wanted, ",");
	return *wanted++ == ',';
}

/* Follows the children of init until the last kill, and ends: all are free. */
static void
trace(int ready)
{
	const long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK |
	    PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE;
	int status;
	pid_t pid;

	if (ptrace(PTRACE_SEIZE, first, 0, options) < 0)
		perror("stepkiller: PTRACE_SEIZE");
	if (write(ready, "", 1) != 1)
		_exit(1);
	while ((pid = waitpid(-1, &status, __WALL)) > 0)
		if (WIFSTOPPED(status))
			stopped(pid, status);
		else if (pid == victim && !next_wanted())
			break;
	_exit(0);
}

int
main(int argc, char **argv, char **env)
{
	int ready[2];
	char byte;

	(void)argc;
	first = getpid();
	wanted = getenv("kill_step");
	if (wanted == NULL)
		wanted = "";
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
