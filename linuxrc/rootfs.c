/* SPDX-License-Identifier: MIT */
/*
 * rootfs.c - see rootfs.h.
 *
 * Deviations from init/do_mounts.c: rootflags= goes through lib/mountopt, as
 * mount(8) would take it; EROFS of a read-write mount goes on like EACCES;
 * rootfstype=auto counts as not given; a type that the kernel does not know
 * is the caller's to load.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/blk.h"
#include "lib/blockdev.h"
#include "lib/file.h"
#include "lib/log.h"
#include "lib/mountopt.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "rootfs.h"

enum {
	FILESYSTEMS_SIZE = 4096,	/* /proc/filesystems: 200 types */
	SOURCE_SIZE = BASE_SIZE + 5 + BLOCKDEV_NAME_SIZE
};

/* Types that another driver takes as well. */
static const struct {
	const char *type, *driver;
} substitutes[] = {
	{ "ext2", "ext4" }, { "ext3", "ext4" }, { "ntfs", "ntfs3" }
};

static int
add_type(struct rootfs_types *types, const char *name, size_t len,
	struct err *e)
{
	if (len == 0)
		return 0;
	if (len >= FSTYPE_SIZE)
		return fail(e, 0, "rootfstype=: %.*s is longer than the "
			"name of any type", (int)(len > 64 ? 64 : len), name);
	if (types->count == ROOTFS_TYPES_MAX)
		return fail(e, E2BIG, "more than %d types of file systems",
			ROOTFS_TYPES_MAX);
	memcpy(types->name[types->count], name, len);
	types->name[types->count++][len] = '\0';
	return 0;
}

/* The comma list of rootfstype=; empty items are passed over. */
static int
add_list(struct rootfs_types *types, const char *list, struct err *e)
{
	size_t len;

	for (;; list += len + 1) {
		len = strcspn(list, ",");
		if (add_type(types, list, len, e) < 0)
			return -1;
		if (list[len] == '\0')
			return 0;
	}
}

static int
add_seen(struct rootfs_types *types, const char *type, struct err *e)
{
	if (add_type(types, type, strlen(type), e) < 0)
		return -1;
	for (size_t i = 0; i < sizeof substitutes / sizeof substitutes[0]; i++)
		if (strcmp(type, substitutes[i].type) == 0)
			return add_list(types, substitutes[i].driver, e);
	return 0;
}

/* /proc/filesystems, in the order of registration: "\text4" is a type for
 * block devices, "nodev\ttmpfs" is not. */
static int
add_registered(struct rootfs_types *types, int proc, struct err *e)
{
	static char text[FILESYSTEMS_SIZE];
	const char *line = text;
	size_t len;

	if (proc < 0)
		return fail(e, 0, "no /proc: give rootfstype=");
	if (file_read(proc, "filesystems", text, sizeof text, e) < 0)
		return -1;
	for (; *line; line += len + (line[len] == '\n')) {
		len = strcspn(line, "\n");
		if (line[0] == '\t' && add_type(types, line + 1, len - 1,
		    e) < 0)
			return -1;
	}
	return 0;
}

static void
probe(int fd, struct blk_info *info)
{
	struct err ignored;

	memset(info, 0, sizeof *info);
	if (fd < 0)
		return;
	blk_probe(fd, info, &ignored);
	close(fd);
}

/* What the device holds; "" when it is nothing that can be mounted. */
static void
see_type(const struct root_device *d, const struct places *at,
	char type[static FSTYPE_SIZE])
{
	const struct blockdevs devices = { at->proc, at->sys, at->dev, true };
	struct blk_info info;

	probe(blockdev_open(&devices, d->name), &info);
	type[0] = '\0';
	switch (info.usage) {
	case BLK_FILESYSTEM:
		text_copy(type, FSTYPE_SIZE, info.type);
		break;
	case BLK_MEMBER:
		say(LOG_WITHOUT, "%s is a part of something else (%s); mounted "
			"as it is, because it was named", d->name, info.type);
		break;
	case BLK_OTHER:
		say(LOG_WITHOUT, "%s holds no file system, but %s", d->name,
			info.type);
		break;
	case BLK_AMBIVALENT:
		say(LOG_WITHOUT, "%s has the signatures of several file "
			"systems; give rootfstype=", d->name);
		break;
	case BLK_NOTHING:
		break;
	}
}

int
rootfs_types(const struct boot_options *o, const struct root_device *d,
	const struct places *at, struct rootfs_types *types, struct err *e)
{
	char type[FSTYPE_SIZE];

	types->count = types->next = 0;
	types->refused = 0;
	if (o->rootfstype[0] && strcmp(o->rootfstype, "auto") != 0) {
		if (add_list(types, o->rootfstype, e) < 0)
			return -1;
	} else {
		text_copy(type, sizeof type, d->fstype);
		if (!type[0])
			see_type(d, at, type);
		if ((type[0] ? add_seen(types, type, e) :
		    add_registered(types, at->proc, e)) < 0)
			return -1;
	}
	if (types->count == 0)
		return fail(e, 0, "no type of file system to try");
	return 0;
}

/* The node beside root->dir: both are below one base. */
static void
source_path(const struct root_device *d, const char *dir,
	char source[static SOURCE_SIZE])
{
	const char *slash = strrchr(dir, '/');
	char node[BLOCKDEV_NAME_SIZE];
	int dev = -1, base = slash ? (int)(slash - dir) : 0;

	snprintf(source, SOURCE_SIZE, "%.*s/dev", base, dir);
	if (strchr(d->name, '!'))
		dev = open(source, O_PATH | O_DIRECTORY | O_CLOEXEC);
	blockdev_node(dev, d->name, node);
	if (dev >= 0)
		close(dev);
	text_add(source, SOURCE_SIZE, "/%s", node);
}

/* What is really there, when a driver did not like it. */
static void
explain_content(const char *source, const char *type, struct err *e)
{
	struct blk_info info;

	probe(open(source, O_RDONLY | O_CLOEXEC | O_NONBLOCK), &info);
	if (info.usage == BLK_AMBIVALENT)
		hint(e, "it has the signatures of several file systems");
	else if (!info.type[0])
		hint(e, "no file system is to be seen there: not formatted, "
			"damaged or encrypted");
	else if (strcmp(info.type, type) == 0)
		hint(e, "it is %s, but damaged, or rootflags= has a word that "
			"the driver does not know", type);
	else
		hint(e, "it holds %s", info.type);
}

/* Always -1, with the sentence about this type. */
static int
explain(int error, const char *source, const char *type, struct err *e)
{
	fail(e, error, "mount %s as %s", source, type);
	switch (error) {
	case ENODEV:
		hint(e, "this kernel has no driver for %s", type);
		break;
	case EINVAL:
	case EACCES:
		explain_content(source, type, e);
		break;
	case EUCLEAN:
	case EBADMSG:
		hint(e, "the file system is damaged: repair it with fsck from "
			"another system");
		break;
	case ENXIO:
	case ENOMEDIUM:
		hint(e, "there is no such device, or no medium in it");
		break;
	case EIO:
		hint(e, "the device cannot be read");
		break;
	case EBUSY:
		hint(e, "it is in use: mounted elsewhere, or a part of a RAID");
		break;
	case ENOENT:
		hint(e, access(source, F_OK) == 0 ? "the driver misses "
			"something, perhaps a module for its checksums: the "
			"kernel log names it" : "the device has gone");
		break;
	default:
		break;
	}
	return -1;
}

/* None of several types took it: the last one is no more to blame than the
 * others, and one without a driver least of all. */
static void
explain_all(const char *source, const struct rootfs_types *types,
	struct err *e)
{
	char list[200] = "";

	for (unsigned i = 0; i < types->count; i++)
		text_add(list, sizeof list, "%s%s", i ? ", " : "",
			types->name[i]);
	fail(e, types->refused, "mount %s as any of %s", source, list);
	explain_content(source, types->name[0], e);
}

static int
filled(struct mounted_root *root, const char *type, struct err *e)
{
	struct stat st;

	if (stat(root->dir, &st) < 0)
		return fail(e, errno, "%s", root->dir);
	text_copy(root->fstype, sizeof root->fstype, type);
	root->st_dev = st.st_dev;
	return 0;
}

/*
 * One pass over the types from types->next on; the second one passes over
 * those that the kernel does not know. 1: mounted; 0: no type took it, and e
 * has the sentence about the last one; -1: the kernel would have given up.
 */
static int
pass(const char *source, struct rootfs_types *types, const char *data,
	struct mounted_root *root, struct err *e)
{
	bool second = types->next == types->count;
	unsigned i = second ? 0 : types->next;

	for (; i < types->count; i++) {
		const char *type = types->name[i];

		if (sys_mount(source, root->dir, type, root->flags, data) == 0)
			return filled(root, type, e) < 0 ? -1 : 1;
		if (second && errno == ENODEV)
			continue;
		if (!second)
			types->next = i;
		explain(errno, source, type, e);
		if (e->code != EACCES && e->code != EINVAL &&
		    (e->code != EROFS || (root->flags & MS_RDONLY)))
			return -1;
		if (!types->refused)
			types->refused = e->code;
	}
	types->next = types->count;
	return 0;
}

int
rootfs_mount(const struct root_device *d, const struct boot_options *o,
	struct rootfs_types *types, struct mounted_root *root, struct err *e)
{
	static char words[ROOTFLAGS_SIZE];
	const char *data = NULL;
	char source[SOURCE_SIZE];
	int mounted = 0;

	root->flags = MS_SILENT | (o->rw ? 0 : MS_RDONLY);
	if (o->rootflags[0]) {
		if (mountopt_parse(o->rootflags, &root->flags, words,
		    sizeof words, e) < 0)
			return -1;
		data = words[0] ? words : NULL;
	}
	source_path(d, root->dir, source);
	if (sys_mkdir(root->dir, 0755) < 0)
		sys_umount(root->dir, MNT_DETACH);
	if (types->next < types->count)
		mounted = pass(source, types, data, root, e);
	if (mounted == 0 && !(root->flags & MS_RDONLY)) {
		root->flags |= MS_RDONLY;
		mounted = pass(source, types, data, root, e);
		if (mounted > 0)
			say(LOG_WITHOUT, "%s cannot be written: mounted "
				"read-only", d->name);
	}
	if (mounted == 0 && types->count > 1 && types->refused)
		explain_all(source, types, e);
	return mounted > 0 ? 0 : -1;
}
