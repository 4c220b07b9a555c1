/* SPDX-License-Identifier: MIT */
/*
 * devlink.c - see devlink.h.
 */
#include "lib/devlink.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/diskid.h"
#include "lib/diskpath.h"
#include "lib/file.h"
#include "lib/sys.h"
#include "lib/text.h"

enum { PARTS_MAX = 1 << 20 };	/* minor numbers that there are */

struct wanted {
	char disk[256];		/* the name without -partN */
	unsigned part;		/* 0: the disk itself */
};

/* Cut -partN off. */
static int
split(const char *value, struct wanted *want)
{
	char *at, *last = NULL;
	long n;

	want->part = 0;
	if (text_copy(want->disk, sizeof want->disk, value) < 0)
		return -1;
	for (at = want->disk; (at = strstr(at, "-part")); at++)
		last = at;
	if (last && text_number(last + 5, 10, 1, PARTS_MAX, &n) == 0) {
		*last = '\0';
		want->part = (unsigned)n;
	}
	return 0;
}

static bool
path_fits(const struct blockdevs *b, const char *disk, const char *path)
{
	const char *rest = text_after(path, "virtio-pci-");
	char found[DISKPATH_SIZE];

	/* a link of older rules: virtio-pci-... beside pci-... */
	if (rest && text_after(disk, "vd"))
		path += strlen("virtio-");
	return (diskpath_of(b->sys, disk, false, found) &&
		strcmp(found, path) == 0) ||
		(diskpath_of(b->sys, disk, true, found) &&
		strcmp(found, path) == 0);
}

static bool
path_is_known(const char *path)
{
	return text_after(path, "pci-") || text_after(path, "platform-") ||
		text_after(path, "virtio-pci-");
}

static int
refuse(const char *value, bool id, struct err *e)
{
	fail(e, 0, "/dev/disk/by-%s/%.200s: not a name that can be found "
		"without udev", id ? "id" : "path", value);
	return hint(e, id ? "those that can begin with " DISKID_KINDS :
		"those that can begin with pci- or platform-");
}

static int
search(const struct blockdevs *b, const struct wanted *want, bool id,
	char name[static BLOCKDEV_NAME_SIZE], struct err *e)
{
	static struct blockdev_walk w;
	char disk[BLOCKDEV_NAME_SIZE], first[BLOCKDEV_NAME_SIZE] = "";
	int found = 0;

	if (blockdev_walk_open(&w, b, e) < 0)
		return -1;
	while (found >= 0 && blockdev_walk_next(&w, disk)) {
		if (blockdev_is_partition(b, disk) ||
		    !(id ? diskid_fits(b, disk, want->disk) :
		    path_fits(b, disk, want->disk)))
			continue;
		if (found++ == 0) {
			text_copy(first, sizeof first, disk);
			continue;
		}
		fail(e, 0, "/dev/disk/by-%s/%.200s is %s and %s",
			id ? "id" : "path", want->disk, first, disk);
		hint(e, "name one of them: root=/dev/%s", first);
		found = -1;
	}
	blockdev_walk_close(&w);
	if (found > 0 && blockdev_partition(first, want->part, name) < 0)
		found = 0;
	return found;
}

int
devlink_disk(const struct blockdevs *b, const char *value, bool id,
	char name[static BLOCKDEV_NAME_SIZE], struct err *e)
{
	struct wanted want;

	if (!(id ? diskid_is_known(value) : path_is_known(value)) ||
	    split(value, &want) < 0)
		return refuse(value, id, e);
	return b->sys < 0 ? 0 : search(b, &want, id, name, e);
}

/* dm-N whose table has this name. */
static bool
mapped(const struct blockdevs *b, const char *value,
	char name[static BLOCKDEV_NAME_SIZE])
{
	static struct blockdev_walk w;
	char path[64], found[256];
	struct err ignored;
	bool is = false;

	if (b->sys < 0 || blockdev_walk_open(&w, b, &ignored) < 0)
		return false;
	while (!is && blockdev_walk_next(&w, name)) {
		snprintf(path, sizeof path, "class/block/%.31s/dm/name", name);
		is = text_after(name, "dm-") && file_line(b->sys, path, found,
			sizeof found) > 0 && strcmp(found, value) == 0;
	}
	blockdev_walk_close(&w);
	return is;
}

/*
 * What a link in /dev says, when that is in /dev again. The initrd's own /dev
 * lies below the file system that was mounted there, so it is looked into
 * with its cover off; and what the link leads to may have no node yet.
 */
static bool
linked(const struct blockdevs *b, const char *value,
	char name[static BLOCKDEV_NAME_SIZE])
{
	char target[128], path[BLOCKDEV_NAME_SIZE + 8];
	const char *to = target, *rest;
	ssize_t n = readlinkat(b->dev, value, target, sizeof target - 1);
	int below = n < 0 && !b->look_only ? sys_uncovered("/") : -1;

	if (below >= 0) {
		snprintf(path, sizeof path, "dev/%.31s", value);
		n = readlinkat(below, path, target, sizeof target - 1);
		close(below);
	}
	if (n <= 0)
		return false;
	target[n] = '\0';
	if ((rest = text_after(target, "/dev/")))
		to = rest;
	while ((rest = text_after(to, "../")))
		to = rest;
	return to[0] != '/' && blockdev_kernel_name(name, to) == 0;
}

int
devlink_node(const struct blockdevs *b, const char *value,
	char name[static BLOCKDEV_NAME_SIZE], struct err *e)
{
	const char *mapper = text_after(value, "mapper/");

	if ((mapper && mapped(b, mapper, name)) || linked(b, value, name))
		return 1;
	return mapper || strlen(value) < BLOCKDEV_NAME_SIZE ? 0 :
		fail(e, ENAMETOOLONG, "/dev/%.300s", value);
}
