/* SPDX-License-Identifier: MIT */
/*
 * sys.c - see sys.h. Nothing is decided here.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include <linux/btrfs.h>
#include <linux/fs.h>
#include <linux/loop.h>
#include <linux/openat2.h>
#include <linux/reboot.h>
#include <linux/stat.h>
#include <linux/watchdog.h>

#include "lib/sys.h"
#include "lib/text.h"

/* include/uapi/linux/mount.h; both C libraries have it in other shapes */
enum {
	OPEN_CLOEXEC = 1, MOUNT_CLOEXEC = 1, TREE_CLONE = 1,
	SET_STRING = 1,
	CMD_CREATE = 6,
	ATTR_GUARDED = 2 | 4 | 8,	/* nosuid, nodev, noexec */
	MOVE_EMPTY_PATH = 4
};

int
sys_mount(const char *source, const char *target, const char *type,
	unsigned long flags, const char *data)
{
	return mount(source, target, type, flags, data);
}

int
sys_umount(const char *target, int flags)
{
	return umount2(target, flags);
}

int
sys_pivot_root(const char *new_root, const char *put_old)
{
	return (int)syscall(SYS_pivot_root, new_root, put_old);
}

int
sys_chroot(const char *dir)
{
	return chroot(dir);
}

int
sys_chdir(const char *dir)
{
	return chdir(dir);
}

int
sys_mkdir(const char *path, mode_t mode)
{
	return mkdir(path, mode);
}

int
sys_mknod(int dir, const char *path, mode_t mode, unsigned major,
	unsigned minor)
{
	return mknodat(dir, path, mode, makedev(major, minor));
}

int
sys_symlink(const char *target, const char *path)
{
	return symlink(target, path);
}

int
sys_unlink(int dir, const char *path, int flags)
{
	return unlinkat(dir, path, flags);
}

int
sys_detached_mount(const char *type)
{
	int fs = (int)syscall(SYS_fsopen, type, OPEN_CLOEXEC);
	int attr = strcmp(type, "devtmpfs") == 0 ? 0 : ATTR_GUARDED;
	int mnt = -1;

	if (fs < 0)
		return -1;
	/* what /proc/mounts shows, as after mount(2) */
	syscall(SYS_fsconfig, fs, SET_STRING, "source", type, 0);
	if (syscall(SYS_fsconfig, fs, CMD_CREATE, NULL, NULL, 0) == 0)
		mnt = (int)syscall(SYS_fsmount, fs, MOUNT_CLOEXEC,
			attr);
	close(fs);
	return mnt;
}

int
sys_uncovered(const char *path)
{
	return (int)syscall(SYS_open_tree, AT_FDCWD, path,
		TREE_CLONE | O_CLOEXEC);
}

int
sys_is_mount_root(const char *path)
{
	struct statx st;

	if (syscall(SYS_statx, AT_FDCWD, path, 0, 0, &st) < 0 ||
	    !(st.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT))
		return -1;
	return (st.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

int
sys_attach_mount(int mnt, const char *dir)
{
	return (int)syscall(SYS_move_mount, mnt, "", AT_FDCWD, dir,
		MOVE_EMPTY_PATH);
}

int
sys_open_below(int root, const char *path)
{
	const struct open_how how = { .flags = O_PATH | O_CLOEXEC,
		.resolve = RESOLVE_IN_ROOT };

	return (int)syscall(SYS_openat2, root, path, &how, sizeof how);
}

int
sys_discard(int fd)
{
	uint64_t range[2] = { 0, 0 };

	if (ioctl(fd, (int)BLKGETSIZE64, &range[1]) < 0)
		return -1;
	return ioctl(fd, BLKDISCARD, range);
}

int
sys_read_only(int fd)
{
	int on;

	return ioctl(fd, BLKROGET, &on) < 0 ? -1 : on != 0;
}

int
sys_set_read_only(int fd, int on)
{
	return ioctl(fd, BLKROSET, &on);
}

int
sys_unshare(int flags)
{
	return unshare(flags);
}

int
sys_loop_free(int control)
{
	return ioctl(control, LOOP_CTL_GET_FREE);
}

int
sys_loop_configure(int loop, const struct loop_config *config)
{
	return ioctl(loop, LOOP_CONFIGURE, config);
}

int
sys_loop_set_fd(int loop, int file)
{
	return ioctl(loop, LOOP_SET_FD, file);
}

int
sys_loop_set_status(int loop, const struct loop_info64 *info)
{
	return ioctl(loop, LOOP_SET_STATUS64, info);
}

int
sys_loop_clear(int loop)
{
	return ioctl(loop, LOOP_CLR_FD);
}

int
sys_watchdog(int fd, int *seconds)
{
	int set = *seconds <= 0 ? 0 :
		ioctl(fd, (int)WDIOC_SETTIMEOUT, seconds);

	return ioctl(fd, (int)WDIOC_GETTIMEOUT, seconds) < 0 ? -1 : set;
}

static int
btrfs_ioctl(int control, int request, const char *path)
{
	static struct btrfs_ioctl_vol_args args;	/* 4 KiB */

	if (text_copy(args.name, sizeof args.name, path) < 0) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return ioctl(control, request, &args);
}

int
sys_btrfs_scan(int control, const char *path)
{
	return btrfs_ioctl(control, (int)BTRFS_IOC_SCAN_DEV, path);
}

int
sys_btrfs_ready(int control, const char *path)
{
	int missing = btrfs_ioctl(control, (int)BTRFS_IOC_DEVICES_READY, path);

	return missing < 0 ? -1 : missing == 0;
}

int
sys_finit_module(int fd, const char *params, int flags)
{
	return (int)syscall(SYS_finit_module, fd, params, flags);
}

int
sys_init_module(const void *image, size_t size, const char *params)
{
	return (int)syscall(SYS_init_module, image, size, params);
}

int
sys_delete_module(const char *name, int flags)
{
	return (int)syscall(SYS_delete_module, name, flags);
}

int
sys_execve(const char *path, char *const argv[], char *const envp[])
{
	return execve(path, argv, envp);
}

int
sys_execvp(const char *file, char *const argv[])
{
	return execvp(file, argv);
}

int
sys_exec_fd(int fd, char *const argv[], char *const envp[])
{
	return (int)syscall(SYS_execveat, fd, "", argv, envp, AT_EMPTY_PATH);
}

int
sys_reboot(unsigned howto)
{
	sync();
	return (int)syscall(SYS_reboot, LINUX_REBOOT_MAGIC1,
		LINUX_REBOOT_MAGIC2, howto, NULL);
}

int
sys_sethostname(const char *name)
{
	return sethostname(name, strlen(name));
}

int
sys_setdomainname(const char *name)
{
	return setdomainname(name, strlen(name));
}

int64_t
sys_now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t
sys_now_ms(void)
{
	return sys_now_us() / 1000;
}

int
sys_wait_readable(int fd, int other, int64_t timeout_ms)
{
	struct pollfd p[2] = {
		{ .fd = fd, .events = POLLIN },
		{ .fd = other, .events = POLLIN },
	};
	int timeout = timeout_ms < 0 ? -1 :
		timeout_ms > INT_MAX ? INT_MAX : (int)timeout_ms;
	int n = poll(p, 2, timeout);

	if (n < 0)
		return errno == EINTR ? 0 : -1;
	return n == 0 ? 0 : p[0].revents ? 1 : 2;
}

int
sys_poll(struct pollfd *fds, unsigned count, int64_t timeout_ms)
{
	int timeout = timeout_ms < 0 ? -1 :
		timeout_ms > INT_MAX ? INT_MAX : (int)timeout_ms;
	int n = poll(fds, count, timeout);

	return n < 0 && errno == EINTR ? 0 : n;
}

int
sys_quiet_console(bool quiet)
{
	return klogctl(quiet ? 6 : 7, NULL, 0) < 0 ? -1 : 0;
}
