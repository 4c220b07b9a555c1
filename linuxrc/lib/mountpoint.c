/* SPDX-License-Identifier: MIT */
/*
 * mountpoint.c - see mountpoint.h.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/mountpoint.h"
#include "lib/sys.h"

static bool
has_another_device_above(int dir)
{
	struct stat st, above;

	return fstat(dir, &st) == 0 && fstatat(dir, "..", &above, 0) == 0 &&
		st.st_dev != above.st_dev;
}

bool
mountpoint_at(const char *dir)
{
	int known = sys_is_mount_root(dir), fd;
	bool result;

	if (known >= 0)
		return known;
	fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	result = has_another_device_above(fd);
	close(fd);
	return result;
}
