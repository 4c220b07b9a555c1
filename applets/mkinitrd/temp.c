/* SPDX-License-Identifier: MIT */
/*
 * temp.c - see temp.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"
#include "temp.h"

static volatile sig_atomic_t signal_number;
static char *directory;		/* of temp_dir() */
static const char *unfinished;	/* of temp_remove() */

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static void
clean_up(void)
{
	if (unfinished)
		unlink(unfinished);
	if (directory)
		nftw(directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void
on_signal(int number)
{
	signal_number = number;
}

void
temp_begin(void)
{
	static const int number[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action = { .sa_handler = on_signal };

	/* what was ignored for us, nohup(1), stays so */
	for (unsigned i = 0; i < 3; i++) {
		struct sigaction old;

		if (sigaction(number[i], NULL, &old) == 0 &&
		    old.sa_handler != SIG_IGN)
			sigaction(number[i], &action, NULL);
	}
	/* a tool that ends early is a sentence, not our end */
	signal(SIGPIPE, SIG_IGN);
	atexit(clean_up);
}

int
temp_interrupted(struct err *e)
{
	if (signal_number == 0)
		return 0;
	return fail(e, 0, "ended by signal %d (%s)", (int)signal_number,
		strsignal(signal_number));
}

static const char *
place(unsigned i)
{
	static const char *const usual[] = { "/var/tmp", "/tmp", NULL };
	const char *chosen = getenv("TMPDIR");

	if (chosen && *chosen)
		return i == 0 ? chosen : NULL;
	return usual[i];
}

static int
no_place(struct err *e)
{
	int code = errno;
	const char *chosen = getenv("TMPDIR");

	fail(e, code, "temporary files in %s", chosen && *chosen ? chosen :
		"/var/tmp and /tmp");
	return hint(e, "set TMPDIR to a directory with room");
}

int
temp_file(struct err *e)
{
	for (unsigned i = 0; place(i); i++) {
		char *path = memory_text("%s/mkinitrd.XXXXXX", place(i));
		int fd = mkostemp(path, O_CLOEXEC);

		if (fd >= 0)
			unlink(path);
		free(path);
		if (fd >= 0)
			return fd;
	}
	return no_place(e);
}

const char *
temp_dir(struct err *e)
{
	for (unsigned i = 0; place(i); i++) {
		char *path = memory_text("%s/mkinitrd.XXXXXX", place(i));

		if (mkdtemp(path)) {
			directory = path;
			return path;
		}
		free(path);
	}
	no_place(e);
	return NULL;
}

void
temp_remove(const char *path)
{
	unfinished = path;
}

void
temp_keep(void)
{
	unfinished = NULL;
}
