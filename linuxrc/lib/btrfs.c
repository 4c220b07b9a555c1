/* SPDX-License-Identifier: MIT */
/*
 * btrfs.c - see btrfs.h.
 */
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/btrfs.h"
#include "lib/sys.h"
#include "lib/text.h"

enum {
	SUPERBLOCK = 65536,		/* BTRFS_SUPER_INFO_OFFSET */
	MAGIC_AT = 64, DEVICES_AT = 136,
	MISC_MAJOR = 10, CONTROL_MINOR = 234,	/* BTRFS_MINOR */
	NODE_SIZE = BLOCKDEV_NAME_SIZE + 96
};

unsigned
btrfs_devices(int fd)
{
	unsigned char super[DEVICES_AT + 8];
	uint64_t n;

	if (pread(fd, super, sizeof super, SUPERBLOCK) != sizeof super ||
	    memcmp(super + MAGIC_AT, "_BHRfS_M", 8) != 0)
		return 0;
	memcpy(&n, super + DEVICES_AT, sizeof n);
	n = le64toh(n);
	return n > UINT32_MAX ? UINT32_MAX : (unsigned)n;
}

static bool
is_btrfs(const struct seen_device *p)
{
	return strcmp(p->type, "btrfs") == 0;
}

unsigned
btrfs_seen(const struct seen *s, const struct seen_device *p, char *text,
	size_t size)
{
	const struct seen_device *q = NULL;
	char item[BLOCKDEV_NAME_SIZE + 2];
	unsigned n = 0;

	text[0] = '\0';
	while ((q = seen_next(s, q))) {
		if (!is_btrfs(q) || strcmp(p->uuid, q->uuid) != 0)
			continue;
		snprintf(item, sizeof item, "%s%s", n++ ? ", " : "", q->name);
		text_append(text, size, item);
	}
	return n;
}

static void
node_of(const struct seen *s, const struct seen_device *p, const char *dir,
	char path[static NODE_SIZE])
{
	char node[BLOCKDEV_NAME_SIZE];

	blockdev_node(s->at.dev, p->name, node);
	snprintf(path, NODE_SIZE, "%.90s/%s", dir, node);
}

/* The node is devtmpfs' to make; without that, ours. */
static int
open_control(int dev)
{
	static const char name[] = "btrfs-control";
	int fd = openat(dev, name, O_RDWR | O_CLOEXEC);

	if (fd >= 0 || errno != ENOENT || sys_mknod(dev, name,
	    S_IFCHR | 0600, MISC_MAJOR, CONTROL_MINOR) < 0)
		return fd;
	return openat(dev, name, O_RDWR | O_CLOEXEC);
}

int
btrfs_register(const struct seen *s, const struct seen_device *p,
	const char *dir, struct err *e)
{
	int control = open_control(s->at.dev), ready;
	const struct seen_device *q = NULL;
	char path[NODE_SIZE];

	if (control < 0)
		return fail(e, errno, "%s/btrfs-control", dir);
	while ((q = seen_next(s, q))) {
		if (!is_btrfs(q))
			continue;
		node_of(s, q, dir, path);
		/* one that has gone meanwhile will be missed below */
		sys_btrfs_scan(control, path);
	}
	node_of(s, p, dir, path);
	ready = sys_btrfs_ready(control, path);
	if (ready < 0)
		fail(e, errno, "ask btrfs for the devices of %s", path);
	close(control);
	return ready;
}
