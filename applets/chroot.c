/* SPDX-License-Identifier: MIT */
/*
 * chroot - run a program with another root directory, as chroot(8) of GNU
 * coreutils does: "exec chroot . /sbin/init <dev/console >dev/console 2>&1"
 * after pivot_root, as the kernel's initrd document has it.
 *
 * Deviations: no --userspec, --groups, --skip-chdir.
 */
#include <errno.h>
#include <string.h>

#include "lib/applet.h"
#include "lib/sys.h"

enum { NO_ROOT = 125 };		/* no status of a program */

int
chroot_main(int argc, char **argv)
{
	static char shell[] = "/bin/sh", interactive[] = "-i";
	char *default_argv[] = { shell, interactive, NULL };
	struct err e;

	if (argc > 1 && strcmp(argv[1], "--") == 0) {
		argc--;
		argv++;
	}
	if (argc < 2 || (argv[1][0] == '-' && argv[1][1]))
		applet_usage("chroot DIRECTORY [PROGRAM [ARGUMENT...]]");
	if (sys_chroot(argv[1]) < 0 || sys_chdir("/") < 0) {
		fail(&e, errno, "%s", argv[1]);
		applet_warn(&e);
		return NO_ROOT;
	}
	applet_exec(argc > 2 ? argv + 2 : default_argv);
}
