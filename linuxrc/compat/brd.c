/* SPDX-License-Identifier: MIT */
/*
 * brd.c - see brd.h.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "compat/brd.h"
#include "lib/blockdev.h"
#include "lib/sys.h"

/* The blanks between the words of a script may be any. */
static bool
is_node(const char *p, const char *end)
{
	static const char words[] = "b10";
	unsigned i;

	for (i = 0; words[i]; i++) {
		if (p == end || *p++ != words[i])
			return false;
		if (p < end && *p != ' ' && *p != '\t')
			return words[i + 1] == '\0' && !isdigit(
				(unsigned char)*p);
		while (p < end && (*p == ' ' || *p == '\t'))
			p++;
	}
	return true;
}

static bool
is_path(const char *p, const char *end)
{
	static const char name[] = "/dev/ram";
	size_t len = sizeof name - 1;

	if ((size_t)(end - p) < len || memcmp(p, name, len) != 0)
		return false;
	p += len;
	if (p < end && *p == '0')
		p++;
	return p == end || !isalnum((unsigned char)*p);
}

bool
brd_is_named(const char *text, size_t len)
{
	const char *end = text + len;

	for (const char *p = text; p < end; p++)
		if (is_path(p, end) || ((p == text || p[-1] == ' ' ||
		    p[-1] == '\t') && is_node(p, end)))
			return true;
	return false;
}

static int
fill(int disk, const struct unpacked *u, struct err *e)
{
	off_t end = lseek(disk, 0, SEEK_END), from = 0;

	if (end < 0 || (uint64_t)end < u->size)
		return fail(e, EFBIG, "/dev/ram0 has %llu KiB, the initrd "
			"image %llu", (unsigned long long)end / 1024,
			(unsigned long long)u->size / 1024);
	lseek(disk, 0, SEEK_SET);
	while (from < (off_t)u->size)
		if (sendfile(disk, u->fd, &from, (size_t)(u->size -
		    (uint64_t)from)) <= 0)
			return fail(e, errno, "fill /dev/ram0");
	return 0;
}

int
brd_fill(const struct unpacked *u, const struct places *at,
	struct root_device *d, struct err *e)
{
	const struct blockdevs devices = { at->proc, at->sys, at->dev, false };
	int disk, result;

	if (!blockdev_find(&devices, "ram0", &d->major, &d->minor) ||
	    (disk = openat(at->dev, "ram0", O_RDWR | O_CLOEXEC)) < 0)
		return fail(e, ENODEV, "/dev/ram0");
	strcpy(d->name, "ram0");
	d->fstype[0] = '\0';
	result = fill(disk, u, e);
	close(disk);
	return result;
}

void
brd_free(int dev)
{
	/* O_EXCL: as long as a file system has it, EBUSY */
	int disk = openat(dev, "ram0", O_RDWR | O_EXCL | O_CLOEXEC);

	if (disk < 0)
		return;
	sys_discard(disk);
	close(disk);
}
