/* SPDX-License-Identifier: MIT */
/*
 * sys - the only caller of the system calls that change the machine, and of
 * the clock. One line each: unit tests link a fake that records every call
 * and fails the n-th. All return 0 (or what is said) or -1 with errno.
 */
#ifndef LINUXRC_LIB_SYS_H
#define LINUXRC_LIB_SYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

int
sys_mount(const char *source, const char *target, const char *type,
	unsigned long flags, const char *data);
int
sys_umount(const char *target, int flags);
int
sys_pivot_root(const char *new_root, const char *put_old);
int
sys_chroot(const char *dir);
int
sys_chdir(const char *dir);
int
sys_mkdir(const char *path, mode_t mode);
int
sys_mknod(int dir, const char *path, mode_t mode, unsigned major,
	unsigned minor);
/* path becomes a link to target. */
int
sys_symlink(const char *target, const char *path);
int
sys_unlink(int dir, const char *path, int flags);

/* A procfs or sysfs that is mounted nowhere: an fd of its root, or -1 (also
 * on kernels before 5.2, ENOSYS). It vanishes with the fd. */
int
sys_detached_mount(const char *type);

/* The file system that path is on, without what is mounted over parts of it:
 * an fd of its directory, or -1 (also before 5.2). */
int
sys_uncovered(const char *path);

/* Whether path, links followed, is where a mount begins: 1, 0, or -1 when the
 * kernel does not tell (before 5.8) or path is not there. statx(2). */
int
sys_is_mount_root(const char *path);

/* Attach such a mount at dir. 0 or -1. */
int
sys_attach_mount(int mount, const char *dir);

/* An fd (O_PATH) of path as a process understands it whose root directory is
 * open at root, or -1 (also before 5.6). */
int
sys_open_below(int root, const char *path);

/* BLKDISCARD of the whole block device open at fd. */
int
sys_discard(int fd);

/* BLKROGET of the block device open at fd: 1 read-only, 0 not, or -1. */
int
sys_read_only(int fd);
/* BLKROSET: on 1 or 0. */
int
sys_set_read_only(int fd, int on);

/* unshare(2) */
int
sys_unshare(int flags);

/* Loop devices, as loop(4) and linux/loop.h have them: the number of one that
 * is free, from /dev/loop-control open at control; all of it in one call
 * (Linux 5.8 and later), or the file first and the rest after it; and the
 * end of that. */
struct loop_config;
struct loop_info64;
int
sys_loop_free(int control);
int
sys_loop_configure(int loop, const struct loop_config *config);
int
sys_loop_set_fd(int loop, int file);
int
sys_loop_set_status(int loop, const struct loop_info64 *info);
int
sys_loop_clear(int loop);

/* The watchdog open at fd: its time is *seconds, unless that is 0; what it is
 * then goes there. -1: it cannot be that, or it does not say. */
int
sys_watchdog(int fd, int *seconds);

/* Tell the driver of btrfs, whose control device is open, of the device with
 * this path; and ask it whether it knows all devices of that file system: 1
 * all, 0 not all. */
int
sys_btrfs_scan(int control, const char *path);
int
sys_btrfs_ready(int control, const char *path);

/* Load the module open at fd; flags as finit_module(2). */
int
sys_finit_module(int fd, const char *params, int flags);
/* Load a module image of size bytes. */
int
sys_init_module(const void *image, size_t size, const char *params);

/* Take the module out; flags as delete_module(2). */
int
sys_delete_module(const char *name, int flags);

int
sys_execve(const char *path, char *const argv[], char *const envp[]);
/* execvp(3): the program is looked for in PATH. */
int
sys_execvp(const char *file, char *const argv[]);
/* The program open at fd (execveat(2)). */
int
sys_exec_fd(int fd, char *const argv[], char *const envp[]);
/* Keep the kernel's log away from all consoles, or let it come out again as
 * before (syslog(2), SYSLOG_ACTION_CONSOLE_OFF and _ON). */
int
sys_quiet_console(bool quiet);
/* howto: LINUX_REBOOT_CMD_*; returns only on failure. */
int
sys_reboot(unsigned howto);

/* uname(2)'s nodename and domainname (the one of NIS). */
int
sys_sethostname(const char *name);
int
sys_setdomainname(const char *name);

/* CLOCK_MONOTONIC in milliseconds. */
int64_t
sys_now_ms(void);
/* The same in microseconds. */
int64_t
sys_now_us(void);
/*
 * poll(2) for reading on fd and on other (-1: none), at most timeout_ms
 * (-1: no limit). 1 fd is readable, 2 only other is, 0 timed out or
 * interrupted, -1 error.
 */
int
sys_wait_readable(int fd, int other, int64_t timeout_ms);
/* poll(2) as it is, but timeout_ms -1: no limit, and interrupted is 0. */
struct pollfd;
int
sys_poll(struct pollfd *fds, unsigned count, int64_t timeout_ms);

#endif
