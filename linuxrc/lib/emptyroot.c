/* SPDX-License-Identifier: MIT */
/*
 * emptyroot.c - see emptyroot.h.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "lib/dir.h"
#include "lib/emptyroot.h"
#include "lib/sys.h"

enum { DEPTH_MAX = 64 };	/* directories in directories; what lies deeper
				   is left, the stack is not endless */

/*
 * Everything in this directory of rootfs, and nothing beyond it: st_dev is
 * seen to be rootfs's before anything below is touched. In "/" rmdir comes
 * first: there are the mount points, empty ones by now, or refused with EBUSY;
 * deeper down hardly any directory is empty.
 */
static void
empty_dir(struct dir *d, uint64_t rootfs_dev, unsigned depth)
{
	struct dir below;
	struct stat st;
	const char *name;

	while ((name = dir_next(d))) {
		if (d->type != DT_DIR) {
			sys_unlink(d->fd, name, 0);
			continue;
		}
		if ((depth == 0 && (sys_unlink(d->fd, name,
		    AT_REMOVEDIR) == 0 || errno != ENOTEMPTY)) ||
		    depth == DEPTH_MAX || dir_open(&below, d->fd, name) < 0)
			continue;
		below.in_memory = true;
		if (fstat(below.fd, &st) == 0 &&
		    (uint64_t)st.st_dev == rootfs_dev) {
			empty_dir(&below, rootfs_dev, depth + 1);
			sys_unlink(d->fd, name, AT_REMOVEDIR);
		}
		dir_close(&below);
	}
}

void
emptyroot(uint64_t rootfs_dev)
{
	struct dir root;
	struct stat st;

	if (dir_open(&root, AT_FDCWD, "/") < 0)
		return;
	root.in_memory = true;
	if (fstat(root.fd, &st) == 0 && (uint64_t)st.st_dev == rootfs_dev)
		empty_dir(&root, rootfs_dev, 0);
	dir_close(&root);
}
