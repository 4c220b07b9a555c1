/* SPDX-License-Identifier: MIT */
/*
 * rdev - the root device, RAM disk word and video mode in the boot sector of
 * an x86 kernel image: rdev(8) of util-linux before 2.12, which initrd(4) and
 * the kernel's initrd document name. Fields: Documentation/arch/x86/boot.rst
 * ("vid_mode" at 0x1fa, "ram_size" at 0x1f8, "root_dev" at 0x1fc,
 * "root_flags" at 0x1f2).
 *
 *	rdev				the device of / and "/"
 *	rdev IMAGE [DEVICE [OFFSET]]	root device; also rdev -R, -r, -v
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "lib/applet.h"
#include "lib/blockdev.h"
#include "lib/text.h"

enum {
	ROOT_FLAGS = 0x1f2, RAM_SIZE = 0x1f8, VIDEO_MODE = 0x1fa,
	ROOT_DEVICE = 0x1fc, BOOT_FLAG = 0x1fe
};

/* What stands in the image, of which each option means one. */
static const struct field {
	char option;
	unsigned offset;
	const char *name;
} fields[] = {
	{ 'R', ROOT_FLAGS, "Root flags" },
	{ 'r', RAM_SIZE, "Ramdisk size" },
	{ 'v', VIDEO_MODE, "Video mode" },
};

static const struct field root = { 0, ROOT_DEVICE, "Root device" };

static noreturn void
usage(void)
{
	applet_usage("rdev [-R|-r|-v] [-o OFFSET] [IMAGE [VALUE]]");
}

static const struct field *
field_of(int option)
{
	for (unsigned i = 0; i < sizeof fields / sizeof fields[0]; i++)
		if (fields[i].option == option)
			return &fields[i];
	usage();
}

static long
number(const char *text, long max, const char *what)
{
	long n;

	if (text_number(text, 0, 0, max, &n) < 0)
		applet_fail(0, "%s: no %s (0 to %ld)", text, what, max);
	return n;
}

/* The 16 bits of a device: 8 for each number, as old kernels have it. */
static unsigned
encode(unsigned major, unsigned minor, const char *text)
{
	if (major > 255 || minor > 255)
		applet_fail(0, "%s: device %u:%u does not fit into the image, "
			"which has 8 bits for each number", text, major,
			minor);
	return major << 8 | minor;
}

/* A node, or a number as the image has it: 0x365. */
static unsigned
device_of(const char *text)
{
	struct stat st;
	long n;

	if (text_number(text, 0, 0, 0xffff, &n) == 0)
		return (unsigned)n;
	if (stat(text, &st) < 0)
		applet_fail(errno, "%s", text);
	if (!S_ISBLK(st.st_mode))
		applet_fail(0, "%s: no block device", text);
	return encode(major(st.st_rdev), minor(st.st_rdev), text);
}

/* "/dev/vda1", or the number when the kernel has no such device. */
static void
describe(unsigned major, unsigned minor, char *text, size_t size)
{
	struct blockdevs at = {
		.proc = open("/proc", O_PATH | O_CLOEXEC),
		.sys = open("/sys", O_PATH | O_CLOEXEC),
		.dev = open("/dev", O_PATH | O_CLOEXEC),
		.look_only = true
	};
	char name[BLOCKDEV_NAME_SIZE], node[BLOCKDEV_NAME_SIZE];

	if ((major || minor) && blockdev_find_number(&at, major, minor, name) &&
	    !strchr(name, ':')) {
		blockdev_node(at.dev, name, node);
		snprintf(text, size, "/dev/%s", node);
	} else {
		snprintf(text, size, "0x%04x", major << 8 | minor);
	}
}

static void
print_own_root(void)
{
	char text[64];
	struct stat st;

	if (stat("/", &st) < 0)
		applet_fail(errno, "/");
	describe(major(st.st_dev), minor(st.st_dev), text, sizeof text);
	applet_print("%s /\n", text);
}

static void
print_field(const struct field *f, unsigned value)
{
	char text[64];

	if (f->offset == ROOT_DEVICE)
		describe(value >> 8, value & 0xff, text, sizeof text);
	else
		snprintf(text, sizeof text, "%u", value);
	applet_print("%s %s\n", f->name, text);
}

/* Read or write 16 bits, little end first, of what is a boot sector. */
static void
access_image(const char *image, const struct field *f, long offset,
	const char *value)
{
	int fd = open(image, (value ? O_RDWR : O_RDONLY) | O_CLOEXEC);
	unsigned char word[2];
	unsigned n;

	if (fd < 0)
		applet_fail(errno, "%s", image);
	if (pread(fd, word, 2, BOOT_FLAG) != 2 || word[0] != 0x55 ||
	    word[1] != 0xaa)
		applet_fail(0, "%s: no kernel image of x86: it has no boot "
			"sector", image);
	if (!value) {
		if (pread(fd, word, 2, offset) != 2)
			applet_fail(0, "%s: nothing at %ld", image, offset);
		print_field(f, word[0] | (unsigned)word[1] << 8);
		close(fd);
		return;
	}
	n = f->offset == ROOT_DEVICE ? device_of(value) :
		(unsigned)number(value, 0xffff, "value of 16 bits");
	word[0] = (unsigned char)n;
	word[1] = (unsigned char)(n >> 8);
	if (pwrite(fd, word, 2, offset) != 2 || fsync(fd) < 0)
		applet_fail(errno, "write %s", image);
	close(fd);
}

int
rdev_main(int argc, char **argv)
{
	const struct field *f = &root;
	long offset = -1;
	int c;

	while ((c = getopt(argc, argv, "Rrvo:")) != -1)
		if (c == 'o')
			offset = number(optarg, 0xfffffff, "offset");
		else
			f = field_of(c);
	argc -= optind;
	argv += optind;
	if (argc > 3)
		usage();
	if (argc == 0) {
		print_own_root();
		return 0;
	}
	if (argc == 3)
		offset = number(argv[2], 0xfffffff, "offset");
	access_image(argv[0], f, offset < 0 ? (long)f->offset : offset,
		argc > 1 ? argv[1] : NULL);
	return 0;
}
