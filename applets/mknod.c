/* SPDX-License-Identifier: MIT */
/*
 * mknod - make a device node or a named pipe: mknod(1) of GNU coreutils and
 * POSIX's mode of mkfifo(1).
 *
 * Deviations: -m takes octal modes only.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/applet.h"
#include "lib/sys.h"
#include "lib/text.h"

enum { MAJOR_MAX = 4095, MINOR_MAX = 1048575 };	/* linux/kdev_t.h */

static noreturn void
usage(void)
{
	applet_usage("mknod [-m MODE] NAME b|c|u|p [MAJOR MINOR]");
}

static unsigned
number(const char *text, const char *what, long max)
{
	long n;

	if (text_number(text, 0, 0, max, &n) < 0)
		applet_fail(0, "%s: no %s device number (0 to %ld)", text,
			what, max);
	return (unsigned)n;
}

/* The S_IF bits of a type's letter, or 0. */
static mode_t
type_of(const char *letter)
{
	if (!letter[0] || letter[1])
		return 0;
	switch (letter[0]) {
	case 'b':
		return S_IFBLK;
	case 'c':
	case 'u':
		return S_IFCHR;
	case 'p':
		return S_IFIFO;
	default:
		return 0;
	}
}

int
mknod_main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "mode", required_argument, NULL, 'm' }, { 0 }
	};
	long mode = 0666;
	unsigned major = 0, minor = 0;
	mode_t type;
	int c;

	while ((c = getopt_long(argc, argv, "+m:", longs, NULL)) != -1) {
		if (c != 'm')
			usage();
		if (text_number(optarg, 8, 0, 07777, &mode) < 0)
			applet_fail(0, "%s: no octal mode", optarg);
		umask(0);
	}
	argc -= optind;
	argv += optind;
	type = argc > 1 ? type_of(argv[1]) : 0;
	if (!type || argc != (type == S_IFIFO ? 2 : 4))
		usage();
	if (type != S_IFIFO) {
		major = number(argv[2], "major", MAJOR_MAX);
		minor = number(argv[3], "minor", MINOR_MAX);
	}
	if (sys_mknod(AT_FDCWD, argv[0], type | (mode_t)mode, major, minor) < 0)
		applet_fail(errno, "%s", argv[0]);
	return 0;
}
