/* SPDX-License-Identifier: MIT */
/*
 * oldroot.c - see oldroot.h.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>

#include "lib/emptyroot.h"
#include "lib/sys.h"
#include "oldroot.h"

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

void
oldroot_empty(const struct boot *b)
{
	if (b->rootfs_dev)
		emptyroot(b->rootfs_dev);
}
