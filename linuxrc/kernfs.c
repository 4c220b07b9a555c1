/* SPDX-License-Identifier: MIT */
/*
 * kernfs.c - see kernfs.h. Mount flags as the distributions use them;
 * without devtmpfs, /dev is a tmpfs with the nodes of
 * Documentation/admin-guide/devices.txt that we need (block devices are
 * added by the room that finds them).
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "kernfs.h"
#include "lib/dir.h"
#include "lib/mountpoint.h"
#include "lib/sys.h"
#include "lib/text.h"

enum {
	PROC_MAGIC = 0x9fa0,		/* include/uapi/linux/magic.h */
	SYSFS_MAGIC = 0x62656572,
	PATH_SIZE = BASE_SIZE + 16,
	GUARDED = MS_NOSUID | MS_NODEV | MS_NOEXEC
};

static const char *
below(char path[static PATH_SIZE], const struct kernfs *k, const char *name)
{
	snprintf(path, PATH_SIZE, "%s/%s", k->base, name);
	return path;
}

/* openat: musl's open() sets close-on-exec a second time. */
static int
open_dir(const char *path)
{
	return openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* Mount, making the directory when it is missing. */
static int
mount_at(const char *dir, const char *type, const char *data, bool *made)
{
	unsigned long flags = strcmp(type, "proc") == 0 ||
		strcmp(type, "sysfs") == 0 ? GUARDED : MS_NOSUID;

	if (sys_mount(type, dir, type, flags, data) == 0)
		return 0;
	if (errno != ENOENT || sys_mkdir(dir, 0755) < 0)
		return -1;
	*made = true;
	return sys_mount(type, dir, type, flags, data);
}

/* The detached procfs of the first facts need not be mounted twice. */
static int
attach_at(int mnt, const char *dir, bool *made)
{
	if (mnt < 0)
		return -1;
	if (sys_attach_mount(mnt, dir) == 0)
		return 0;
	if (errno != ENOENT || sys_mkdir(dir, 0755) < 0)
		return -1;
	*made = true;
	return sys_attach_mount(mnt, dir);
}

/* Open dir below base if a file system of this magic is mounted there. */
static int
open_mounted(const struct kernfs *k, const char *name, long magic)
{
	char path[PATH_SIZE];
	struct statfs fs;

	if (statfs(below(path, k, name), &fs) < 0 || (long)fs.f_type != magic)
		return -1;
	return open_dir(path);
}

/* /dev counts as there when something is mounted on it. */
static int
open_dev(const struct kernfs *k)
{
	char path[PATH_SIZE];

	return mountpoint_at(below(path, k, "dev")) ? open_dir(path) : -1;
}

static int
mount_proc(struct kernfs *k, struct places *at, bool bare)
{
	char path[PATH_SIZE];
	int fd = bare ? -1 : open_mounted(k, "proc", PROC_MAGIC);

	if (fd >= 0) {
		if (at->proc >= 0)
			close(at->proc);
		at->proc = fd;
		return 0;
	}
	below(path, k, "proc");
	if (attach_at(at->proc, path, &k->proc_made) < 0) {
		if (mount_at(path, "proc", NULL, &k->proc_made) < 0)
			return -1;
		if (at->proc >= 0)
			close(at->proc);
		at->proc = open_dir(path);
	}
	k->proc_ours = true;
	return at->proc < 0 ? -1 : 0;
}

static int
mount_sys(struct kernfs *k, struct places *at, bool bare)
{
	char path[PATH_SIZE];

	at->sys = bare ? -1 : open_mounted(k, "sys", SYSFS_MAGIC);
	if (at->sys >= 0)
		return 0;
	if (mount_at(below(path, k, "sys"), "sysfs", NULL, &k->sys_made) < 0)
		return -1;
	k->sys_ours = true;
	at->sys = open_dir(path);
	return at->sys < 0 ? -1 : 0;
}

/* A /dev of our own, for kernels without devtmpfs. */
static int
make_dev(const char *path, bool *made)
{
	static const struct { const char *name; mode_t mode; unsigned minor; }
	node[] = {
		{ "null", 0666, 3 }, { "zero", 0666, 5 },
		{ "random", 0666, 8 }, { "urandom", 0666, 9 },
		{ "kmsg", 0644, 11 },
	};
	unsigned i;
	int dir;

	if (mount_at(path, "tmpfs", "mode=0755", made) < 0)
		return -1;
	dir = open_dir(path);
	sys_mknod(dir, "console", S_IFCHR | 0600, 5, 1);
	sys_mknod(dir, "tty", S_IFCHR | 0666, 5, 0);
	for (i = 0; i < sizeof node / sizeof node[0]; i++)
		sys_mknod(dir, node[i].name, S_IFCHR | node[i].mode, 1,
			node[i].minor);
	close(dir);
	return 0;
}

static int
mount_dev(struct kernfs *k, struct places *at, bool bare)
{
	char path[PATH_SIZE];

	at->dev = bare ? -1 : open_dev(k);
	if (at->dev >= 0)
		return 0;
	below(path, k, "dev");
	if (mount_at(path, "devtmpfs", "mode=0755", &k->dev_made) < 0 &&
	    (errno != ENODEV || make_dev(path, &k->dev_made) < 0))
		return -1;
	at->dev = open_dir(path);
	k->dev_ours = at->dev >= 0;
	return at->dev < 0 ? -1 : 0;
}

/* A directory that is there already is as good; on a read-only initrd
 * EROFS stays the reason. */
static int
have_new_root(struct kernfs *k)
{
	char path[PATH_SIZE];

	if (sys_mkdir(below(path, k, "new-root"), 0755) == 0)
		k->new_root_made = true;
	else if (errno != EEXIST)
		return -1;
	return 0;
}

/* What is mounted already is taken as it is. That nothing is was seen in the
 * first facts: so it is not looked for (14 thousand instructions). */
static int
mount_all(struct kernfs *k, struct places *at, const char **what)
{
	bool bare = k->bare;

	k->bare = false;
	*what = "proc";
	if (mount_proc(k, at, bare) < 0)
		return -1;
	*what = "sys";
	if (mount_sys(k, at, bare) < 0)
		return -1;
	*what = "dev";
	if (mount_dev(k, at, bare) < 0)
		return -1;
	*what = "new-root";
	return have_new_root(k);
}

/* A directory of the initrd that nothing reads any more. */
static bool
may_cover(const char *name, unsigned char type)
{
	static const char *const kept[] = { "etc", "lib", "lib64", "usr" };
	unsigned i;

	if (name[0] == '.' || type != DT_DIR)
		return false;
	for (i = 0; i < sizeof kept / sizeof kept[0]; i++)
		if (strcmp(name, kept[i]) == 0)
			return false;
	return strlen(name) < BASE_SIZE - 1;
}

/*
 * The directory that our tmpfs will cover: one of those that an initrd has
 * for such use, else any that may be covered.
 */
static int
choose_base(struct kernfs *k)
{
	static const char *const usual[] = { "/mnt", "/tmp", "/run",
		"/media", "/home", "/root", "/opt", "/srv", "/var" };
	const char *name;
	struct dir dir;
	unsigned i;

	for (i = 0; i < sizeof usual / sizeof usual[0]; i++)
		if (access(usual[i], F_OK) == 0)
			return text_copy(k->base, sizeof k->base, usual[i]);
	if (dir_open(&dir, AT_FDCWD, "/") < 0)
		return -1;
	while (k->base[0] == '\0' && (name = dir_next(&dir)))
		if (may_cover(name, dir.type)) {
			text_copy(k->base, sizeof k->base, "/");
			text_append(k->base, sizeof k->base, name);
		}
	dir_close(&dir);
	return k->base[0] ? 0 : -1;
}

/* What the first attempt may have put in its place is taken away. */
static void
unmount_all(struct kernfs *k, struct places *at)
{
	char path[PATH_SIZE];

	if (k->dev_ours)
		sys_umount(below(path, k, "dev"), MNT_DETACH);
	if (k->sys_ours)
		sys_umount(below(path, k, "sys"), MNT_DETACH);
	if (k->proc_ours)
		sys_umount(below(path, k, "proc"), MNT_DETACH);
	k->dev_ours = k->sys_ours = k->proc_ours = false;
	at->proc = at->sys = at->dev = -1;
}

int
kernfs_mount(struct kernfs *k, struct places *at, struct err *e)
{
	const char *what;
	int code;

	if (at->root < 0)
		at->root = open_dir("/");
	if (mount_all(k, at, &what) == 0)
		return 0;
	code = errno;
	if (code != EROFS || k->base_ours)
		return fail(e, code, "%s/%s", k->base, what);
	unmount_all(k, at);
	if (choose_base(k) < 0)
		return fail(e, EROFS, "/%s is missing, and the initrd has no "
			"directory that a tmpfs could cover", what);
	if (sys_mount("tmpfs", k->base, "tmpfs", MS_NOSUID, "mode=0755") < 0) {
		fail(e, errno, "mount a tmpfs on %s", k->base);
		k->base[0] = '\0';
		return -1;
	}
	k->base_ours = true;
	if (mount_all(k, at, &what) < 0)
		return fail(e, errno, "%s/%s", k->base, what);
	return 0;
}

/* ".." at the top of that root leads to what is mounted over it. */
void
kernfs_show_firmware(const struct kernfs *k)
{
	char path[PATH_SIZE];

	if (access("/lib/firmware", F_OK) == 0)
		sys_symlink("../lib", below(path, k, "proc/1/root/lib"));
}

void
kernfs_open(const struct kernfs *k, struct places *at)
{
	at->root = open_dir("/");
	at->proc = open_mounted(k, "proc", PROC_MAGIC);
	if (at->proc < 0)
		at->proc = sys_detached_mount("proc");
	at->sys = open_mounted(k, "sys", SYSFS_MAGIC);
	at->dev = open_dev(k);
}

void
kernfs_borrow(struct places *at)
{
	if (at->sys < 0)
		at->sys = sys_detached_mount("sysfs");
	if (at->dev < 0)
		at->dev = sys_detached_mount("devtmpfs");
	if (at->dev < 0)
		at->dev = open_dir("/dev");
}
