/* SPDX-License-Identifier: MIT */
/*
 * inside.c - see inside.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "lib/inside.h"
#include "lib/sys.h"

int
inside_enter(const char *dir, struct err *e)
{
	int outside = openat(AT_FDCWD, "/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (outside < 0)
		return fail(e, errno, "/");
	if (sys_chdir(dir) == 0 && sys_chroot(".") == 0)
		return outside;
	fail(e, errno, "chroot %s", dir);
	if (fchdir(outside) < 0)
		hint(e, "nor is there a way back");
	close(outside);
	return -1;
}

int
inside_leave(int outside, struct err *e)
{
	int result = 0;

	if (fchdir(outside) < 0 || sys_chroot(".") < 0)
		result = fail(e, errno, "leave a chroot");
	close(outside);
	return result;
}
