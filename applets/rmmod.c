/* SPDX-License-Identifier: MIT */
/*
 * rmmod - take modules out of the kernel: rmmod(8) of kmod. A name may have
 * - for _, and may be the path of the module's file.
 *
 * Deviations: no -s, -v.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdbool.h>
#include <string.h>

#include "lib/applet.h"
#include "lib/modindex.h"
#include "lib/sys.h"
#include "lib/text.h"

enum { NAME_SIZE = 64 };

static void
name_of(const char *operand, char name[static NAME_SIZE])
{
	const struct piece path = { operand, strlen(operand) };

	if (modindex_name(path, name, NAME_SIZE) == 0)
		return;
	if (text_copy(name, NAME_SIZE, operand) < 0)
		applet_fail(ENAMETOOLONG, "%.80s...", operand);
	for (char *p = name; (p = strchr(p, '-')); *p++ = '_')
		continue;
}

static bool
remove_module(const char *operand, bool force)
{
	char name[NAME_SIZE];
	struct err e;

	name_of(operand, name);
	if (sys_delete_module(name, O_NONBLOCK | (force ? O_TRUNC : 0)) == 0)
		return true;
	switch (errno) {
	case ENOENT:
		fail(&e, 0, "%s: this module is not loaded", name);
		break;
	case EAGAIN:
	case EBUSY:
		fail(&e, 0, "%s: in use by a device, a file system or "
			"another module", name);
		break;
	default:
		fail(&e, errno, "%s", name);
	}
	applet_warn(&e);
	return false;
}

int
rmmod_main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "force", no_argument, NULL, 'f' }, { 0 }
	};
	bool force = false;
	int c, status = 0;

	while ((c = getopt_long(argc, argv, "f", longs, NULL)) != -1) {
		if (c != 'f')
			applet_usage("rmmod [-f] MODULE...");
		force = true;
	}
	if (optind == argc)
		applet_usage("rmmod [-f] MODULE...");
	for (; optind < argc; optind++)
		status |= !remove_module(argv[optind], force);
	return status;
}
