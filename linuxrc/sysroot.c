/* SPDX-License-Identifier: MIT */
/*
 * sysroot.c - see sysroot.h.
 */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <unistd.h>

#include "lib/romount.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "sysroot.h"

void
sysroot_dir(const char *base, const char *name,
	char dir[static SYSROOT_DIR_SIZE])
{
	snprintf(dir, SYSROOT_DIR_SIZE, "%.*s/mnt/%.*s", BASE_SIZE - 1, base,
		BLOCKDEV_NAME_SIZE - 1, name);
}

static int
mount_once(const struct sysroot *r, const char *dir, const char *driver,
	const char *options)
{
	char source[SYSROOT_DIR_SIZE], node[BLOCKDEV_NAME_SIZE];

	blockdev_node(r->devices->dev, r->name, node);
	snprintf(source, sizeof source, "%.*s/dev/%s", BASE_SIZE - 1, r->base,
		node);
	return sys_mount(source, dir, driver, r->rw ? 0 : MS_RDONLY,
		r->rw ? "" : options);
}

/* The same, with the driver loaded when the kernel has none. */
static int
mount_as(const struct sysroot *r, const char *dir, const char *driver,
	const char *options)
{
	struct err ignored;

	if (mount_once(r, dir, driver, options) == 0)
		return 0;
	if (errno != ENODEV)
		return -1;
	if (r->load_driver(driver, &ignored) == 0)
		return mount_once(r, dir, driver, options);
	errno = ENODEV;
	return -1;
}

static int
try_ways(const struct sysroot *r, const char *dir)
{
	const struct romount *way = romount_next(r->type, NULL);

	if (!way)
		return mount_as(r, dir, r->type, "");
	for (; way; way = romount_next(r->type, way)) {
		if (mount_as(r, dir, way->driver, way->options) == 0)
			return 0;
		if (errno != ENODEV && errno != EINVAL)
			return -1;
	}
	return -1;
}

/* Where that is not possible, the mount is read-only all the same. */
static void
hold(const struct sysroot *r)
{
	int fd = blockdev_open(r->devices, r->name);

	if (fd >= 0 && sys_read_only(fd) == 0) {
		text_copy(r->held, DEVNAME_SIZE, r->name);
		sys_set_read_only(fd, 1);
	}
	if (fd >= 0)
		close(fd);
}

int
sysroot_mount(const struct sysroot *r, struct err *e)
{
	char dir[SYSROOT_DIR_SIZE], above[BASE_SIZE + 8];

	snprintf(above, sizeof above, "%.*s/mnt", BASE_SIZE - 1, r->base);
	sysroot_dir(r->base, r->name, dir);
	if ((sys_mkdir(above, 0755) < 0 && errno != EEXIST) ||
	    (sys_mkdir(dir, 0755) < 0 && errno != EEXIST))
		return fail(e, errno, "%s: no directory to mount %s on", dir,
			r->name);
	if (!r->rw)
		hold(r);
	if (try_ways(r, dir) == 0)
		return 0;
	return fail(e, errno, "mount %s on %s as %s, %s", r->name, dir,
		r->type, r->rw ? "writable" : "read-only");
}

int
sysroot_unmount(const char *base, const char *name, struct err *e)
{
	char dir[SYSROOT_DIR_SIZE];

	sysroot_dir(base, name, dir);
	if (sys_umount(dir, 0) == 0)
		return 0;
	return fail(e, errno, "unmount %s", dir);
}

static int
go_apart(void)
{
	return sys_unshare(CLONE_NEWNS) < 0 ? -1 :
		sys_mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
}

int
sysroot_apart(struct err *e)
{
	return go_apart() == 0 ? 0 :
		fail(e, errno, "no mounts of its own");
}

int
sysroot_enter(const char *base, const char *dir)
{
	static const char *const ours[] = { "proc", "sys", "dev" };
	char from[BASE_SIZE + 8], to[SYSROOT_DIR_SIZE + 8];

	if (go_apart() < 0)
		return -1;
	for (unsigned i = 0; i < sizeof ours / sizeof ours[0]; i++) {
		snprintf(from, sizeof from, "%.*s/%s", BASE_SIZE - 1, base,
			ours[i]);
		snprintf(to, sizeof to, "%.*s/%s", SYSROOT_DIR_SIZE - 1, dir,
			ours[i]);
		/* who lacks the directory does without */
		sys_mount(from, to, NULL, MS_BIND | MS_REC, NULL);
	}
	return sys_chdir(dir) < 0 || sys_chroot(".") < 0 ? -1 : 0;
}
