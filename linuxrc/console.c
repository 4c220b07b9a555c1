/* SPDX-License-Identifier: MIT */
/*
 * console.c - see console.h.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "console.h"

#ifndef TIOCGDEV	/* asm-generic/ioctls.h; not in every C library */
#define TIOCGDEV _IOR('T', 0x32, unsigned int)
#endif

void
console_hold(void)
{
	int fd;

	/* O_PATH: a read or write on it is EBADF, never an accident. Init is
	 * to find it closed again, as the kernel would have left it. */
	for (fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/", O_PATH | O_CLOEXEC) != fd)
			return;
}

static int
put_on_stdio(int fd)
{
	int i;

	if (fd < 0)
		return -1;
	for (i = 0; i < 3; i++)
		if (dup2(fd, i) < 0)
			return -1;
	if (fd > 2)
		close(fd);
	return 0;
}

bool
console_open(int dev)
{
	if (isatty(0))
		return true;
	if (dev < 0)
		return false;
	if (put_on_stdio(openat(dev, "console", O_RDWR | O_NOCTTY)) < 0)
		return false;
	return isatty(0);
}

int
console_reopen(void)
{
	return put_on_stdio(open("dev/console", O_RDWR | O_NOCTTY));
}

void
console_take_terminal(int sys, int dev)
{
	char path[64], link[256];
	const char *name;
	unsigned tty = 0;
	ssize_t n;

	setsid();
	if (ioctl(0, TIOCGDEV, &tty) < 0)
		return;
	snprintf(path, sizeof path, "dev/char/%u:%u", major(tty), minor(tty));
	n = readlinkat(sys, path, link, sizeof link - 1);
	if (n < 0)
		return;
	link[n] = '\0';
	name = strrchr(link, '/');
	if (name)
		put_on_stdio(openat(dev, name + 1, O_RDWR));
	/* already ours when open() made it so; else take it */
	ioctl(0, TIOCSCTTY, 0);
}
