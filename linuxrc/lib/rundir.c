/* SPDX-License-Identifier: MIT */
/*
 * rundir.c - see rundir.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "lib/mountpoint.h"
#include "lib/rundir.h"
#include "lib/sys.h"

enum { PATH_SIZE = 128 };	/* a directory of the initrd's own */

int
rundir_open(const char *root, struct err *e)
{
	char run[PATH_SIZE], dir[PATH_SIZE];
	struct stat st;
	int fd;

	snprintf(run, sizeof run, "%s/run", root);
	snprintf(dir, sizeof dir, "%s/run/linuxrc", root);
	/* a link would lead out of the root */
	if (lstat(run, &st) < 0)
		return fail(e, errno, "%s", run);
	if (!S_ISDIR(st.st_mode))
		return fail(e, ENOTDIR, "%s", run);
	if (!mountpoint_at(run) && sys_mount("tmpfs", run, "tmpfs", MS_NOSUID |
	    MS_NODEV, "mode=0755") < 0)
		return fail(e, errno, "mount a tmpfs on %s", run);
	if (sys_mkdir(dir, 0755) < 0 && errno != EEXIST)
		return fail(e, errno, "mkdir %s", dir);
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return fd < 0 ? fail(e, errno, "open %s", dir) : fd;
}
