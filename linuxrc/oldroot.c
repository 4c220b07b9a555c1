/* SPDX-License-Identifier: MIT */
/*
 * oldroot.c - see oldroot.h.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* Everything on the kernel's rootfs, and nothing beyond it. */
static void
empty_dir(int dir, uint64_t rootfs_dev)
{
	DIR *d = fdopendir(dir);
	struct dirent *entry;
	struct stat st;
	int below;

	if (!d) {
		close(dir);
		return;
	}
	while ((entry = readdir(d))) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		if (entry->d_type != DT_DIR) {
			sys_unlink(dirfd(d), entry->d_name, 0);
			continue;
		}
		below = openat(dirfd(d), entry->d_name, O_RDONLY |
			O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (below < 0)
			continue;
		if (fstat(below, &st) < 0 ||
		    (uint64_t)st.st_dev != rootfs_dev) {
			close(below);
			continue;
		}
		empty_dir(below, rootfs_dev);
		sys_unlink(dirfd(d), entry->d_name, AT_REMOVEDIR);
	}
	closedir(d);
}

void
oldroot_empty(const struct boot *b)
{
	struct stat st;
	int dir = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (dir < 0)
		return;
	if (b->rootfs_dev && fstat(dir, &st) == 0 &&
	    (uint64_t)st.st_dev == b->rootfs_dev)
		empty_dir(dir, b->rootfs_dev);
	else
		close(dir);
}
