/* SPDX-License-Identifier: MIT */
/*
 * rootfs.c - see rootfs.h.
 *
 * Deviations from init/do_mounts.c: rootflags= goes through lib/mountopt, as
 * mount(8) would take it; EROFS of a read-write mount goes on like EACCES;
 * rootfstype=auto counts as not given; a type that the kernel does not know
 * is the caller's to load, where the kernel would panic; of a source that is
 * no device the type need not be one without a device: mount(2) says so.
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
#include "lib/fstypes.h"
#include "lib/log.h"
#include "lib/mountopt.h"
#include "lib/slowmount.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "rootfs.h"

enum {
	SOURCE_SIZE = ROOT_TEXT_SIZE,	/* and more than any dev/NAME */
	SHOWN_MAX = 160,		/* of it in a sentence */
	LIST_SIZE = 200			/* names of types in a sentence */
};

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

/* Without rootfstype=. */
static int
add_fitting(struct rootfs_types *types, const struct rootfs_wish *w,
	const struct places *at, struct err *e)
{
	char type[FSTYPE_SIZE];

	if (!w->device && text_after(w->source, "ubi"))
		return fstypes_add(&types->list, "ubifs", e);
	if (!w->device && text_after(w->source, "mtd"))
		return fstypes_add(&types->list, "jffs2", e);
	if (!w->device)
		return fail(e, 0, "root=%.*s needs a rootfstype=", SHOWN_MAX,
			w->source);
	text_copy(type, sizeof type, w->device->fstype);
	if (!type[0])
		see_type(w->device, at, type);
	return type[0] ? fstypes_add_seen(&types->list, type, at->proc, e) :
		fstypes_add_registered(&types->list, at->proc, e);
}

int
rootfs_types(const struct rootfs_wish *w, const struct places *at,
	struct rootfs_types *types, struct err *e)
{
	bool given = w->types[0] && strcmp(w->types, "auto") != 0;

	types->list.count = types->next = 0;
	types->refused = 0;
	if ((given ? fstypes_add(&types->list, w->types, e) :
	    add_fitting(types, w, at, e)) < 0)
		return -1;
	if (types->list.count == 0)
		return fail(e, 0, "no type of file system to try");
	return 0;
}

/* One call of rootfs_mount(). */
struct attempt {
	const struct rootfs_wish *wish;
	const char *data;
	char source[SOURCE_SIZE];
};

/* The node beside root->dir: both are below one base. */
static void
source_path(struct attempt *a, const char *dir)
{
	const char *slash = strrchr(dir, '/');
	char node[BLOCKDEV_NAME_SIZE];
	int dev = -1, base = slash ? (int)(slash - dir) : 0;

	if (!a->wish->device) {
		text_copy(a->source, sizeof a->source, a->wish->source);
		return;
	}
	snprintf(a->source, sizeof a->source, "%.*s/dev", base, dir);
	if (strchr(a->wish->device->name, '!'))
		dev = open(a->source, O_PATH | O_DIRECTORY | O_CLOEXEC);
	blockdev_node(dev, a->wish->node ? a->wish->node :
		a->wish->device->name, node);
	if (dev >= 0)
		close(dev);
	text_add(a->source, sizeof a->source, "/%s", node);
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

/* A source that is no device: what the drivers mean with their errors. */
static void
explain_source(int error, const char *type, struct err *e)
{
	if (error == ENOTBLK)
		hint(e, "%s needs a block device, and that is none", type);
	else if (error == ENOENT || error == ENXIO || error == EINVAL)
		hint(e, "no device has this tag or name, or rootflags= is not "
			"what the driver wants");
}

static void
explain_device(int error, const char *source, const char *type, struct err *e)
{
	switch (error) {
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
	case EROFS:
		hint(e, "it was not unmounted, and what its journal holds "
			"cannot be brought to its place on a device that is "
			"read-only");
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
}

/* The types from first on as "ext4, xfs". */
static void
list_types(const struct rootfs_types *types, unsigned first,
	char list[static LIST_SIZE])
{
	list[0] = '\0';
	for (unsigned i = first; i < types->list.count; i++)
		text_add(list, LIST_SIZE, "%s%s", i > first ? ", " : "",
			types->list.name[i]);
}

/* Go on to the next type after this error? */
static bool
goes_on(const struct attempt *a, int error, unsigned long flags)
{
	return a->wish->any_error || error == EACCES || error == EINVAL ||
		(error == EROFS && !(flags & MS_RDONLY));
}

/* The sentence about type i of the list, which did not take it. */
static void
explain(int error, const struct attempt *a, const struct rootfs_types *types,
	unsigned i, struct err *e)
{
	const char *type = types->list.name[i];

	fail(e, error, "mount %.*s as %s", SHOWN_MAX, a->source, type);
	if (error == ENODEV)
		hint(e, "this kernel has no driver for %s%s", type,
			a->wish->device ? "" : ", or no such device");
	else if (a->wish->device)
		explain_device(error, a->source, type, e);
	else
		explain_source(error, type, e);
}

/* The kernel would panic here, and would not tell of the rest. */
static void
explain_end(const struct rootfs_types *types, unsigned i, struct err *e)
{
	char list[LIST_SIZE];

	list_types(types, i + 1, list);
	if (list[0] && e->code != ENODEV)
		hint(e, "%s not tried: after this error the kernel would not "
			"go on either", list);
}

/* None of several types took it: the last one is no more to blame than the
 * others, and one without a driver least of all. */
static void
explain_all(const struct attempt *a, const struct rootfs_types *types,
	struct err *e)
{
	char list[LIST_SIZE];

	list_types(types, 0, list);
	fail(e, types->refused, "mount %.*s as any of %s", SHOWN_MAX,
		a->source, list);
	if (a->wish->device)
		explain_content(a->source, types->list.name[0], e);
	else
		explain_source(types->refused, types->list.name[0], e);
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

static int
mount_type(const struct attempt *a, const struct mounted_root *root,
	const char *type)
{
	const struct slowmount m = { a->source, root->dir, type, root->flags,
		a->data };

	if (a->wish->end_ms)
		return slowmount(&m, a->wish->end_ms);
	return sys_mount(m.source, m.target, m.type, m.flags, m.data);
}

/*
 * One pass over the types from types->next on; the second one passes over
 * those that the kernel does not know. 1: mounted; 0: no type took it, and e
 * has the sentence about the last one; -1: the kernel would have given up.
 */
static int
pass(const struct attempt *a, struct rootfs_types *types,
	struct mounted_root *root, struct err *e)
{
	bool second = types->next == types->list.count;
	unsigned i = second ? 0 : types->next;

	for (; i < types->list.count; i++) {
		const char *type = types->list.name[i];

		if (mount_type(a, root, type) == 0)
			return filled(root, type, e) < 0 ? -1 : 1;
		if (second && errno == ENODEV)
			continue;
		if (!second)
			types->next = i;
		explain(errno, a, types, i, e);
		if (e->code == ENODEV || !goes_on(a, e->code, root->flags)) {
			explain_end(types, i, e);
			return -1;
		}
		if (!types->refused)
			types->refused = e->code;
	}
	types->next = types->list.count;
	return 0;
}

int
rootfs_mount(const struct rootfs_wish *w, struct rootfs_types *types,
	struct mounted_root *root, struct err *e)
{
	static char words[ROOTFLAGS_SIZE];
	struct attempt a = { .wish = w };
	int mounted = 0;

	root->flags = MS_SILENT | (w->rw ? 0 : MS_RDONLY);
	if (w->flags[0]) {
		if (mountopt_parse(w->flags, &root->flags, words,
		    sizeof words, e) < 0)
			return -1;
		a.data = words[0] ? words : NULL;
	}
	source_path(&a, root->dir);
	if (sys_mkdir(root->dir, 0755) < 0)
		sys_umount(root->dir, MNT_DETACH);
	if (types->next < types->list.count)
		mounted = pass(&a, types, root, e);
	if (mounted == 0 && !(root->flags & MS_RDONLY)) {
		root->flags |= MS_RDONLY;
		mounted = pass(&a, types, root, e);
		if (mounted > 0)
			say(LOG_WITHOUT, "%.*s cannot be written: mounted "
				"read-only", SHOWN_MAX, w->device ?
				w->device->name : w->source);
	}
	if (mounted == 0 && types->list.count > 1 && types->refused)
		explain_all(&a, types, e);
	return mounted > 0 ? 0 : -1;
}
