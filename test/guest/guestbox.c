/* SPDX-License-Identifier: MIT */
/*
 * guestbox TREE PRESET: runs TREE/initrd-guest/linuxrc by compat/guest.c, in
 * the mount and pid namespaces that it was started in, with TREE as "/" and no
 * real-root-dev in the kernel. Tells what it left, and every mount below its
 * root; then makes /left there, and if there is a /wait, waits for /over.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "compat/guest.h"
#include "lib/file.h"
#include "lib/log.h"
#include "lib/mountinfo.h"

static void
must(int result, const char *what)
{
	if (result >= 0)
		return;
	perror(what);
	exit(2);
}

/* The tmpfs stands for the directory of a kernel that lost the file. */
static void
enter(const char *tree)
{
	must(chdir(tree), tree);
	must(mount("proc", "proc", "proc", 0, NULL), "mount proc");
	must(mount("kernel", "proc/sys/kernel", "tmpfs", 0, NULL), "tmpfs");
	must(close(creat("proc/sys/kernel/ostype", 0444)), "ostype");
	must(mount("initrd-guest", "initrd-guest", NULL, MS_BIND, NULL),
		"bind");
	must(chroot("."), "chroot");
	must(chdir("/"), "chdir");
}

static void
tell_mounts(int proc)
{
	static char text[MOUNTINFO_SIZE];
	struct mountinfo m;
	char *next = text;
	struct err e;

	must((int)file_read(proc, "self/mountinfo", text, sizeof text, &e),
		"mountinfo");
	while (mountinfo_next(&next, &m))
		if (strncmp(m.dir, "/initrd-", 8) == 0)
			printf("mount=%s %s\n", m.dir, m.type);
	if (access("/initrd-sysctl", F_OK) == 0)
		printf("mount=/initrd-sysctl left\n");
}

int
main(int argc, char **argv)
{
	static char home[] = "HOME=/", term[] = "TERM=linux";
	char *envp[] = { home, term, NULL };
	struct guest g = { .dir = GUEST_DIR, .envp = envp };
	struct places at = { -1, -1, -1, -1 };
	struct guest_result r;
	struct err e;

	if (argc != 3)
		return 2;
	enter(argv[1]);
	log_to_stderr();
	g.preset = (uint32_t)strtoul(argv[2], NULL, 0);
	at.proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	at.dev = open("/dev", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (guest_run(&g, &at, &r, &e) < 0) {
		printf("error=%s\n", e.text);
		return 1;
	}
	printf("code=%d status=%d number=%u pivoted=%d name=%s addrs=%s\n",
		r.code, r.status, r.number, r.pivoted, r.nfs_name,
		r.nfs_addrs);
	tell_mounts(at.proc);
	fflush(stdout);
	close(creat(GUEST_DIR "/left", 0444));
	for (int i = 0; access(GUEST_DIR "/wait", F_OK) == 0 &&
	    access(GUEST_DIR "/over", F_OK) != 0 && i < 100; i++)
		usleep(100000);
	return 0;
}
