/* SPDX-License-Identifier: MIT */
/*
 * leave.c - see leave.h. The lines of the log are the kernel's own.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "compat/brd.h"
#include "compat/guest.h"
#include "compat/leave.h"
#include "lib/log.h"
#include "lib/sys.h"

enum { PATH_SIZE = BASE_SIZE + NAME_SIZE + 2 };

/* True when it is in the real root now. */
static bool
move(const struct boot *b)
{
	char to[PATH_SIZE];
	const char *dir = b->options.putold;

	if (b->options.initrd_free)
		return false;
	snprintf(to, sizeof to, "%s/%s", b->root.dir, dir);
	if (sys_mount(GUEST_DIR, to, NULL, MS_MOVE, NULL) == 0) {
		say(LOG_STEP, "Trying to move old root to /%s ... okay", dir);
		return true;
	}
	if (errno == ENOENT)
		say(LOG_STEP, "Trying to move old root to /%s ... /%s does "
			"not exist. Ignored.", dir, dir);
	else
		say(LOG_WITHOUT, "Trying to move old root to /%s ... failed: "
			"%s", dir, strerror(errno));
	return false;
}

void
leave_initrd(const struct boot *b)
{
	int dev;

	if (!b->compat.unpacked || b->compat.is_root)
		return;
	dev = open("/dev", O_PATH | O_DIRECTORY | O_CLOEXEC);
	log_open(dev);
	if (!move(b)) {
		say(LOG_STEP, "Unmounting old root");
		sys_umount(GUEST_DIR, MNT_DETACH);
		if (b->compat.brd)
			brd_free(dev);
	}
	log_open(-1);
	if (dev >= 0)
		close(dev);
}
