/* SPDX-License-Identifier: MIT */
/*
 * umount - detach file systems: umount(8) of util-linux, with its exit
 * status 32 for what could not be unmounted. A target is a directory or the
 * device that is mounted there; /proc/self/mountinfo knows which.
 *
 * Deviations: no -A, -i, -O, -q; -n, -c and -v are accepted and do nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <linux/loop.h>

#include "lib/applet.h"
#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/sys.h"
#include "lib/text.h"

enum { MOUNTS_MAX = 1024, NOT_UNMOUNTED = 32 };

static struct {
	bool all, below, read_only, loops;
	int flags;			/* of umount2(2) */
	const char *types;		/* -t, or NULL */
} opt;

static struct mountinfo mounts[MOUNTS_MAX];
static unsigned count;

static void
read_mounts(void)
{
	static char buffer[MOUNTINFO_SIZE];
	char *text = buffer;
	struct err e;

	if (file_read(AT_FDCWD, "/proc/self/mountinfo", buffer, sizeof buffer,
	    &e) < 0)
		return;		/* without /proc, targets are directories */
	while (count < MOUNTS_MAX && mountinfo_next(&text, &mounts[count]))
		count++;
}

static void
free_loop(const char *source)
{
	int fd;

	if (!text_after(source, "/dev/loop"))
		return;
	fd = open(source, O_RDONLY | O_CLOEXEC);
	/* one with autoclear has gone already */
	if (fd >= 0)
		ioctl(fd, LOOP_CLR_FD);
	if (fd >= 0)
		close(fd);
}

/* 0, or the exit status of a failure that was spoken of. */
static int
detach(const char *dir, const char *source)
{
	struct err e;

	if (sys_umount(dir, opt.flags) == 0) {
		if (opt.loops)
			free_loop(source);
		return 0;
	}
	if (errno == EBUSY && opt.read_only && sys_mount(source, dir, NULL,
	    MS_REMOUNT | MS_RDONLY, NULL) == 0)
		return 0;
	if (errno == EINVAL)
		fail(&e, 0, "%s: not mounted", dir);
	else
		fail(&e, errno, "%s", dir);
	applet_warn(&e);
	return NOT_UNMOUNTED;
}

static bool
is_below(const char *path, const char *dir)
{
	const char *rest = text_after(path, strcmp(dir, "/") == 0 ? "" : dir);

	return rest && (*rest == '/' || *rest == '\0');
}

/* The mount that a target means: the topmost there, or NULL. */
static const struct mountinfo *
find(const char *target)
{
	static char path[PATH_MAX];

	if (!realpath(target, path))
		text_copy(path, sizeof path, target);
	for (unsigned i = count; i-- > 0;)
		if (strcmp(mounts[i].dir, path) == 0)
			return &mounts[i];
	for (unsigned i = count; i-- > 0;)
		if (strcmp(mounts[i].source, path) == 0 ||
		    strcmp(mounts[i].source, target) == 0)
			return &mounts[i];
	return NULL;
}

static int
detach_below(const char *dir)
{
	int status = 0;

	for (unsigned i = count; i-- > 0;)
		if (is_below(mounts[i].dir, dir))
			status |= detach(mounts[i].dir, mounts[i].source);
	return status;
}

static int
detach_target(const char *target)
{
	const struct mountinfo *m = find(target);

	if (!m)
		return detach(target, "");
	return opt.below ? detach_below(m->dir) : detach(m->dir, m->source);
}

/* -t: a comma list; "no" before it, or before each, means all others. */
static bool
is_wanted(const char *type)
{
	const char *list = opt.types, *word;
	bool inverted = list && text_after(list, "no");
	size_t len;

	for (; list && *list; list += len + (list[len] == ',')) {
		len = strcspn(list, ",");
		word = inverted && text_after(list, "no") ? list + 2 : list;
		if (strncmp(word, type, (size_t)(list + len - word)) == 0 &&
		    !type[list + len - word])
			return !inverted;
	}
	return !opt.types || inverted;
}

/* What -a leaves: the tools themselves need them, or they are nobody's. */
static bool
is_system(const char *type)
{
	static const char *const types[] = { "rootfs", "proc", "sysfs",
		"devtmpfs", "devpts", "rpc_pipefs", "nfsd" };

	for (unsigned i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(type, types[i]) == 0)
			return true;
	return false;
}

static int
detach_all(void)
{
	int status = 0;

	for (unsigned i = count; i-- > 0;)
		if (is_wanted(mounts[i].type) && (opt.types ||
		    !is_system(mounts[i].type)))
			status |= detach(mounts[i].dir, mounts[i].source);
	return status;
}

static void
take_options(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "all", no_argument, NULL, 'a' },
		{ "detach-loop", no_argument, NULL, 'd' },
		{ "force", no_argument, NULL, 'f' },
		{ "lazy", no_argument, NULL, 'l' },
		{ "no-mtab", no_argument, NULL, 'n' },
		{ "read-only", no_argument, NULL, 'r' },
		{ "recursive", no_argument, NULL, 'R' },
		{ "types", required_argument, NULL, 't' },
		{ "verbose", no_argument, NULL, 'v' },
		{ 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "acdflnrRt:v", longs, NULL)) != -1)
		switch (c) {
		case 'a':
			opt.all = true;
			break;
		case 'd':
			opt.loops = true;
			break;
		case 'f':
			opt.flags |= MNT_FORCE;
			break;
		case 'l':
			opt.flags |= MNT_DETACH;
			break;
		case 'r':
			opt.read_only = true;
			break;
		case 'R':
			opt.below = true;
			break;
		case 't':
			opt.types = optarg;
			break;
		case 'c':
		case 'n':
		case 'v':
			break;
		default:
			optind = argc + 1;
			return;
		}
}

int
umount_main(int argc, char **argv)
{
	int status = 0;

	take_options(argc, argv);
	if (optind > argc || (optind == argc) != opt.all)
		applet_usage("umount [-dflRr] TARGET... | "
			"umount -a [-dflr] [-t TYPE[,TYPE...]]");
	read_mounts();
	if (opt.all)
		return detach_all();
	for (; optind < argc; optind++)
		status |= detach_target(argv[optind]);
	return status;
}
