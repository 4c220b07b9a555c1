/* SPDX-License-Identifier: MIT */
/*
 * runlog.c - see runlog.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/dir.h"
#include "lib/log.h"
#include "lib/sys.h"
#include "runlog.h"

enum { PATH_SIZE = BASE_SIZE + 32 };

/* A /run of the real root: a directory, for a link would lead out of it. 1 it
 * is mounted, 0 it has to be, -1 there is none. */
static int
look_at_run(const struct boot *b, char path[static PATH_SIZE])
{
	struct stat run;

	snprintf(path, PATH_SIZE, "%s/run", b->root.dir);
	if (lstat(path, &run) < 0 || !S_ISDIR(run.st_mode))
		return -1;
	return (uint64_t)run.st_dev != b->root.st_dev;
}

static int
write_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, text, len);

		if (n <= 0)
			return -1;
		text += n;
		len -= (size_t)n;
	}
	return 0;
}

static int
leave_file(int dir, const char *name, const char *text, size_t len)
{
	int fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC |
		O_NOFOLLOW, 0644);
	int result = fd < 0 ? -1 : write_all(fd, text, len);

	if (fd >= 0)
		close(fd);
	return result;
}

static int
leave_both(const struct boot *b, const char *path)
{
	static char text[TIMELINE_TEXT_SIZE];
	int dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	int result;

	if (dir < 0)
		return -1;
	result = leave_file(dir, "log", b->logbook.text,
		logbook_length(&b->logbook));
	if (leave_file(dir, "timeline.json", text, timeline_write(
	    &b->timeline, text, sizeof text)) < 0)
		result = -1;
	close(dir);
	return result;
}

/* An empty directory is a place to mount on; what stands in another would be
 * hidden. */
static bool
is_empty(const char *path)
{
	struct dir d;
	bool empty = dir_open(&d, AT_FDCWD, path) == 0 && !dir_next(&d);

	dir_close(&d);
	return empty;
}

/* With linuxrc.log=auto. Old images get what the kernel gave them, which was
 * no mount, unless something went wrong or a person had a hand in it. */
static bool
is_wanted(const struct boot *b, const char *path, bool mounted)
{
	if (b->options.log == LOG_TO_RUN || mounted || b->logbook.failed > 0 ||
	    b->rescued)
		return true;
	return b->contract != CONTRACT_COMPAT && is_empty(path);
}

void
runlog_leave(const struct boot *b, int64_t start_us)
{
	char path[PATH_SIZE];
	int mounted = b->options.log == LOG_NOWHERE ? -1 :
		look_at_run(b, path);

	if (mounted < 0 || !is_wanted(b, path, mounted))
		return;
	if (!mounted && sys_mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV,
	    "mode=0755") < 0) {
		say(LOG_WITHOUT, "no log in /run: tmpfs: %s", strerror(errno));
		return;
	}
	timeline_add(TIMELINE_STEP, "hand over to init", start_us,
		timeline_now());
	strcat(path, "/linuxrc");
	if ((sys_mkdir(path, 0755) < 0 && errno != EEXIST) ||
	    leave_both(b, path) < 0)
		say(LOG_WITHOUT, "no log in /run/linuxrc: %s",
			strerror(errno));
}
