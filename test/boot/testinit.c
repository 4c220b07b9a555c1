// SPDX-License-Identifier: MIT
/*
 * testinit: the real root's init in a boot test. It tells what it was given,
 * one "FACT key=value" line for each thing, on the second serial port, and
 * powers off. It changes nothing before the last fact is told: /proc and the
 * port are its own, on detached mounts that no table shows. As /init or
 * /linuxrc it is an observer of the kernel's own contracts. facts.h has the
 * facts; here is what a test may ask for afterwards: testinit=ACTION,...
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "facts.h"
#include "netfacts.h"

static bool dirty;	/* the disk is to be left in the middle of it */

/* The administrator's own way to give the initrd's memory back. */
static void
act_umount(void)
{
	int rc = umount2("/initrd", 0);

	FACT("umount=%s errno=%d\n", rc == 0 ? "ok" : "failed",
	    rc == 0 ? 0 : errno);
	fact_memory("memory-after");
}

/* What is really free: after RCU has given back what brd discarded, without
 * caches, and with much in use, for pages that were freed a moment ago wait in
 * lists that no figure counts. */
static void
act_memory(void)
{
	size_t size = 64 << 20;
	int fd = openat(proc, "sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);
	void *held = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	FACT("held=%d dropped=%d\n", held != MAP_FAILED,
	    (int)write(fd, "3\n", 2));
	close(fd);
	usleep(500000);
	fact_memory("memory-held");
	munmap(held, size);
}

/* A note in the root: what an earlier boot has left there, and a new one. */
static void
act_write(void)
{
	int fd;

	slurp_into(text, AT_FDCWD, "/tmp/note");
	fd = open("/tmp/note", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	FACT("note=%s written=%s", text[0] ? text : "none",
	    fd >= 0 && write(fd, "kept", 4) == 4 && fsync(fd) == 0 ?
	    "yes" : "no");
	dprintf(port, " errno=%d\n", fd < 0 ? errno : 0);
	close(fd);
}

/* How often something was written to any disk: field 8 of diskstats. */
static unsigned long
disk_writes(void)
{
	unsigned long sum = 0, n;

	slurp_into(text, proc, "diskstats");
	for (char *line = text; line != NULL; line = next_line(line))
		if (sscanf(line, "%*s %*s %*s %*s %*s %*s %*s %lu", &n) == 1)
			sum += n;
	return sum;
}

/* /lab/linuxrc in a chroot, or as PID 1 of a container when flags say so. */
static void
act_chroot(const char *key, unsigned long flags)
{
	static char after[TEXT_SIZE], modules[TEXT_SIZE];
	char path[] = "/linuxrc", *argv[] = { path, NULL };
	int status = -1;
	unsigned long writes = disk_writes();
	pid_t pid;

	slurp_into(modules, proc, "modules");
	pid = (pid_t)syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);
	if (pid == 0) {
		if (chdir("/lab") == 0 && chroot(".") == 0)
			execv(path, argv);
		_exit(126);
	}
	waitpid(pid, &status, 0);
	slurp_into(after, proc, "self/mountinfo");
	FACT("%s=exit=%d signal=%d mounts=%s", key, WEXITSTATUS(status),
	    WTERMSIG(status), strcmp(after, mounts) == 0 ? "same" : "changed");
	slurp_into(after, proc, "modules");
	dprintf(port, " modules=%s writes=%lu",
	    strcmp(after, modules) == 0 ? "same" : "changed",
	    disk_writes() - writes);
	dprintf(port, " real-root-dev=%s\n",
	    slurp(proc, "sys/kernel/real-root-dev"));
	fact_processes();
}

/* What lies below init's root: before Linux 7.0 the kernel's rootfs is there
 * for ever. A mount namespace is entered by its lowest root. */
static void
act_rootfs(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		if (unshare(CLONE_NEWNS) == 0 &&
		    umount2("/", MNT_DETACH) == 0 &&
		    setns(openat(proc, "self/ns/mnt", O_RDONLY), 0) == 0)
			fact_directory("rootfs", "/");
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

/* A file that is safe in the journal or the log, and at its place not yet:
 * what a machine leaves that loses its power. */
static void
act_dirty(void)
{
	int fd = open("/tmp/dirty", O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	dirty = write(fd, "dirty\n", 6) == 6 && fsync(fd) == 0;
	FACT("dirty=%d\n", dirty);
}

static int
write_to(int dir, const char *path, const char *words)
{
	int fd = openat(dir, path, O_WRONLY | O_CLOEXEC);
	ssize_t n = write(fd, words, strlen(words));

	close(fd);
	return n < 0 ? -1 : 0;
}

/* Swap on the disk or the file that SWAP names. */
static int
swap_on(int sys, const char *swap)
{
	int dir = detached("tmpfs");
	unsigned major, minor;
	char path[64];

	if (swap[0] == '/')
		return swapon(swap, 0);
	snprintf(path, sizeof(path), "class/block/%.32s/dev", swap);
	if (sscanf(slurp(sys, path), "%u:%u", &major, &minor) != 2 ||
	    mknodat(dir, swap, S_IFBLK | 0600, makedev(major, minor)) != 0 ||
	    fchdir(dir) != 0 || swapon(swap, 0) != 0)
		return -1;
	close(dir);
	return chdir("/");
}

/* All is told before the machine goes off; what is told then is told by this
 * process gone on with, in another machine: the word that it was given. */
static void
act_hibernate(void)
{
	int sys = detached("sysfs");
	int ready = swap_on(sys, getenv("SWAP"));

	FACT("hibernate=%s errno=%d\n", ready == 0 ? "ready" : "failed",
	    ready == 0 ? 0 : errno);
	FACT("end=1\n");
	tcdrain(port);
	write_to(sys, "power/disk", "shutdown");
	if (ready != 0 || write_to(sys, "power/state", "disk") != 0)
		FACT("resumed=failed errno=%d\n", errno);
	else
		FACT("resumed=%s\n", getenv("WORD"));
}

static void
act(const char *actions)
{
	if (actions == NULL)
		return;
	if (strstr(actions, "dirty") != NULL)
		act_dirty();
	if (strstr(actions, "memory") != NULL)
		act_memory();
	if (strstr(actions, "umount") != NULL)
		act_umount();
	if (strstr(actions, "write") != NULL)
		act_write();
	if (strstr(actions, "chroot") != NULL)
		act_chroot("chroot", 0);
	if (strstr(actions, "rootfs") != NULL)
		act_rootfs();
	if (strstr(actions, "container") != NULL)
		act_chroot("container", CLONE_NEWPID | CLONE_NEWNS);
	if (strstr(actions, "hibernate") != NULL)
		act_hibernate();
}

int
main(int argc, char **argv, char **env)
{
	(void)argc;
	for (int fd = 0; fd < MAX_FD; fd++)
		open_fds[fd] = (char)(fcntl(fd, F_GETFD) >= 0);
	proc = detached("proc");
	port = open_port();
	slurp_into(mounts, proc, "self/mountinfo");
	fact_memory("memory");
	fact_init(argv);
	fact_env(env);
	fact_terminal();
	fact_signals();
	fact_fds();
	fact_mounts();
	fact_processes();
	fact_modules();
	fact_directory("initrd", "/initrd");
	fact_directory("dev", "/dev");
	fact_kernel();
	fact_network();
	act(getenv("testinit"));
	FACT("end=1\n");
	tcdrain(port);
	if (!dirty)
		sync();
	return reboot(RB_AUTOBOOT);
}
