/* SPDX-License-Identifier: MIT */
/*
 * switch_root - leave an initramfs by hand: switch_root(8) of util-linux. The
 * mounts /dev, /proc, /sys and /run go along, the initramfs is emptied, the
 * new root moved over it, and init takes this process's place.
 *
 * All that can be checked is checked first: once the initramfs is empty there
 * is no way back. Deviations: a mount that the new root has no directory for
 * is detached without a word.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/applet.h"
#include "lib/emptyroot.h"
#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/sys.h"

enum { PATH_SIZE = 4096 };

/* True when "/" is the kernel's own rootfs: the first mount there is. */
static bool
is_rootfs(void)
{
	static char buffer[MOUNTINFO_SIZE];
	char *text = buffer;
	struct mountinfo m;
	struct err e;
	bool rootfs = false;

	if (file_read(AT_FDCWD, "/proc/self/mountinfo", buffer, sizeof buffer,
	    &e) < 0)
		applet_fail(0, "it takes /proc to know whether this is an "
			"initramfs: mount it");
	while (mountinfo_next(&text, &m))
		if (strcmp(m.dir, "/") == 0)
			rootfs = strcmp(m.type, "rootfs") == 0;
	return rootfs;
}

static uint64_t
device_of(const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		applet_fail(errno, "%s", path);
	return st.st_dev;
}

static void
check(const char *root, const char *init)
{
	static char path[PATH_SIZE];
	struct stat st;

	if (getpid() != 1)
		applet_fail(0, "only PID 1 can do this: exec switch_root ...");
	if (device_of(root) == device_of("/"))
		applet_fail(0, "%s: nothing is mounted there", root);
	if (!is_rootfs())
		applet_fail(0, "/ is no initramfs -- on a block initrd it is "
			"pivot_root");
	if ((size_t)snprintf(path, sizeof path, "%s/%s", root, init) >=
	    sizeof path)
		applet_fail(ENAMETOOLONG, "%s", init);
	/* a link is followed in the new root only: exec will tell */
	if (lstat(path, &st) < 0)
		applet_fail(errno, "%s", path);
}

static void
move_mounts(const char *root)
{
	static const char *const mounts[] = { "/dev", "/proc", "/sys", "/run" };
	static char to[PATH_SIZE];

	for (unsigned i = 0; i < sizeof mounts / sizeof mounts[0]; i++) {
		snprintf(to, sizeof to, "%s%s", root, mounts[i]);
		if (sys_mount(mounts[i], to, NULL, MS_MOVE, NULL) < 0)
			sys_umount(mounts[i], MNT_DETACH);
	}
}

/* 0, 1 and 2 from the new /dev/console: the old one would keep rootfs. */
static void
reopen_console(const char *path)
{
	int fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);

	for (int i = 0; fd >= 0 && i < 3; i++)
		dup2(fd, i);
	if (fd > 2)
		close(fd);
}

int
switch_root_main(int argc, char **argv)
{
	const char *console = NULL;
	uint64_t rootfs;
	int old;

	if (argc > 2 && strcmp(argv[1], "-c") == 0) {
		console = argv[2];
		argc -= 2;
		argv += 2;
	}
	if (argc < 3 || argv[1][0] == '-')
		applet_usage("switch_root [-c CONSOLE] NEW_ROOT INIT "
			"[ARGUMENT...]");
	check(argv[1], argv[2]);
	rootfs = device_of("/");
	old = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	move_mounts(argv[1]);
	if (sys_chdir(argv[1]) < 0)
		applet_fail(errno, "%s", argv[1]);
	emptyroot(rootfs);
	/* from Linux 7.0 on rootfs can be pivoted away; before, EINVAL */
	if (sys_pivot_root(".", ".") == 0)
		sys_umount(".", MNT_DETACH);
	else if (sys_mount(".", "/", NULL, MS_MOVE, NULL) < 0 ||
	    sys_chroot(".") < 0)
		applet_fail(errno, "move %s to /", argv[1]);
	sys_chdir("/");
	/* the one directory that was mounted on */
	sys_unlink(old, argv[1] + strspn(argv[1], "/"), AT_REMOVEDIR);
	close(old);
	if (console)
		reopen_console(console);
	applet_exec(argv + 2);
}
