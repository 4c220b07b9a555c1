/* SPDX-License-Identifier: MIT */
/*
 * overlay.c - see overlay.h. The overlay makes private copies of the mounts
 * of its layers, so that none of them has to stay in the mount table. Their
 * names are relative: what /proc/mounts shows of them is read by people, and
 * the paths of now mean nothing later.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "lib/sys.h"
#include "lib/text.h"
#include "overlay.h"

enum { PATH_SIZE = BASE_SIZE + 16 };

static int
make(const char *side, const char *name, mode_t mode, struct err *e)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof path, "%s/%s", side, name);
	if (sys_mkdir(path, mode) < 0)
		return fail(e, errno, "%s of the overlay", name);
	return 0;
}

/* A tmpfs at side: upper/ with the mode of the root, work/, and the root
 * itself at lower/. */
static int
prepare(const struct mounted_root *root, const char *side, struct err *e)
{
	char lower[PATH_SIZE];
	struct stat st;

	if (stat(root->dir, &st) < 0)
		return fail(e, errno, "%s", root->dir);
	if (make(side, "upper", st.st_mode & 07777, e) < 0 ||
	    make(side, "work", 0700, e) < 0 || make(side, "lower", 0700, e) < 0)
		return -1;
	snprintf(lower, sizeof lower, "%s/lower", side);
	if (sys_mount(root->dir, lower, NULL, MS_MOVE, NULL) < 0)
		return fail(e, errno, "move %s to %s", root->dir, lower);
	return 0;
}

static int
mount_layers(struct mounted_root *root, const char *side, struct err *e)
{
	unsigned long flags = root->flags & ~(unsigned long)MS_RDONLY;
	int result;

	if (sys_chdir(side) < 0)
		return fail(e, errno, "chdir %s", side);
	result = sys_mount("overlay", root->dir, "overlay", flags,
		"lowerdir=lower,upperdir=upper,workdir=work");
	if (result < 0) {
		fail(e, errno, "mount an overlay over %s", root->fstype);
		if (e->code == EINVAL)
			hint(e, "not every type can lie below one; the kernel "
				"log says why");
	}
	sys_chdir("/");
	root->flags = flags;
	return result;
}

static int
filled(struct mounted_root *root, struct err *e)
{
	struct stat st;

	if (stat(root->dir, &st) < 0)
		return fail(e, errno, "%s", root->dir);
	text_copy(root->fstype, sizeof root->fstype, "overlay");
	root->st_dev = st.st_dev;
	return 0;
}

int
overlay_mount(struct mounted_root *root, const char *side, struct err *e)
{
	int result;

	if (sys_mount("tmpfs", side, "tmpfs", 0, "mode=0755") < 0)
		return fail(e, errno, "mount a tmpfs for linuxrc.overlay=");
	result = prepare(root, side, e);
	if (result == 0)
		result = mount_layers(root, side, e);
	sys_umount(side, MNT_DETACH);
	return result < 0 ? -1 : filled(root, e);
}
