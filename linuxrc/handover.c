/* SPDX-License-Identifier: MIT */
/*
 * handover.c - see handover.h. The five compatibility rules of initrd.rst
 * ("Changing the root device") are marked Rule 1 to 5 where they are kept.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "compat/leave.h"
#include "console.h"
#include "handover.h"
#include "laststage.h"
#include "lib/file.h"
#include "lib/log.h"
#include "lib/mountpoint.h"
#include "lib/realroot.h"
#include "lib/rootspec.h"
#include "lib/sys.h"
#include "oldroot.h"
#include "runlog.h"

static int64_t begun_us;	/* for the timeline */

bool
handover_is_change_root(const struct boot *b)
{
	return b->contract == CONTRACT_LINUXRC &&
		(b->options.handover == HANDOVER_CHANGE_ROOT ||
		 (b->spec.kind == ROOT_NFS && b->kernel_nfs));
}

/* The worker claims that the root is mounted: see that it is. */
static int
check_mounted(const struct boot *b, struct err *e)
{
	struct stat root, up;

	if (stat(b->root.dir, &root) < 0 || stat("/", &up) < 0)
		return fail(e, errno, "%s", b->root.dir);
	if ((uint64_t)root.st_dev != b->root.st_dev ||
	    root.st_dev == up.st_dev)
		return fail(e, 0, "nothing is mounted on %s", b->root.dir);
	return 0;
}

/* A console node that works, in the directory dev of the new root. */
static bool
has_console(const char *root)
{
	char path[OLDROOT_PATH_SIZE];
	struct stat st;

	snprintf(path, sizeof path, "%s/dev/console", root);
	return stat(path, &st) == 0 && S_ISCHR(st.st_mode) &&
		major(st.st_rdev) == 5 && minor(st.st_rdev) == 1;
}

/* Move one of our mounts to the directory of the same name in the new
 * root, if it has one. */
static int
move_into(const struct boot *b, const char *name)
{
	char from[OLDROOT_PATH_SIZE], to[OLDROOT_PATH_SIZE];

	snprintf(to, sizeof to, "%s/%s", b->root.dir, name);
	return sys_mount(oldroot_path(from, b, "", name), to, NULL, MS_MOVE,
		NULL);
}

/*
 * /dev goes to the real root when that has no console of its own, or when
 * the kernel had mounted it by itself (CONFIG_DEVTMPFS_MOUNT): there it
 * would have put it on the real root, too.
 */
static void
give_dev(struct boot *b)
{
	char path[OLDROOT_PATH_SIZE];

	if (!mountpoint_at(oldroot_path(path, b, "", "dev")))
		return;
	if ((!b->kernfs.dev_ours || !has_console(b->root.dir)) &&
	    move_into(b, "dev") == 0) {
		b->kernfs.dev_ours = false;
		return;
	}
	b->kernfs.dev_ours = true;	/* whoever mounted it: it goes */
}

/* What the real root gets from us where its own rules say that we vanish. */
static void
give(struct boot *b)
{
	give_dev(b);
	runlog_leave(b, begun_us);
}

/*
 * The pivot of initrd.rst. With a directory for the old root, that stays
 * there; without one, or when its memory is asked back, it is detached, and
 * *program is the last stage that can free it, or -1.
 */
static int
pivot(struct boot *b, int *program, struct err *e)
{
	const char *putold = b->options.putold;
	struct stat st;
	bool keep;

	/* Rule 1: the current directory is the new root. */
	if (sys_chdir(b->root.dir) < 0)
		return fail(e, errno, "chdir %s", b->root.dir);
	keep = !b->options.initrd_free && stat(putold, &st) == 0 &&
		S_ISDIR(st.st_mode);
	/* Rule 2: "." and a relative put_old: it means the same before and
	 * after the change. A link out of the new root is none. */
	if (keep && sys_pivot_root(".", putold) < 0) {
		say(LOG_WITHOUT, "the old root cannot go to %s: %s", putold,
			strerror(errno));
		keep = false;
	}
	*program = keep ? -1 : laststage_prepare(b->kernfs.base);
	if (!keep && sys_pivot_root(".", ".") < 0) {
		fail(e, errno, "pivot_root . .");
		sys_chdir("/");
		return -1;
	}
	if (keep) {
		oldroot_clean(b, putold);
	} else if (sys_umount(".", MNT_DETACH) < 0) {
		say(LOG_WITHOUT, "the old root stays mounted: %s",
			strerror(errno));
	}
	return 0;
}

static int
exec_init(struct boot *b, char **argv, char **envp, struct err *e)
{
	/* Rule 4: dev/console is relative, so it is the new root's. The old
	 * one would pin the memory that it lies in; under compat it stays, as
	 * it stays when the kernel runs init after /linuxrc. */
	if (b->contract != CONTRACT_COMPAT)
		console_reopen();
	argv[0] = b->init;
	/* Rule 5: init is looked up under the new root. */
	b->switched = true;
	sys_execve(b->init, argv, envp);
	return fail(e, errno, "exec %s", b->init);
}

static int
leave_ram0(struct boot *b, char **argv, char **envp, struct err *e)
{
	int program = -1;

	if (check_mounted(b, e) < 0)
		return -1;
	give(b);
	if (pivot(b, &program, e) < 0)
		return -1;
	/* Rule 3: whether pivot_root moved our root, too, is the kernel's
	 * affair; chroot makes sure. */
	if (sys_chroot(".") < 0 || sys_chdir("/") < 0)
		return fail(e, errno, "chroot into the new root");
	b->switched = true;
	if (program >= 0) {
		console_reopen();
		laststage_enter(program, b, false, argv, envp);
	}
	return exec_init(b, argv, envp, e);
}

static void
move_or_detach(const struct boot *b, const char *name)
{
	char path[OLDROOT_PATH_SIZE];

	if (move_into(b, name) < 0)
		sys_umount(oldroot_path(path, b, "", name), MNT_DETACH);
}

/* /dev, /proc, /sys, which are always mounted, and /run go along where the
 * real root has the directory; what cannot be moved is detached. */
static void
move_kernfs(const struct boot *b)
{
	char path[OLDROOT_PATH_SIZE];

	move_or_detach(b, "dev");
	move_or_detach(b, "proc");
	move_or_detach(b, "sys");
	if (mountpoint_at(oldroot_path(path, b, "", "run")))
		move_or_detach(b, "run");
	runlog_leave(b, begun_us);
}

/* As the kernel left it: our mounts are taken away, the initrd goes where the
 * kernel put it. */
static void
leave_compat(struct boot *b)
{
	leave_initrd(b);
	give(b);
	oldroot_clean(b, "");
}

static int
leave_initramfs(struct boot *b, char **argv, char **envp, struct err *e)
{
	int old;

	if (check_mounted(b, e) < 0)
		return -1;
	if (sys_chdir(b->root.dir) < 0)
		return fail(e, errno, "chdir %s", b->root.dir);
	old = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (b->contract == CONTRACT_COMPAT)
		leave_compat(b);
	else
		move_kernfs(b);
	oldroot_empty(b);
	/* Since 7.0 rootfs lies on nullfs and can be pivoted away; before,
	 * EINVAL: it is hidden below the new root instead. */
	if (sys_pivot_root(".", ".") == 0) {
		sys_umount(".", MNT_DETACH);
	} else if (sys_mount(".", "/", NULL, MS_MOVE, NULL) < 0 ||
		   sys_chroot(".") < 0) {
		return fail(e, errno, "move the new root to /");
	}
	sys_chdir("/");
	/* the one directory that could not be deleted: it was mounted on */
	if (b->rootfs_dev)
		sys_unlink(old, b->root.dir + 1, AT_REMOVEDIR);
	close(old);
	b->kernfs.base[0] = '\0';
	return exec_init(b, argv, envp, e);
}

/* What tells the kernel which root it is. */
static int
write_number(const struct boot *b, enum realroot_kind kind, struct err *e)
{
	char path[OLDROOT_PATH_SIZE], text[16];

	snprintf(text, sizeof text, "%u\n", realroot_number(kind,
		rootspec_encode(b->device.major, b->device.minor)));
	return file_write(AT_FDCWD, oldroot_path(path, b, "",
		"proc/sys/kernel/real-root-dev"), text, e);
}

/* initrd(4): the kernels that can mount an NFS root by themselves and have
 * these files take the export and the address line from them; of several lines
 * the last, as the file takes one. */
static void
write_nfs(const struct boot *b)
{
	const char *last = strrchr(b->options.nfsaddrs, ' ');
	char path[OLDROOT_PATH_SIZE];
	struct err ignored;

	if (b->options.nfsroot[0])
		file_write(AT_FDCWD, oldroot_path(path, b, "",
			"proc/sys/kernel/nfs-root-name"),
			b->options.nfsroot, &ignored);
	if (b->options.nfsaddrs[0])
		file_write(AT_FDCWD, oldroot_path(path, b, "",
			"proc/sys/kernel/nfs-root-addrs"),
			last ? last + 1 : b->options.nfsaddrs, &ignored);
}

/* The kernel mounts the root when we exit, by its number. */
static int
leave_change_root(struct boot *b, struct err *e)
{
	bool nfs = b->spec.kind == ROOT_NFS;

	if (nfs)
		write_nfs(b);
	if (write_number(b, nfs ? REALROOT_NFS : REALROOT_DEVICE, e) < 0)
		return -1;
	sys_chdir("/");
	oldroot_clean(b, "");
	return 0;
}

/* The directories above path. 0, or -1 with errno. */
static int
make_parents(const char *path)
{
	char parent[INIT_SIZE];
	const char *slash = path;

	while ((slash = strchr(slash + 1, '/'))) {
		snprintf(parent, sizeof parent, "%.*s", (int)(slash - path),
			path);
		if (sys_mkdir(parent, 0755) < 0 && errno != EEXIST)
			return -1;
	}
	return 0;
}

int
handover_prepare_again(struct boot *b, struct err *e)
{
	const char *init = b->options.init[0] ? b->options.init :
		"/sbin/init";	/* the first that the kernel tries */

	if (b->options.origin[OPT_ROOT] == ORIGIN_KERNEL)
		return fail(e, 0, "give root=: the number in real-root-dev "
			"has to give way");
	if (make_parents(init) < 0 || sys_symlink("/linuxrc", init) < 0)
		return fail(e, errno, "%s in the initrd", init);
	b->again = true;
	return 0;
}

/* The initrd stays the root, and its init is us. */
static int
leave_again(struct boot *b, struct err *e)
{
	if (write_number(b, REALROOT_INITRD, e) < 0)
		return -1;
	sys_chdir("/");
	oldroot_clean(b, "");
	return 0;
}

/* We mount and pivot; 0x100 tells the kernel to leave "/" as it is. */
static int
leave_pivoted(struct boot *b, char **argv, char **envp, struct err *e)
{
	struct err ignored;
	int program = -1;

	if (check_mounted(b, e) < 0 ||
	    write_number(b, REALROOT_PIVOTED, e) < 0)
		return -1;
	give(b);
	if (pivot(b, &program, e) < 0) {
		write_number(b, REALROOT_DEVICE, &ignored);
		return -1;
	}
	if (program >= 0)
		laststage_enter(program, b, true, argv, envp);
	return 0;
}

void
handover_give_up(struct boot *b)
{
	sys_chdir("/");
	if (b->root.dir[0])
		sys_umount(b->root.dir, MNT_DETACH);
	oldroot_clean(b, "");
}

int
handover(struct boot *b, char **argv, char **envp, struct err *e)
{
	begun_us = timeline_now();
	if (b->switched)
		return exec_init(b, argv, envp, e);
	switch (b->contract) {
	case CONTRACT_LINUXRC:
		if (b->again)
			return leave_again(b, e);
		return handover_is_change_root(b) ?
			leave_change_root(b, e) :
			leave_pivoted(b, argv, envp, e);
	case CONTRACT_RAM0:
		return leave_ram0(b, argv, envp, e);
	case CONTRACT_INITRAMFS:
	case CONTRACT_COMPAT:
		return leave_initramfs(b, argv, envp, e);
	case CONTRACT_NONE:
	case CONTRACT_CHROOT:
	case CONTRACT_COUNT:
		break;
	}
	return fail(e, 0, "contract %d has no exit", (int)b->contract);
}
