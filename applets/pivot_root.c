/* SPDX-License-Identifier: MIT */
/*
 * pivot_root - make a mounted file system the root and put the old root
 * below it: pivot_root(8) of util-linux, pivot_root(2).
 */
#include <errno.h>

#include "lib/applet.h"
#include "lib/sys.h"

/* What the kernel calls "Invalid argument" are rules that nobody remembers:
 * path_pivot_root() of fs/namespace.c. */
static const char *
rule(int code)
{
	switch (code) {
	case EINVAL:
		return "both must be directories, NEW_ROOT a mount point, "
			"PUT_OLD at or below it, neither on a shared mount, "
			"and the present root not rootfs (before Linux 7.0)";
	case EBUSY:
		return "NEW_ROOT or PUT_OLD is on the present root";
	default:
		return "";
	}
}

int
pivot_root_main(int argc, char **argv)
{
	struct err e;

	if (argc != 3)
		applet_usage("pivot_root NEW_ROOT PUT_OLD");
	if (sys_pivot_root(argv[1], argv[2]) == 0)
		return 0;
	fail(&e, errno, "%s, %s", argv[1], argv[2]);
	if (*rule(e.code))
		hint(&e, "%s", rule(e.code));
	applet_die(&e);
}
