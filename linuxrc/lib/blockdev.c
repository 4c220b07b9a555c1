/* SPDX-License-Identifier: MIT */
/*
 * blockdev.c - see blockdev.h. Follows Documentation/ABI/stable/sysfs-block:
 * class/block/NAME/dev is "MAJOR:MINOR", dev/block/MAJOR:MINOR is a link
 * whose last component is NAME.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "lib/blockdev.h"
#include "lib/file.h"
#include "lib/sys.h"
#include "lib/text.h"

enum { SYS_PATH_SIZE = 64 };

static void
replace(char *s, char from, char to)
{
	for (; (s = strchr(s, from)); s++)
		*s = to;
}

int
blockdev_kernel_name(char name[static BLOCKDEV_NAME_SIZE], const char *path)
{
	if (text_copy(name, BLOCKDEV_NAME_SIZE, path) < 0)
		return -1;
	replace(name, '/', '!');
	return 0;
}

int
blockdev_walk_open(struct blockdev_walk *w, const struct blockdevs *b,
	struct err *e)
{
	w->line = NULL;
	w->dir.fd = -1;
	if (b->sys >= 0 && dir_open(&w->dir, b->sys, "class/block") == 0)
		return 0;
	if (b->proc < 0)
		return fail(e, ENOENT, "no /sys/class/block, no "
			"/proc/partitions");
	if (file_read(b->proc, "partitions", w->text, sizeof w->text, e) < 0)
		return -1;
	w->line = w->text;
	return 0;
}

/* One line "major minor #blocks name" of /proc/partitions; its heading and
 * the empty line below are none. */
static bool
parse_line(const char *line, unsigned *major, unsigned *minor,
	char name[static BLOCKDEV_NAME_SIZE])
{
	if (!isdigit((unsigned char)line[strspn(line, " ")]) ||
	    sscanf(line, "%u %u %*u %31s", major, minor, name) != 3)
		return false;
	replace(name, '/', '!');
	return true;
}

static const char *
next_line(const char *line)
{
	line = strchr(line, '\n');
	return line ? line + 1 : NULL;
}

bool
blockdev_walk_next(struct blockdev_walk *w,
	char name[static BLOCKDEV_NAME_SIZE])
{
	const char *entry;

	while (w->dir.fd >= 0 && (entry = dir_next(&w->dir)))
		if (text_copy(name, BLOCKDEV_NAME_SIZE, entry) == 0)
			return true;
	while (w->line) {
		const char *line = w->line;
		unsigned major, minor;

		w->line = next_line(line);
		if (parse_line(line, &major, &minor, name))
			return true;
	}
	return false;
}

void
blockdev_walk_close(struct blockdev_walk *w)
{
	dir_close(&w->dir);
}

void
blockdev_node(int dev, const char *name, char path[static BLOCKDEV_NAME_SIZE])
{
	text_copy(path, BLOCKDEV_NAME_SIZE, name);
	if (!strchr(path, '!'))
		return;
	replace(path, '!', '/');
	if (faccessat(dev, path, F_OK, 0) < 0)
		text_copy(path, BLOCKDEV_NAME_SIZE, name);
}

/* Look for a line of /proc/partitions by name or, when that is empty, by
 * number; what was missing is filled in. */
static bool
in_proc(const struct blockdevs *b, char name[static BLOCKDEV_NAME_SIZE],
	unsigned *major, unsigned *minor)
{
	static char text[BLOCKDEV_LIST_SIZE];
	char found[BLOCKDEV_NAME_SIZE];
	unsigned ma, mi;
	struct err ignored;
	const char *line;

	if (b->proc < 0 || file_read(b->proc, "partitions", text,
	    sizeof text, &ignored) < 0)
		return false;
	for (line = text; line; line = next_line(line)) {
		if (!parse_line(line, &ma, &mi, found))
			continue;
		if (name[0] ? strcmp(found, name) == 0 :
		    ma == *major && mi == *minor) {
			*major = ma;
			*minor = mi;
			return text_copy(name, BLOCKDEV_NAME_SIZE,
				found) == 0;
		}
	}
	return false;
}

/* The number as the kernel says it. */
static bool
number_of(const struct blockdevs *b, const char *name, unsigned *major,
	unsigned *minor)
{
	char path[SYS_PATH_SIZE], text[24], copy[BLOCKDEV_NAME_SIZE];

	if (b->sys < 0)
		return text_copy(copy, sizeof copy, name) == 0 &&
			in_proc(b, copy, major, minor);
	snprintf(path, sizeof path, "class/block/%s/dev", name);
	return file_line(b->sys, path, text, sizeof text) > 0 &&
		sscanf(text, "%u:%u", major, minor) == 2;
}

/* The name of the device with this number, from the link in /sys. */
static bool
sysfs_name(const struct blockdevs *b, unsigned major, unsigned minor,
	char name[static BLOCKDEV_NAME_SIZE])
{
	char path[SYS_PATH_SIZE], target[1024];
	const char *base;
	ssize_t n;

	snprintf(path, sizeof path, "dev/block/%u:%u", major, minor);
	n = readlinkat(b->sys, path, target, sizeof target - 1);
	if (n <= 0)
		return false;
	target[n] = '\0';
	base = strrchr(target, '/');
	return base && text_copy(name, BLOCKDEV_NAME_SIZE, base + 1) == 0;
}

/* Make the node, in place of what has its name. */
static int
make_node(const struct blockdevs *b, const char *name, unsigned major,
	unsigned minor)
{
	char path[BLOCKDEV_NAME_SIZE];

	if (b->look_only)
		return 0;
	blockdev_node(b->dev, name, path);
	if (sys_mknod(b->dev, path, S_IFBLK | 0600, major, minor) == 0)
		return 0;
	if (errno != EEXIST || sys_unlink(b->dev, path, 0) < 0)
		return -1;
	return sys_mknod(b->dev, path, S_IFBLK | 0600, major, minor);
}

bool
blockdev_find(const struct blockdevs *b, const char *name, unsigned *major,
	unsigned *minor)
{
	char path[BLOCKDEV_NAME_SIZE], real[BLOCKDEV_NAME_SIZE];
	struct stat st;

	blockdev_node(b->dev, name, path);
	if (fstatat(b->dev, path, &st, 0) < 0) {
		if (!number_of(b, name, major, minor))
			return false;
		make_node(b, name, *major, *minor);
		return true;
	}
	if (!S_ISBLK(st.st_mode))	/* tests have image files there */
		return number_of(b, name, major, minor);
	*major = major(st.st_rdev);
	*minor = minor(st.st_rdev);
	if (b->sys < 0 || (sysfs_name(b, *major, *minor, real) &&
	    strcmp(real, name) == 0))
		return true;
	/* A node of a static /dev: its driver may have another number now. */
	if (!number_of(b, name, major, minor))
		return false;
	make_node(b, name, *major, *minor);
	return true;
}

bool
blockdev_find_number(const struct blockdevs *b, unsigned major,
	unsigned minor, char name[static BLOCKDEV_NAME_SIZE])
{
	int fd;

	name[0] = '\0';
	if (b->sys >= 0 ? sysfs_name(b, major, minor, name) :
	    in_proc(b, name, &major, &minor))
		return blockdev_find(b, name, &major, &minor);
	if (b->sys >= 0)
		return false;
	snprintf(name, BLOCKDEV_NAME_SIZE, "%u:%u", major, minor);
	if (make_node(b, name, major, minor) < 0)
		return false;
	fd = blockdev_open(b, name);
	if (fd < 0)
		return false;
	close(fd);
	return true;
}

static int
open_node(const struct blockdevs *b, const char *name)
{
	char path[BLOCKDEV_NAME_SIZE];

	blockdev_node(b->dev, name, path);
	return openat(b->dev, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

int
blockdev_open(const struct blockdevs *b, const char *name)
{
	unsigned major, minor;
	int fd = open_node(b, name);

	if (fd >= 0 || (errno != ENOENT && errno != ENXIO) ||
	    !blockdev_find(b, name, &major, &minor))
		return fd;
	return open_node(b, name);
}

/* "ram0" for "ram": a name with a number behind it. */
static bool
numbered(const char *name, const char *kind)
{
	const char *rest = text_after(name, kind);

	return rest && isdigit((unsigned char)*rest);
}

bool
blockdev_never_by_tag(const char *name)
{
	return numbered(name, "ram") || numbered(name, "fd");
}

static bool
ends_in_digit(const char *s)
{
	size_t len = strlen(s);

	return len > 0 && isdigit((unsigned char)s[len - 1]);
}

int
blockdev_partition(const char *disk, unsigned number,
	char name[static BLOCKDEV_NAME_SIZE])
{
	int n = number == 0 ?
		snprintf(name, BLOCKDEV_NAME_SIZE, "%s", disk) :
		snprintf(name, BLOCKDEV_NAME_SIZE, "%s%s%u", disk,
			ends_in_digit(disk) ? "p" : "", number);

	return n < BLOCKDEV_NAME_SIZE ? 0 : -1;
}

bool
blockdev_is_partition_of(const char *name, const char *disk)
{
	const char *rest = text_after(name, disk);

	if (!rest || (ends_in_digit(disk) && *rest++ != 'p'))
		return false;
	return *rest != '\0' && *rest != '0' &&
		rest[strspn(rest, "0123456789")] == '\0';
}

bool
blockdev_split(const char *name, char disk[static BLOCKDEV_NAME_SIZE],
	unsigned *number)
{
	size_t len = strlen(name);
	long n;

	while (len > 0 && isdigit((unsigned char)name[len - 1]))
		len--;
	if (len == 0 || text_number(name + len, 10, 1, INT_MAX, &n) < 0 ||
	    text_copy(disk, BLOCKDEV_NAME_SIZE, name) < 0)
		return false;
	disk[len] = '\0';
	if (len > 1 && disk[len - 1] == 'p' &&
	    isdigit((unsigned char)disk[len - 2]))
		disk[len - 1] = '\0';
	*number = (unsigned)n;
	return blockdev_is_partition_of(name, disk);
}

bool
blockdev_is_partition(const struct blockdevs *b, const char *name)
{
	char disk[BLOCKDEV_NAME_SIZE];
	unsigned number, major, minor;

	return blockdev_split(name, disk, &number) &&
		number_of(b, disk, &major, &minor);
}
