/* SPDX-License-Identifier: MIT */
/*
 * lsmod - the modules that the kernel has, as lsmod(8) of kmod prints
 * /proc/modules.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "lib/applet.h"
#include "lib/file.h"

enum { MODULES_SIZE = 65536 };	/* /proc/modules: some 800 lines */

/* Cut the next word off the line. */
static char *
word(char **line)
{
	char *start = *line, *end = start + strcspn(start, " ");

	*line = *end ? end + 1 : end;
	*end = '\0';
	return start;
}

/* "ext4 942080 1 - Live 0x0", "mbcache 16384 1 ext4,ext2, Live 0x0" */
static void
print_module(char *line)
{
	const char *name = word(&line), *size = word(&line);
	const char *users = word(&line);
	char *by = word(&line);
	size_t len = strlen(by);

	if (len && by[len - 1] == ',')
		by[len - 1] = '\0';
	applet_print("%-19s %8s  %s%s%s\n", name, size, users,
		strcmp(by, "-") == 0 ? "" : " ",
		strcmp(by, "-") == 0 ? "" : by);
}

int
lsmod_main(int argc, char **argv)
{
	static char text[MODULES_SIZE];
	struct err e;
	char *next;

	(void)argv;
	if (argc != 1)
		applet_usage("lsmod");
	if (file_read(AT_FDCWD, "/proc/modules", text, sizeof text, &e) < 0)
		applet_die(&e);
	applet_print("Module                  Size  Used by\n");
	for (char *line = text; *line; line = next) {
		next = line + strcspn(line, "\n");
		if (*next)
			*next++ = '\0';
		print_module(line);
	}
	return 0;
}
