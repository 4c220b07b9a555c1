/* SPDX-License-Identifier: MIT */
/*
 * initrd.c - see initrd.h. Its nodes have the kernel's names: /dev/root.old
 * for what /linuxrc is in, /dev/root for what is the root.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "compat/brd.h"
#include "compat/guest.h"
#include "compat/source.h"
#include "compat/tree.h"
#include "compat/unpack.h"
#include "drivers.h"
#include "initrd.h"
#include "layers.h"
#include "lib/device.h"
#include "lib/file.h"
#include "lib/log.h"
#include "lib/loop.h"
#include "lib/rootspec.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "wait.h"

enum {
	QUIET_S = 30,		/* as for a root that nothing is said about */
	SCRIPT_SIZE = 65536,	/* of a /linuxrc that is looked through */
	MEMINFO_SIZE = 4096,
	PATH_SIZE = sizeof GUEST_DIR + IMAGE_SIZE
};

/* ------------------------------------------------------------ the source */

/* DEVICE of linuxrc.compat=DEVICE:/PATH, len bytes of it: mounted read-only
 * where the initrd will be. */
static int
mount_medium(const struct boot *b, const struct places *at, size_t len,
	struct err *e)
{
	static struct root_spec spec;
	static char text[IMAGE_SIZE];
	struct root_device d = { .name = "" };
	struct wanted w = { .word = "linuxrc.compat", .text = text,
		.spec = &spec, .device = &d, .least_s = QUIET_S,
		.quiet_s = QUIET_S, .most_s = WAIT_FOREVER };
	struct rootfs_wish wish = { .device = &d, .types = "", .flags = "" };
	struct mounted_root medium = { .dir = GUEST_DIR };

	snprintf(text, sizeof text, "%.*s", (int)len, b->options.compat_at);
	if (rootspec_parse(text, "", &spec, e) < 0)
		return -1;
	if (!device_can_be(spec.kind))
		return fail(e, 0, "linuxrc.compat=%.200s: that is no block "
			"device", text);
	if (wait_for(&w, b, at, e) < 0)
		return -1;
	return layers_mount_device(&wish, NULL, at, &medium, e);
}

/* Where the boot loader or the kernel may have put it. */
static int
open_given(const struct boot *b, const struct places *at, struct source *s,
	struct err *e)
{
	s->name = "/" INITRD_FILE;
	if (faccessat(at->root, INITRD_FILE, F_OK, 0) == 0)
		return source_open(s, at->root, INITRD_FILE, e);
	s->name = "/sys/firmware/initrd";
	fail(e, ENOENT, "/" INITRD_FILE);
	if (b->options.compat && source_open(s, at->sys, "firmware/initrd",
	    e) == 0)
		return 0;
	if (e->code != ENOENT)
		return -1;
	fail(e, 0, "there is no initrd image: neither /" INITRD_FILE " nor %s",
		s->name);
	e->code = ENOENT;
	return hint(e, "put it into an archive as " INITRD_FILE ", or add "
		"retain_initrd, or say linuxrc.compat=DEVICE:/PATH");
}

static int
open_source(const struct boot *b, const struct places *at, struct source *s,
	bool *medium, struct err *e)
{
	const char *from = b->options.compat_at;
	const char *path = strstr(from, ":/");
	char inside[PATH_SIZE];

	if (!from[0])
		return open_given(b, at, s, e);
	s->name = from;
	if (!path && from[0] == '/')
		return source_open(s, at->root, from + 1, e);
	if (!path)
		return fail(e, 0, "linuxrc.compat=%.200s: neither DEVICE:/PATH "
			"nor a /PATH of the initramfs", from);
	if (mount_medium(b, at, (size_t)(path - from), e) < 0)
		return -1;
	*medium = true;
	snprintf(inside, sizeof inside, "%s%s", GUEST_DIR, path + 1);
	return source_open(s, AT_FDCWD, inside, e);
}

/* Bytes that the image may have: ramdisk_size=, and what memory there is but
 * for a sixteenth. */
static uint64_t
largest(const struct boot *b, const struct places *at)
{
	static char text[MEMINFO_SIZE];
	uint64_t kib = 0, wanted = (uint64_t)b->options.ramdisk_size;
	const char *p = text;
	struct err ignored;

	if (file_read(at->proc, "meminfo", text, sizeof text, &ignored) > 0 &&
	    (p = strstr(text, "MemAvailable:")))
		for (p += strcspn(p, "0123456789"); *p >= '0' && *p <= '9'; p++)
			kib = kib * 10 + (unsigned)(*p - '0');
	kib -= kib / 16;
	if (kib == 0 || (wanted && wanted < kib))
		kib = wanted ? wanted : UINT64_MAX / 1024;
	return kib * 1024;
}

/* Into a file of memory; what it lay in is closed, and deleted. */
static int
take_image(const struct boot *b, const struct places *at, struct unpacked *u,
	struct err *e)
{
	struct source s = { .fd = -1 };
	bool medium = false;
	int result = open_source(b, at, &s, &medium, e);

	if (result == 0)
		result = source_find(&s, b->options.ramdisk_start, e);
	if (result == 0)
		result = unpack(&s, largest(b, at), u, e);
	source_close(&s);
	if (medium)
		sys_umount(GUEST_DIR, 0);
	if (result == 0)
		sys_unlink(at->root, INITRD_FILE, 0);
	return result;
}

/* ---------------------------------------------------------- the RAM disk */

static int
put_on_loop(const struct unpacked *u, const struct places *at,
	struct root_device *d, struct err *e)
{
	const struct blockdevs devices = { at->proc, at->sys, at->dev, false };
	const struct loop_source s = { .file = u->fd, .name = "initrd" };
	struct err driver;
	int fd;

	driver.text[0] = '\0';
	drivers_load("loop", &driver);
	fd = loop_attach(&devices, &s, d->name, e);
	if (fd < 0)
		return e->code == ENODEV && driver.text[0] ?
			hint(e, "%s", driver.text) : -1;
	blockdev_find(&devices, d->name, &d->major, &d->minor);
	d->fstype[0] = '\0';
	return fd;
}

/* As large as it has to be; what the command line says about it counts. */
static int
put_on_brd(struct boot *b, const struct unpacked *u, const struct places *at,
	struct root_device *d, struct err *e)
{
	uint64_t kib = (uint64_t)b->options.ramdisk_size;
	struct err driver;

	driver.text[0] = '\0';
	if (kib < u->size / 1024)
		kib = u->size / 1024;
	text_add(b->options.module_words, sizeof b->options.module_words,
		" brd.rd_nr=1 brd.rd_size=%llu", (unsigned long long)kib);
	drivers_load("brd", &driver);
	if (brd_fill(u, at, d, e) == 0)
		return 0;
	return e->code == ENODEV && driver.text[0] ?
		hint(e, "%s", driver.text) : -1;
}

static int
mount_disk(const struct boot *b, const struct unpacked *u,
	const struct places *at, struct root_device *d, struct err *e)
{
	struct mounted_root m = { .dir = GUEST_DIR };
	struct rootfs_wish w = { .device = d, .flags = "",
		.types = u->kind == RAMDISK_EXT2 ? "" :
			ramdisk_name(u->kind),
		.rw = !b->compat.as_root || b->options.rw };

	return layers_mount_device(&w, b->compat.as_root ? "root" :
		"root.old", at, &m, e);
}

static int
mount_on_loop(const struct boot *b, const struct unpacked *u,
	const struct places *at, struct root_device *d, struct err *e)
{
	int fd = put_on_loop(u, at, d, e), result;

	if (fd < 0)
		return -1;
	result = mount_disk(b, u, at, d, e);
	close(fd);
	return result;
}

static int
mount_on_brd(struct boot *b, const struct unpacked *u,
	const struct places *at, struct root_device *d, struct err *e)
{
	if (put_on_brd(b, u, at, d, e) < 0 || mount_disk(b, u, at, d, e) < 0)
		return -1;
	b->compat.brd = true;
	return 0;
}

/* Does its /linuxrc, a script, speak of /dev/ram0? */
static bool
asks_for_ram0(void)
{
	static char text[SCRIPT_SIZE];
	int fd = open(GUEST_DIR "/linuxrc", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text);

	if (fd >= 0)
		close(fd);
	return n > 2 && memcmp(text, "#!", 2) == 0 &&
		brd_is_named(text, (size_t)n);
}

/* A loop device, whose memory is free when nobody uses it any more; brd when
 * that is asked for, or is all there is. */
static int
mount_either(struct boot *b, const struct unpacked *u,
	const struct places *at, struct root_device *d, struct err *e)
{
	enum ramdisk_on on = b->options.ramdisk;
	struct root_device ram0 = { .name = "" };
	struct err why;

	if (on == RAMDISK_ON_BRD)
		return mount_on_brd(b, u, at, d, e);
	if (mount_on_loop(b, u, at, d, e) < 0)
		return on == RAMDISK_ON_LOOP || e->code != ENODEV ||
			mount_on_brd(b, u, at, d, &why) < 0 ? -1 : 0;
	if (on == RAMDISK_ON_LOOP || !asks_for_ram0())
		return 0;
	if (put_on_brd(b, u, at, &ram0, &why) < 0) {
		say(LOG_WITHOUT, "/linuxrc of the initrd speaks of /dev/ram0, "
			"but: %s", why.text);
		return 0;
	}
	sys_umount(GUEST_DIR, MNT_DETACH);
	*d = ram0;
	b->compat.brd = true;
	return mount_disk(b, u, at, d, e);
}

int
initrd_mount(struct boot *b, const struct places *at, bool as_root,
	char note[static NOTE_SIZE], struct err *e)
{
	struct root_device d = { .name = "tmpfs" };
	struct unpacked u;
	int result;

	sys_mkdir(GUEST_DIR, 0755);
	b->compat.as_root = as_root;
	if (take_image(b, at, &u, e) < 0)
		return -1;
	if (u.kind == RAMDISK_CPIO)
		result = tree_mount(&u, GUEST_DIR, e);
	else
		result = mount_either(b, &u, at, &d, e);
	close(u.fd);
	if (result < 0)
		return -1;
	b->compat.unpacked = true;
	snprintf(note, NOTE_SIZE, "%s, %llu KiB on %s", ramdisk_name(u.kind),
		(unsigned long long)u.size / 1024, d.name);
	return 0;
}
