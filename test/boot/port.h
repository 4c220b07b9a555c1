// SPDX-License-Identifier: MIT
/*
 * port.h: the second serial port, where the bench's programs tell their facts,
 * opened whatever is or is not in /dev, and without a trace: the node lies on
 * a detached mount (fsopen(2), fsmount(2), Linux 5.2) that no table shows.
 * Include after defining _GNU_SOURCE.
 */
#ifndef PORT_H
#define PORT_H

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* A mount that is in no mount table: its root directory, or -1. */
static int
detached(const char *fstype)
{
	const int cloexec = 1, cmd_create = 6;	/* linux/mount.h */
	int context = (int)syscall(SYS_fsopen, fstype, cloexec);
	int dir;

	syscall(SYS_fsconfig, context, cmd_create, NULL, NULL, 0);
	dir = (int)syscall(SYS_fsmount, context, cloexec, 0);
	close(context);
	return dir;
}

/* ttyS1 is 4:65 (Documentation/admin-guide/devices.txt). */
static int
open_port(void)
{
	int dir = detached("tmpfs"), port;

	mknodat(dir, "port", S_IFCHR | 0600, makedev(4, 65));
	port = openat(dir, "port", O_WRONLY | O_NOCTTY | O_CLOEXEC);
	close(dir);
	return port;
}

#endif
