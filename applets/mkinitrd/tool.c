/* SPDX-License-Identifier: MIT */
/*
 * tool.c - see tool.h. What a tool writes to standard error goes to a file
 * of ours, so that a tool that is content leaves the terminal alone.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/sys.h"
#include "memory.h"
#include "temp.h"
#include "tool.h"

extern char **environ;

enum { LAST_WORDS = 300 };	/* bytes of what a tool said last */

static const char *running;	/* the tool's name */
static int complaints = -1;	/* what it writes to standard error */

static const char *
package_of(const char *name)
{
	static const char *const known[][2] = {
		{ "mke2fs", "e2fsprogs" }, { "debugfs", "e2fsprogs" },
		{ "mksquashfs", "squashfs-tools" },
		{ "xz", "xz-utils" }, { "zstd", "zstd" },
		{ "bzip2", "bzip2" }, { "lz4", "lz4" }, { "lzop", "lzop" },
		{ "busybox", "busybox-static" },
	};

	for (unsigned i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(known[i][0], name) == 0)
			return known[i][1];
	return name;
}

const char *
tool_find(const char *name, struct err *e)
{
	const char *path = getenv("PATH");
	char *places = memory_text("%s:/usr/sbin:/sbin", path && *path ? path :
		"/usr/bin:/bin");

	for (char *p = strtok(places, ":"); p; p = strtok(NULL, ":")) {
		char *full = memory_text("%s/%s", p, name);

		if (access(full, X_OK) == 0) {
			free(places);
			return full;
		}
		free(full);
	}
	free(places);
	fail(e, 0, "%s is needed for this and is not there", name);
	hint(e, "Debian has it in the package %s", package_of(name));
	return NULL;
}

/* In the child: never returns. */
static void
become(const char *path, const char *const argv[], int in, int out)
{
	int null = open("/dev/null", O_RDWR);

	signal(SIGPIPE, SIG_DFL);
	if (dup2(in >= 0 ? in : null, 0) >= 0 &&
	    dup2(out >= 0 ? out : null, 1) >= 0 && dup2(complaints, 2) >= 0)
		sys_execve(path, (char *const *)(uintptr_t)argv, environ);
	_exit(127);
}

pid_t
tool_start(const char *const argv[], int in, int out, struct err *e)
{
	const char *path = tool_find(argv[0], e);
	pid_t pid;

	if (!path)
		return -1;
	running = argv[0];
	if (complaints < 0)
		complaints = temp_file(e);
	if (complaints < 0)
		return -1;
	if (ftruncate(complaints, 0) < 0 || lseek(complaints, 0, SEEK_SET) < 0)
		return fail(e, errno, "temporary file");
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		become(path, argv, in, out);
	return pid < 0 ? fail(e, errno, "start %s", argv[0]) : pid;
}

/* The last line that the tool has written and that says something. */
static const char *
last_words(void)
{
	static char text[LAST_WORDS + 1];
	off_t end = lseek(complaints, 0, SEEK_END);
	ssize_t n = pread(complaints, text, LAST_WORDS, end > LAST_WORDS ?
		end - LAST_WORDS : 0);
	char *line;

	while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == ' '))
		n--;
	text[n > 0 ? n : 0] = '\0';
	line = strrchr(text, '\n');
	return line ? line + 1 : text;
}

int
tool_wait(pid_t pid, struct err *e)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return fail(e, errno, "wait for %s", running);
		if (temp_interrupted(e) < 0)
			kill(pid, SIGTERM);
	}
	if (temp_interrupted(e) < 0)
		return -1;
	if (WIFSIGNALED(status))
		return fail(e, 0, "%s was ended by signal %d", running,
			WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		return fail(e, 0, "%s failed (exit status %d): %s", running,
			WEXITSTATUS(status), last_words());
	return 0;
}

int
tool_run(const char *const argv[], int in, int out, struct err *e)
{
	pid_t pid = tool_start(argv, in, out, e);

	return pid < 0 ? -1 : tool_wait(pid, e);
}
