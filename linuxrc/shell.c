/* SPDX-License-Identifier: MIT */
/*
 * shell.c - see shell.h.
 */
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "console.h"
#include "lib/sys.h"
#include "shell.h"

enum { NOT_RUN = 127 };		/* as sh(1) has it */

static const char *const SHELLS[] = { "/bin/sh", "/sbin/sh", "/bin/busybox" };

const char *
shell_find(const struct boot *b)
{
	unsigned i;

	for (i = 0; b->locked == ORIGIN_DEFAULT &&
	    i < sizeof SHELLS / sizeof SHELLS[0]; i++)
		if (access(SHELLS[i], X_OK) == 0)
			return SHELLS[i];
	return NULL;
}

/* fd 0, 1 and 2 of a shell; -1: they are that. */
static void
use_terminal(int fd)
{
	for (int i = 0; fd >= 0 && i < 3; i++)
		dup2(fd, i);
}

static _Noreturn void
be_the_shell(const struct boot *b, const struct places *at, const char *path,
	const struct shell_system *system)
{
	char *argv[] = { (char[]){ "sh" }, NULL };
	char *envp[] = { (char[]){ "HOME=/" }, (char[]){ "TERM=linux" },
		(char[]){ "PATH=/sbin:/bin:/usr/sbin:/usr/bin" }, NULL };

	console_take_terminal(at->sys, at->dev);
	if (!system || system->enter(b->kernfs.base, system->root) == 0)
		sys_execve(path, argv, envp);
	_exit(NOT_RUN);
}

int
shell_run(struct boot *b, const struct places *at, int terminal,
	const struct shell_system *system)
{
	const char *path = system ? SHELLS[0] : shell_find(b);
	int status = 0;
	pid_t pid;

	if (!path || b->locked != ORIGIN_DEFAULT)
		return -1;
	pid = fork();
	if (pid == 0) {
		use_terminal(terminal);
		be_the_shell(b, at, path, system);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	b->mounted = true;	/* as far as we know */
	moddone_forget(&b->failed_modules);
	return pid > 0 && !(WIFEXITED(status) &&
		WEXITSTATUS(status) == NOT_RUN) ? 0 : -1;
}
