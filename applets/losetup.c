/* SPDX-License-Identifier: MIT */
/*
 * losetup - files as block devices: losetup(8) of util-linux. A device of
 * this one goes away with its last user unless it was named.
 *
 * Deviations: no -J, -O, -b, --direct-io; -l, and no argument, print what -a
 * does.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <linux/loop.h>

#include "lib/applet.h"
#include "lib/file.h"
#include "lib/loop.h"
#include "lib/tags.h"
#include "lib/text.h"

enum { PATH_SIZE = sizeof "/dev/" + BLOCKDEV_NAME_SIZE };

static struct {
	bool all, free, show, read_only, detach, detach_all, resize, partitions,
		at_offset;
	const char *of;		/* show devices of this file only ... */
	struct stat file;	/* ... which is this one */
	uint64_t offset, size;
} opt;

static struct blockdevs here;

static noreturn void
usage(void)
{
	applet_usage("losetup [-a] | losetup LOOPDEV | "
		"losetup -j FILE [-o OFFSET] | losetup -d LOOPDEV... | "
		"losetup -D | losetup -c LOOPDEV | losetup -f | "
		"losetup [-rP] [-o OFFSET] [--sizelimit SIZE] "
		"-f [--show]|LOOPDEV FILE");
}

static int
open_loop(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		applet_fail(errno, "%s", path);
	return fd;
}

/* -j: a file is its device and inode, whatever name it was given by. */
static bool
is_wanted(const struct loop_info64 *info)
{
	return !opt.of || (info->lo_device == opt.file.st_dev &&
		info->lo_inode == opt.file.st_ino &&
		(!opt.at_offset || info->lo_offset == opt.offset));
}

/* The whole path is in sysfs only (since 2.6.37): the ioctl cuts it. */
static const char *
file_of(const char *path, struct loop_info64 *info)
{
	static char text[PATH_MAX];
	char attribute[PATH_SIZE + 32];

	snprintf(attribute, sizeof attribute, "block/%s/loop/backing_file",
		text_after(path, "/dev/"));
	info->lo_file_name[LO_NAME_SIZE - 1] = '\0';
	return here.sys >= 0 && file_line(here.sys, attribute, text,
		sizeof text) > 0 ? text : (const char *)info->lo_file_name;
}

/* "/dev/loop0: [2049]:12 (/images/a), offset 512, sizelimit 4096" */
static bool
print_status(const char *path)
{
	int fd = open_loop(path);
	struct loop_info64 info;
	bool used = ioctl(fd, LOOP_GET_STATUS64, &info) == 0;

	close(fd);
	if (!used || !is_wanted(&info))
		return false;
	applet_print("%s: [%04llu]:%llu (%s)", path,
		(unsigned long long)info.lo_device,
		(unsigned long long)info.lo_inode, file_of(path, &info));
	if (info.lo_offset)
		applet_print(", offset %llu",
			(unsigned long long)info.lo_offset);
	if (info.lo_sizelimit)
		applet_print(", sizelimit %llu",
			(unsigned long long)info.lo_sizelimit);
	applet_print("\n");
	return true;
}

static bool
is_loop(const char *name)
{
	const char *number = text_after(name, "loop");
	long n;

	return number && text_number(number, 10, 0, INT32_MAX, &n) == 0;
}

/* Do this with every loop device that there is. */
static void
for_all(void (*what)(const char *path))
{
	static struct tags_devices all;
	char path[PATH_SIZE];
	struct err e;

	if (tags_devices(&here, &all, &e) < 0)
		applet_die(&e);
	for (unsigned i = 0; i < all.count; i++)
		if (is_loop(all.name[i])) {
			snprintf(path, sizeof path, "/dev/%s", all.name[i]);
			what(path);
		}
}

static void
detach(const char *path)
{
	int fd = open_loop(path);

	if (ioctl(fd, LOOP_CLR_FD) < 0)
		applet_fail(errno, "detach %s", path);
	close(fd);
}

static void
show_if_used(const char *path)
{
	print_status(path);
}

static void
detach_if_used(const char *path)
{
	struct loop_info64 info;
	int fd = open_loop(path);

	if (ioctl(fd, LOOP_GET_STATUS64, &info) == 0 &&
	    ioctl(fd, LOOP_CLR_FD) < 0)
		applet_fail(errno, "detach %s", path);
	close(fd);
}

/* The new size of the file, after it has grown. */
static void
resize(const char *path)
{
	int fd = open_loop(path);

	if (ioctl(fd, LOOP_SET_CAPACITY, 0L) < 0)
		applet_fail(errno, "%s", path);
	close(fd);
}

static void
print_free(void)
{
	int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);
	int number = control < 0 ? -1 : ioctl(control, LOOP_CTL_GET_FREE);

	if (number < 0)
		applet_fail(errno, "/dev/loop-control");
	applet_print("/dev/loop%d\n", number);
	close(control);
}

/* What is set up here stays until it is detached. */
static void
keep(int fd)
{
	struct loop_info64 info;

	if (ioctl(fd, LOOP_GET_STATUS64, &info) < 0)
		applet_fail(errno, "status of the loop device");
	info.lo_flags &= ~(unsigned)LO_FLAGS_AUTOCLEAR;
	if (opt.partitions)
		info.lo_flags |= LO_FLAGS_PARTSCAN;
	if (ioctl(fd, LOOP_SET_STATUS64, &info) < 0)
		applet_fail(errno, "keep the loop device");
}

/* device is "" for a free one. */
static void
set_up(const char *device, const char *path)
{
	struct loop_source source = { .name = path, .offset = opt.offset,
		.size = opt.size, .read_only = opt.read_only };
	char name[BLOCKDEV_NAME_SIZE];
	const char *wanted = text_after(device, "/dev/");
	struct err e;
	int fd;

	source.file = open(path, (opt.read_only ? O_RDONLY : O_RDWR) |
		O_CLOEXEC);
	if (source.file < 0 && (errno == EROFS || errno == EACCES)) {
		source.read_only = true;
		source.file = open(path, O_RDONLY | O_CLOEXEC);
	}
	if (source.file < 0)
		applet_fail(errno, "%s", path);
	if (device[0] && (!wanted || text_copy(name, sizeof name,
	    wanted) < 0 || !is_loop(name)))
		applet_fail(0, "%s: no loop device", device);
	fd = device[0] ? loop_attach_to(&here, &source, name, &e) :
		loop_attach(&here, &source, name, &e);
	if (fd < 0)
		applet_die(&e);
	keep(fd);
	if (opt.show)
		applet_print("/dev/%s\n", name);
	close(fd);
	close(source.file);
}

static uint64_t
bytes(const char *text)
{
	static const char units[] = "KMGT";
	unsigned long long n;
	const char *unit;
	unsigned shift;
	char *end;

	errno = 0;
	n = strtoull(text, &end, 10);
	unit = *end ? strchr(units, *end) : NULL;
	shift = unit ? 10 * (unsigned)(unit - units + 1) : 0;
	if (!isdigit((unsigned char)text[0]) || errno ||
	    (*end && (!unit || end[1])) || n > UINT64_MAX >> shift)
		applet_fail(0, "%s: no size in bytes, or with K, M, G, T",
			text);
	return n << shift;
}

static void
take_options(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "all", no_argument, NULL, 'a' },
		{ "list", no_argument, NULL, 'l' },
		{ "set-capacity", no_argument, NULL, 'c' },
		{ "detach", no_argument, NULL, 'd' },
		{ "detach-all", no_argument, NULL, 'D' },
		{ "find", no_argument, NULL, 'f' },
		{ "associated", required_argument, NULL, 'j' },
		{ "offset", required_argument, NULL, 'o' },
		{ "partscan", no_argument, NULL, 'P' },
		{ "read-only", no_argument, NULL, 'r' },
		{ "show", no_argument, NULL, 's' },
		{ "sizelimit", required_argument, NULL, 'S' },
		{ 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "alcdDfj:o:Pr", longs, NULL)) != -1)
		switch (c) {
		case 'a':
		case 'l':
			opt.all = true;
			break;
		case 'c':
			opt.resize = true;
			break;
		case 'd':
			opt.detach = true;
			break;
		case 'D':
			opt.detach_all = true;
			break;
		case 'f':
			opt.free = true;
			break;
		case 'j':
			opt.of = optarg;
			break;
		case 'o':
			opt.at_offset = true;
			opt.offset = bytes(optarg);
			break;
		case 'P':
			opt.partitions = true;
			break;
		case 'r':
			opt.read_only = true;
			break;
		case 's':
			opt.show = true;
			break;
		case 'S':
			opt.size = bytes(optarg);
			break;
		default:
			usage();
		}
}

/* What each device that is named is for; NULL: it is none of these. */
static bool
run_on_each(int count, char **paths)
{
	void (*what)(const char *) = opt.detach ? detach :
		opt.resize ? resize : NULL;

	if (!what)
		return false;
	if (count == 0)
		usage();
	for (int i = 0; i < count; i++)
		what(paths[i]);
	return true;
}

int
losetup_main(int argc, char **argv)
{
	take_options(argc, argv);
	tags_here(&here);
	argc -= optind;
	argv += optind;
	/* a file that is not there has none, which is no failure */
	if (run_on_each(argc, argv) || (opt.of && stat(opt.of, &opt.file) < 0))
		return 0;
	if (opt.detach_all)
		for_all(detach_if_used);
	else if (opt.free && argc == 0)
		print_free();
	else if (opt.free && argc == 1)
		set_up("", argv[0]);
	else if (argc == 2 && !opt.free)
		set_up(argv[0], argv[1]);
	else if (argc == 1 && !print_status(argv[0]))
		applet_fail(0, "%s: not set up", argv[0]);
	else if (argc == 0)
		for_all(show_if_used);
	else if (argc != 1)
		usage();
	return 0;
}
