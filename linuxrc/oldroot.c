/* SPDX-License-Identifier: MIT */
/*
 * oldroot.c - see oldroot.h.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "lib/dir.h"
#include "lib/sys.h"
#include "oldroot.h"

enum { DEPTH_MAX = 64 };	/* directories in directories; what lies deeper
				   is left, the stack is not endless */

const char *
oldroot_path(char path[static OLDROOT_PATH_SIZE], const struct boot *b,
	const char *prefix, const char *name)
{
	snprintf(path, OLDROOT_PATH_SIZE, "%s%s/%s", prefix, b->kernfs.base,
		name);
	return path;
}

/* A busy mount is detached: the end of its last user frees it. */
static void
take_away(const struct boot *b, const char *prefix, const char *name,
	bool *mounted, bool *made)
{
	char path[OLDROOT_PATH_SIZE];

	oldroot_path(path, b, prefix, name);
	if (*mounted)
		sys_umount(path, MNT_DETACH);
	if (*made)
		sys_unlink(AT_FDCWD, path, AT_REMOVEDIR);
	*mounted = *made = false;
}

void
oldroot_clean(struct boot *b, const char *prefix)
{
	struct kernfs *k = &b->kernfs;
	bool no_mount = false;
	char path[OLDROOT_PATH_SIZE];

	take_away(b, prefix, "dev", &k->dev_ours, &k->dev_made);
	take_away(b, prefix, "sys", &k->sys_ours, &k->sys_made);
	take_away(b, prefix, "proc", &k->proc_ours, &k->proc_made);
	take_away(b, prefix, "new-root", &no_mount, &k->new_root_made);
	if (k->base_ours) {
		snprintf(path, sizeof path, "%s%s", prefix, k->base);
		sys_umount(path, MNT_DETACH);
		k->base_ours = false;
	}
}

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
oldroot_empty(const struct boot *b)
{
	struct dir root;
	struct stat st;

	if (!b->rootfs_dev || dir_open(&root, AT_FDCWD, "/") < 0)
		return;
	root.in_memory = true;
	if (fstat(root.fd, &st) == 0 && (uint64_t)st.st_dev == b->rootfs_dev)
		empty_dir(&root, b->rootfs_dev, 0);
	dir_close(&root);
}
