/* SPDX-License-Identifier: MIT */
/*
 * layers.c - see layers.h. While one mount is made from another, the other
 * lies on /sys: the one directory that is there under every contract, on a
 * read-only initrd too, and that nobody needs by its path meanwhile.
 *
 * rootfstype= and rootflags= are for the file system that becomes "/": for
 * that in the image when there is one. A source that is no device cannot be
 * mounted without them, so there they are for that, and the image has TYPE.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "drivers.h"
#include "image.h"
#include "layers.h"
#include "lib/log.h"
#include "lib/nodev.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "netroot.h"
#include "overlay.h"
#include "rootfs.h"

enum { PATH_SIZE = BASE_SIZE + 16 };

static const char *
side_path(const struct boot *b, char path[static PATH_SIZE])
{
	snprintf(path, PATH_SIZE, "%s/sys", b->kernfs.base);
	return path;
}

static bool
is_source(const struct boot *b)
{
	return b->spec.kind == ROOT_MTD || b->spec.kind == ROOT_NODEV;
}

static bool
is_nfs(const struct boot *b)
{
	return b->spec.kind == ROOT_NFS;
}

/* "vda2", or what the source without a device is called. */
static const char *
root_name(const struct boot *b)
{
	return is_source(b) || is_nfs(b) ? b->spec.value : b->device.name;
}

/* What root= is, mounted by the words that are for it. */
static struct rootfs_wish
wish_for_root(const struct boot *b)
{
	const struct boot_options *o = &b->options;
	bool words = is_source(b) || !o->image[0];

	return (struct rootfs_wish){
		.device = is_source(b) || is_nfs(b) ? NULL : &b->device,
		.source = b->spec.value,
		.any_error = b->spec.kind == ROOT_NODEV,
		.rw = o->rw && !o->overlay,
		.types = words ? o->rootfstype : "",
		.flags = words ? o->rootflags : "",
	};
}

/* Mount, loading the driver of each type that the kernel does not know. */
static int
mount_wish(const struct rootfs_wish *w, const struct places *at,
	struct mounted_root *root, struct err *e)
{
	struct rootfs_types types;
	unsigned loaded = 0;	/* this many of them */
	struct err driver;

	if (rootfs_types(w, at, &types, e) < 0)
		return -1;
	while (rootfs_mount(w, &types, root, e) < 0) {
		if (e->code != ENODEV || types.next >= types.list.count)
			return -1;
		if (types.next >= loaded) {
			loaded = types.next + 1;
			if (drivers_filesystem(types.list.name[types.next],
			    &driver) == 0)
				continue;
			hint(e, "%s", driver.text);
		}
		if (++types.next < types.list.count)
			say(LOG_WITHOUT, "%s; passed over, where the kernel "
				"itself would panic", e->text);
	}
	return 0;
}

int
layers_mount_device(struct rootfs_wish *w, const char *node,
	const struct places *at, struct mounted_root *root, struct err *e)
{
	int result;

	if (!node)
		return mount_wish(w, at, root, e);
	sys_unlink(at->dev, node, 0);
	if (sys_mknod(at->dev, node, S_IFBLK | 0600, w->device->major,
	    w->device->minor) == 0)
		w->node = node;
	result = mount_wish(w, at, root, e);
	sys_unlink(at->dev, node, 0);
	return result;
}

/* The root of an old image has the kernel's name for it. */
static int
mount_as_kernel(struct rootfs_wish *w, const struct places *at,
	struct mounted_root *root, struct err *e)
{
	if (layers_mount_device(w, "root", at, root, e) < 0)
		return -1;
	say(LOG_STEP, "VFS: Mounted root (%s filesystem)%s on device %u:%u.",
		root->fstype, root->flags & MS_RDONLY ? " readonly" : "",
		w->device->major, w->device->minor);
	return 0;
}

/*
 * Of root=/dev/TAG the tag is without /dev/, but one that is called so for
 * all that is found as well: the kernel hands "/dev/root" to the file system
 * when nothing else has become of it.
 */
static int
mount_root(const struct boot *b, const struct places *at,
	struct rootfs_wish *w, struct mounted_root *root, struct err *e)
{
	struct err second;

	if (is_nfs(b))
		return netroot_mount(b, at, w, root, e);
	if (b->contract == CONTRACT_COMPAT && w->device)
		return mount_as_kernel(w, at, root, e);
	if (mount_wish(w, at, root, e) == 0)
		return 0;
	if (b->spec.kind != ROOT_NODEV || b->options.root[0] != '/')
		return -1;
	w->source = b->options.root;
	return mount_wish(w, at, root, &second);
}

/* "vda2, ext4, ro" */
static void
add_note(const struct mounted_root *root, const char *name,
	char note[static NOTE_SIZE])
{
	text_add(note, NOTE_SIZE, "%s%.160s, %s, %s", note[0] ? "; " : "",
		name, root->fstype, root->flags & MS_RDONLY ? "ro" : "rw");
}

/* ---------------------------------------------------------------- image */

/* In place of what is mounted at b->root.dir, which goes to the side. */
static int
mount_image(struct boot *b, const struct places *at, const char *side,
	struct err *e)
{
	struct image i = { .text = b->options.image, .dir = b->root.dir,
		.in = root_name(b), .rw = !(b->root.flags & MS_RDONLY) };
	struct rootfs_wish w = { 0 };
	struct root_device loop;
	struct err driver;
	int result;

	driver.text[0] = '\0';
	drivers_load("loop", &driver);
	if (image_attach(&i, at, &loop, e) < 0)
		return e->code == ENODEV && driver.text[0] ?
			hint(e, "%s", driver.text) : -1;
	w.device = &loop;
	w.rw = i.rw;
	w.types = i.types[0] || is_source(b) ? i.types :
		b->options.rootfstype;
	w.flags = is_source(b) ? "" : b->options.rootflags;
	result = sys_mount(b->root.dir, side, NULL, MS_MOVE, NULL);
	if (result < 0)
		fail(e, errno, "move %s to %s", b->root.dir, side);
	else if (mount_wish(&w, at, &b->root, e) < 0) {
		sys_umount(side, MNT_DETACH);
		result = hint(e, "%s is %.100s in %.100s%s", loop.name, i.text,
			i.in, e->code == EROFS && !i.rw ? ", read-only: give "
			"rw, without linuxrc.overlay=" : "");
	}
	close(i.fd);
	return result;
}

/* The file system with the image: to host/ of the root, which asks for it by
 * having that directory, else out of sight, held by the loop device alone. */
static void
give_host(const struct boot *b, const char *side)
{
	char host[PATH_SIZE];
	struct stat st;

	snprintf(host, sizeof host, "%s/host", b->root.dir);
	if (lstat(host, &st) < 0 || !S_ISDIR(st.st_mode) ||
	    sys_mount(side, host, NULL, MS_MOVE, NULL) < 0)
		sys_umount(side, MNT_DETACH);
}

/* ------------------------------------------------------------- overlay */

static int
put_overlay(struct boot *b, const char *side, struct err *e)
{
	struct err driver;

	driver.text[0] = '\0';
	drivers_filesystem("overlay", &driver);
	if (overlay_mount(&b->root, side, e) == 0)
		return 0;
	return e->code == ENODEV && driver.text[0] ?
		hint(e, "%s", driver.text) : -1;
}

/* ---------------------------------------------------------------- calls */

/* Always -1. */
static int
hint_tags(const struct places *at, struct err *e)
{
	char tags[200];

	nodev_list(at->sys, tags, sizeof tags);
	return tags[0] ? hint(e, "saw %s", tags) : -1;
}

/* The initrd that we run from, as its own real root: it could be mounted once
 * more, but no pivot_root leads there. */
static bool
is_initrd(const struct boot *b)
{
	struct stat up;

	return (b->contract == CONTRACT_RAM0 ||
		b->contract == CONTRACT_LINUXRC) && !is_source(b) &&
		!is_nfs(b) && !b->options.image[0] && !b->options.overlay &&
		stat("/", &up) == 0 && major(up.st_dev) == b->device.major &&
		minor(up.st_dev) == b->device.minor;
}

int
layers_mount(struct boot *b, const struct places *at,
	char note[static NOTE_SIZE], struct err *e)
{
	struct rootfs_wish w = wish_for_root(b);
	const struct boot_options *o = &b->options;
	char side[PATH_SIZE];

	if (is_initrd(b))
		return fail(e, 0, "%s is the initrd that linuxrc runs from: "
			"the real root is another device", root_name(b));
	snprintf(b->root.dir, sizeof b->root.dir, "%.32s/new-root",
		b->kernfs.base);
	if (mount_root(b, at, &w, &b->root, e) < 0)
		return is_source(b) ? hint_tags(at, e) : -1;
	add_note(&b->root, root_name(b), note);
	side_path(b, side);
	if (o->image[0]) {
		if (mount_image(b, at, side, e) < 0)
			return -1;
		add_note(&b->root, o->image, note);
	}
	if (o->overlay && put_overlay(b, side, e) < 0) {
		if (o->image[0])
			sys_umount(side, MNT_DETACH);
		return -1;
	}
	if (o->overlay)
		add_note(&b->root, "a tmpfs over it", note);
	if (o->image[0])
		give_host(b, side);
	return 0;
}

int
layers_leave(struct boot *b, const struct places *at, struct err *e)
{
	struct rootfs_wish w = wish_for_root(b);
	struct rootfs_types types;
	struct err ignored;
	unsigned i = 0;

	if (b->options.image[0] || b->options.overlay)
		return fail(e, 0, "%s: the kernel is to mount the root itself "
			"(linuxrc.handover=change_root, or NFS) and cannot "
			"do that", b->options.image[0] ? "linuxrc.image=" :
			"linuxrc.overlay=");
	if (b->device.name[0] && rootfs_types(&w, at, &types, &ignored) == 0)
		while (i < types.list.count && drivers_filesystem(
		    types.list.name[i], &ignored) < 0)
			i++;
	return 0;
}
