/* SPDX-License-Identifier: MIT */
/*
 * loop.c - see loop.h. Follows loop(4) and drivers/block/loop.c. Kernels
 * before 3.1, without /dev/loop-control, are not served.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/loop.h>

#include "lib/loop.h"
#include "lib/sys.h"
#include "lib/text.h"

enum {
	CONTROL_MAJOR = 10, CONTROL_MINOR = 237,	/* devices.txt */
	TRIES = 8,		/* somebody else may take the free one first,
				   and the cache of a new one be busy */
	PAUSE_MS = 10
};

/* Whether there is a driver only the open tells: a node may be made first. */
static int
open_control(int dev)
{
	int fd = openat(dev, "loop-control", O_RDWR | O_CLOEXEC);

	if (fd >= 0 || errno != ENOENT || sys_mknod(dev, "loop-control",
	    S_IFCHR | 0600, CONTROL_MAJOR, CONTROL_MINOR) < 0)
		return fd;
	return openat(dev, "loop-control", O_RDWR | O_CLOEXEC);
}

static int
open_device(const struct blockdevs *b, const char *name, bool read_only)
{
	unsigned major, minor;

	if (!blockdev_find(b, name, &major, &minor)) {
		errno = ENOENT;
		return -1;
	}
	return openat(b->dev, name, O_CLOEXEC |
		(read_only ? O_RDONLY : O_RDWR));
}

/* Before Linux 5.8: two calls. Read-only is then what is open read-only. */
static int
set_up(int loop, int file, const struct loop_info64 *info)
{
	int result, error, tries = TRIES;

	if (sys_loop_set_fd(loop, file) < 0)
		return -1;
	while ((result = sys_loop_set_status(loop, info)) < 0 &&
	    errno == EAGAIN && --tries > 0)
		sys_wait_readable(-1, -1, PAUSE_MS);
	if (result == 0)
		return 0;
	error = errno;
	sys_loop_clear(loop);
	errno = error;
	return -1;
}

static int
configure(int loop, const struct loop_source *source)
{
	struct loop_config c = { .fd = (uint32_t)source->file, .info = {
		.lo_offset = source->offset, .lo_sizelimit = source->size,
		.lo_flags = LO_FLAGS_AUTOCLEAR,
	} };

	text_add((char *)c.info.lo_file_name, sizeof c.info.lo_file_name,
		"%s", source->name);
	if (source->read_only)
		c.info.lo_flags |= LO_FLAGS_READ_ONLY;
	if (sys_loop_configure(loop, &c) == 0)
		return 0;
	if (errno != ENOTTY && errno != EINVAL)
		return -1;
	return set_up(loop, source->file, &c.info);
}

/* -1 with errno, EBUSY when another one is to be tried. */
static int
attach(const struct blockdevs *b, const char *name,
	const struct loop_source *source)
{
	int fd = open_device(b, name, source->read_only), error;

	if (fd < 0 || configure(fd, source) == 0)
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

int
loop_attach_to(const struct blockdevs *b, const struct loop_source *source,
	const char *name, struct err *e)
{
	int fd = attach(b, name, source);

	return fd < 0 ? fail(e, errno, "/dev/%s", name) : fd;
}

int
loop_attach(const struct blockdevs *b, const struct loop_source *source,
	char name[static BLOCKDEV_NAME_SIZE], struct err *e)
{
	int control = open_control(b->dev), fd, number, tries = TRIES;

	if (control < 0 && (errno == ENOENT || errno == ENXIO))
		errno = ENODEV;		/* as of a node without a driver */
	if (control < 0)
		return fail(e, errno, "/dev/loop-control");
	do {
		number = sys_loop_free(control);
		snprintf(name, BLOCKDEV_NAME_SIZE, "loop%d", number);
		fd = number < 0 ? -1 : attach(b, name, source);
	} while (fd < 0 && errno == EBUSY && --tries > 0);
	if (fd < 0)
		fail(e, errno, number < 0 ? "a free loop device" : "%s",
			name);
	close(control);
	return fd;
}
