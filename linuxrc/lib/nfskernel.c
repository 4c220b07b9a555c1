/* SPDX-License-Identifier: MIT */
/*
 * nfskernel.c - see nfskernel.h.
 */
#include <string.h>
#include <sys/stat.h>

#include "lib/cmdline.h"
#include "lib/file.h"
#include "lib/nfskernel.h"

enum { TEXT_SIZE = 4096 };	/* COMMAND_LINE_SIZE; 40 types of file systems;
				   a route is a line of 128 bytes */

static bool
exists(int dir, const char *path)
{
	struct stat st;

	return fstatat(dir, path, &st, 0) == 0;
}

/* As much of the file as is needed to tell. */
static const char *
read_some(int dir, const char *path, char text[static TEXT_SIZE])
{
	struct err ignored;

	if (file_read(dir, path, text, TEXT_SIZE, &ignored) < 0)
		text[0] = '\0';
	return text;
}

static bool
has_word(const char *text)
{
	struct word w;

	while (cmdline_next(&text, &w))
		if (w.value && word_is(&w, "nfsroot"))
			return true;
	return false;
}

/* One that was loaded says what state it is in. */
static bool
is_built_in(int proc, int sys, char text[static TEXT_SIZE])
{
	return strstr(read_some(proc, "filesystems", text), "\tnfs\n") &&
		!exists(sys, "module/nfs/initstate");
}

/* Below the heading. */
static bool
has_route(int proc, char text[static TEXT_SIZE])
{
	const char *line = strchr(read_some(proc, "net/route", text), '\n');

	return line && line[1] != '\0';
}

bool
nfskernel_mounts(int proc, int sys, bool word_was_left)
{
	static char text[TEXT_SIZE];

	if (exists(proc, "sys/kernel/nfs-root-name"))
		return true;
	return exists(proc, "net/pnp") && !word_was_left &&
		has_word(read_some(proc, "cmdline", text)) &&
		is_built_in(proc, sys, text) && has_route(proc, text);
}
