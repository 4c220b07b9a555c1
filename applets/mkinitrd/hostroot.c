/* SPDX-License-Identifier: MIT */
/*
 * hostroot.c - the root of this machine, see host.h. A device is found as
 * linuxrc finds it. An ordinary user may not read disks: what udev and the
 * mount table know of them serves as well.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "host.h"
#include "lib/fstypes.h"
#include "lib/holder.h"
#include "lib/mountinfo.h"
#include "lib/rootspec.h"
#include "lib/text.h"
#include "memory.h"
#include "place.h"

enum { DEPTH_MAX = 8 };		/* dm on md on partitions on disks */

/* ---------------------------------------------------------- file system */

/* Its module, or one of those that take it as well. */
static int
want_filesystem(struct modules *m, const char *type, const char *root,
	struct err *e)
{
	struct fstypes types = { .count = 0 };
	bool any = false;

	if (fstypes_add_seen(&types, type, -1, e) < 0)
		return -1;
	for (unsigned i = 0; i < types.count; i++) {
		any |= modules_want_if_there(m, memory_text("fs-%s",
			types.name[i]));
		any |= modules_want_if_there(m, types.name[i]);
	}
	if (any)
		return 0;
	fail(e, 0, "the kernel %s has no file system %s, which %s has",
		m->from.version, type, root ? root : "/");
	return root ? -1 : hint(e, "name the real root with --root");
}

/* The whole mount table; NULL: there is none. */
static char *
mount_table(const struct places *at)
{
	char *text = memory_get(MOUNTINFO_SIZE, 1);
	struct err ignored;

	return file_read(at->proc, "self/mountinfo", text, MOUNTINFO_SIZE,
		&ignored) < 0 ? NULL : text;
}

/* What udev has noted about the device. False: nothing. */
static bool
type_from_udev(const struct places *at, struct root_device *d)
{
	static char text[16384];
	char path[64], *type;
	struct err ignored;

	snprintf(path, sizeof path, "run/udev/data/b%u:%u", d->major,
		d->minor);
	if (file_read(at->root, path, text, sizeof text, &ignored) < 0)
		return false;
	type = strstr(text, "E:ID_FS_TYPE=");
	if (!type)
		return false;
	type += strlen("E:ID_FS_TYPE=");
	type[strcspn(type, "\n")] = '\0';
	return text_copy(d->fstype, sizeof d->fstype, type) == 0;
}

static bool
type_from_mounts(const struct places *at, struct root_device *d)
{
	char *text = mount_table(at);
	struct mountinfo mount;

	while (text && mountinfo_next(&text, &mount))
		if (mount.major == d->major && mount.minor == d->minor)
			return text_copy(d->fstype, sizeof d->fstype,
				mount.type) == 0;
	return false;
}

static bool
type_from_disk(const struct places *at, struct root_device *d)
{
	const struct blockdevs b = { at->proc, at->sys, at->dev, true };
	struct blk_info info;
	struct err ignored;
	int fd = blockdev_open(&b, d->name);
	bool found = fd >= 0 && blk_probe(fd, &info, &ignored) == 0 &&
		info.usage == BLK_FILESYSTEM &&
		text_copy(d->fstype, sizeof d->fstype, info.type) == 0;

	if (fd >= 0)
		close(fd);
	return found;
}

/* --------------------------------------------------------------- drivers */

/* The drivers of the device at path below /sys, and of all above it. */
static void
want_drivers(struct modules *m, int sys, char *path)
{
	static char modalias[2048];	/* UEVENT_BUFFER_SIZE */
	char *slash;

	while ((slash = strrchr(path, '/'))) {
		char *place = memory_get(PATH_SIZE, 1);
		struct err ignored;
		const char *name;

		/* /sys/module/NAME */
		if (place_resolve(sys, memory_text("%s/driver/module", path),
		    true, place, &ignored) == 0 &&
		    faccessat(sys, place, F_OK, 0) == 0) {
			name = strrchr(place, '/');
			modules_want_if_there(m, name ? name + 1 : place);
		}
		if (file_line(sys, memory_text("%s/modalias", path), modalias,
		    sizeof modalias) > 0)
			modules_want_if_there(m, modalias);
		*slash = '\0';
	}
}

/* The device with this number (a name below /sys/dev/block), and all that it
 * is made of. */
static void
want_device(struct modules *m, int sys, const char *name, unsigned depth)
{
	char *path = memory_get(PATH_SIZE, 1);
	struct err ignored;
	const char *slave;
	struct dir d;

	if (depth > DEPTH_MAX ||
	    place_resolve(sys, name, true, path, &ignored) < 0)
		return;
	if (dir_open(&d, sys, memory_text("%s/slaves", path)) == 0) {
		while ((slave = dir_next(&d)))
			want_device(m, sys, memory_text("class/block/%s",
				slave), depth + 1);
		dir_close(&d);
	}
	want_drivers(m, sys, path);
}

/* ------------------------------------------------------------------ root */

/* What is mounted at "/". */
static int
find_mounted(const struct places *at, struct root_device *d, struct err *e)
{
	char *text = mount_table(at);
	struct mountinfo mount;
	struct stat st;
	bool found = false;

	while (text && mountinfo_next(&text, &mount)) {
		if (strcmp(mount.dir, "/") != 0)
			continue;
		found = true;
		d->major = mount.major;
		d->minor = mount.minor;
		text_copy(d->fstype, sizeof d->fstype, mount.type);
		/* btrfs has a number of its own */
		if (d->major == 0 && stat(mount.source, &st) == 0 &&
		    S_ISBLK(st.st_mode)) {
			d->major = major(st.st_rdev);
			d->minor = minor(st.st_rdev);
		}
	}
	return found ? 0 : fail(e, 0, "--host: /proc/self/mountinfo does not "
		"say what is mounted on /");
}

/* udev's link for a tag. False: there is none. */
static bool
find_link(const struct places *at, const struct root_spec *spec,
	struct root_device *d)
{
	static const char *const dir[] = {
		[ROOT_UUID] = "uuid", [ROOT_LABEL] = "label",
		[ROOT_PARTUUID] = "partuuid", [ROOT_PARTLABEL] = "partlabel",
	};
	struct stat st;

	if (spec->kind < ROOT_UUID || spec->kind > ROOT_PARTLABEL ||
	    spec->partnroff || fstatat(at->dev, memory_text("disk/by-%s/%s",
	    dir[spec->kind], spec->value), &st, 0) < 0)
		return false;
	d->major = major(st.st_rdev);
	d->minor = minor(st.st_rdev);
	return S_ISBLK(st.st_mode);
}

static int
find_device(const struct places *at, const char *root,
	const struct root_spec *spec, struct root_device *d, struct err *e)
{
	const struct blockdevs b = { at->proc, at->sys, at->dev, true };
	static struct device_search search;
	char seen[400];
	int result = -1;

	device_search_begin(&search, at);
	search.seen.at.look_only = true;
	device_search_add(&search, spec);
	if (device_scan(&search, e) == 0)
		result = device_judge(&search, 0, d, e);
	if (result == 1)
		return 0;
	if (result < 0)
		return -1;
	if (find_link(at, spec, d)) {
		blockdev_find_number(&b, d->major, d->minor, d->name);
		return 0;
	}
	device_describe(&search, 0, seen, sizeof seen);
	fail(e, 0, "--root %s: not on this machine", root);
	return hint(e, "saw %s", seen);
}

static int
want_block_root(struct modules *m, const struct places *at,
	struct root_device *d, const char *root, struct err *e)
{
	if (!d->fstype[0] && !type_from_disk(at, d) &&
	    !type_from_udev(at, d) && !type_from_mounts(at, d)) {
		fail(e, 0, "--root %s: what is on %s cannot be read", root,
			d->name);
		return hint(e, "as root it can, or name its file system with "
			"-m and leave --host out");
	}
	if (holder_is_name(d->name))
		note("the root is on %s, which linuxrc does not put together "
			"by itself", d->name);
	want_device(m, at->sys, memory_text("dev/block/%u:%u", d->major,
		d->minor), 0);
	return want_filesystem(m, d->fstype, root, e);
}

/* Every network device of this machine, since any may lead to the server. */
static int
want_nfs(struct modules *m, const struct places *at, const char *root,
	struct err *e)
{
	static const char *const version[] = { "nfsv3", "nfsv4", "nfsv2" };
	const char *name;
	struct dir d;

	if (dir_open(&d, at->sys, "class/net") == 0) {
		while ((name = dir_next(&d)))
			want_device(m, at->sys, memory_text("class/net/%s",
				name), 0);
		dir_close(&d);
	}
	for (unsigned i = 0; i < 3; i++)
		modules_want_if_there(m, version[i]);
	return want_filesystem(m, "nfs", root, e);
}

int
host_want_root(struct modules *m, const struct places *at, const char *root,
	struct err *e)
{
	struct root_device d = { .name = "" };
	struct root_spec spec = { .kind = ROOT_NONE };

	if (!root) {
		if (find_mounted(at, &d, e) < 0)
			return -1;
		/* no disk: a container, an NFS root, an overlay */
		if (d.major != 0)
			want_device(m, at->sys, memory_text("dev/block/%u:%u",
				d.major, d.minor), 0);
		return strcmp(d.fstype, "nfs") == 0 || strcmp(d.fstype,
			"nfs4") == 0 ? want_nfs(m, at, root, e) :
			want_filesystem(m, d.fstype, root, e);
	}
	if (rootspec_parse(root, "", &spec, e) < 0)
		return -1;
	if (spec.kind == ROOT_NFS)
		return want_nfs(m, at, root, e);
	if (!device_can_be(spec.kind))
		return fail(e, 0, "--host --root %s: what this root needs is "
			"not known: name the modules with -m", root);
	if (find_device(at, root, &spec, &d, e) < 0)
		return -1;
	return want_block_root(m, at, &d, root, e);
}
