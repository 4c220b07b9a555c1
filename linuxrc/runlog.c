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

#include "lib/log.h"
#include "lib/mountpoint.h"
#include "lib/sys.h"
#include "runlog.h"

enum { PATH_SIZE = BASE_SIZE + 32 };

struct run {
	char path[PATH_SIZE];
	bool mounted;
	bool holds;		/* directories, which a mount would hide */
};

/* The /run of the real root. False: there is none, or a link, which would lead
 * out of it. To learn whether it is empty it would have to be read from the
 * disk, for which everything would wait; what its inode says is known. */
static bool
look_at_run(const struct boot *b, struct run *run)
{
	struct stat st;

	snprintf(run->path, sizeof run->path, "%s/run", b->root.dir);
	if (lstat(run->path, &st) < 0 || !S_ISDIR(st.st_mode))
		return false;
	run->mounted = mountpoint_at(run->path);
	run->holds = st.st_nlink > 2;
	return true;
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

/* With linuxrc.log=auto. Old images get what the kernel gave them, which was
 * no mount, unless something went wrong or a person had a hand in it. */
static bool
is_wanted(const struct boot *b, const struct run *run)
{
	if (b->options.log == LOG_TO_RUN || run->mounted ||
	    b->logbook.failed > 0 || b->rescued)
		return true;
	return b->contract != CONTRACT_COMPAT && !run->holds;
}

void
runlog_leave(const struct boot *b, int64_t start_us)
{
	struct run run;

	if (b->options.log == LOG_NOWHERE || !look_at_run(b, &run) ||
	    !is_wanted(b, &run))
		return;
	if (!run.mounted && sys_mount("tmpfs", run.path, "tmpfs", MS_NOSUID |
	    MS_NODEV, "mode=0755") < 0) {
		say(LOG_WITHOUT, "no log in /run: tmpfs: %s", strerror(errno));
		return;
	}
	timeline_add(TIMELINE_STEP, "hand over to init", start_us,
		timeline_now());
	strcat(run.path, "/linuxrc");
	/* a linuxrc that was the guest of this one has left its own */
	if ((sys_mkdir(run.path, 0755) < 0 && errno != EEXIST) ||
	    (leave_both(b, run.path) < 0 && errno != EEXIST))
		say(LOG_WITHOUT, "no log in /run/linuxrc: %s",
			strerror(errno));
}
