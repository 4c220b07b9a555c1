/* SPDX-License-Identifier: MIT */
/*
 * number.c - see number.h. Deviation from the kernel's file: between an open
 * that truncates it and the write or close after it, it is empty.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compat/number.h"
#include "lib/file.h"
#include "lib/realroot.h"

static int
put(struct number *n)
{
	size_t len;

	snprintf(n->text, sizeof n->text, "%d\n", (int32_t)n->value);
	len = strlen(n->text);
	if (ftruncate(n->file, 0) < 0)
		return -1;
	return pwrite(n->file, n->text, len, 0) == (ssize_t)len ? 0 : -1;
}

int
number_begin(struct number *n, int file, const char *path, uint32_t value)
{
	n->file = file;
	n->value = value;
	n->written = false;
	n->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (n->watch >= 0 && inotify_add_watch(n->watch, path, IN_MODIFY |
	    IN_CLOSE_WRITE) < 0) {
		close(n->watch);
		n->watch = -1;
	}
	return put(n);
}

/* What has happened since it was looked at. */
static uint32_t
events(const struct number *n)
{
	_Alignas(struct inotify_event) char buffer[1024];
	const struct inotify_event *event;
	uint32_t all = 0;
	ssize_t len;

	while ((len = read(n->watch, buffer, sizeof buffer)) > 0)
		for (ssize_t at = 0; at < len;
		    at += (ssize_t)(sizeof *event + event->len)) {
			event = (const struct inotify_event *)(const void *)
				(buffer + at);
			all |= event->mask;
		}
	return all;
}

/* How a descriptor of the guest stands. */
struct descriptor {
	long long pos;
	bool append;
};

/* The first argument of the call that it has just ended, if that is a
 * descriptor of the file: as of write, pwrite, writev on every machine. */
static bool
find_writer(const struct number *n, int proc, pid_t pid,
	struct descriptor *d)
{
	char path[48], text[256];
	struct stat ours, its;
	struct err ignored;
	unsigned flags;
	long fd;

	snprintf(path, sizeof path, "%d/syscall", (int)pid);
	if (file_line(proc, path, text, sizeof text) <= 0 ||
	    sscanf(text, "%*d %li", &fd) != 1)
		return false;
	snprintf(path, sizeof path, "%d/fd/%d", (int)pid, (int)fd);
	if (fstat(n->file, &ours) < 0 || fstatat(proc, path, &its, 0) < 0 ||
	    ours.st_dev != its.st_dev || ours.st_ino != its.st_ino)
		return false;
	snprintf(path, sizeof path, "%d/fdinfo/%d", (int)pid, (int)fd);
	if (file_read(proc, path, text, sizeof text, &ignored) < 0 ||
	    sscanf(text, "pos: %lli flags: %o", &d->pos, &flags) != 2)
		return false;
	d->append = (flags & O_APPEND) != 0;
	return true;
}

/*
 * A write of size bytes to the file, which says text now. Behind the beginning
 * it does not count (sysctl_writes_strict), and O_APPEND means nothing to the
 * kernel's file. 0, or -1: no number.
 */
static int
take(struct number *n, const char *text, size_t size,
	const struct descriptor *d)
{
	size_t pos = d->pos > (long long)size ? (size_t)d->pos - size : 0;

	if (pos && !d->append)
		return 0;
	if (pos >= NUMBER_SIZE)
		return -1;
	if (size > NUMBER_SIZE - pos)
		size = NUMBER_SIZE - pos;
	return realroot_parse(text + pos, size, &n->value);
}

static bool
is_as_we_left_it(const struct number *n, const char *text, size_t len)
{
	return len == strlen(n->text) && memcmp(text, n->text, len) == 0;
}

bool
number_written(struct number *n, int proc, pid_t pid, int64_t result)
{
	uint32_t what = events(n);
	char text[NUMBER_SIZE] = "";
	ssize_t len = pread(n->file, text, sizeof text, 0);
	struct descriptor d;
	bool refused;

	if (len <= 0 || is_as_we_left_it(n, text, (size_t)len)) {
		n->written = false;
		if (len == 0)
			n->text[0] = '\0';
		if (len == 0 && what & IN_CLOSE_WRITE)
			put(n);
		return false;
	}
	n->written |= (what & IN_MODIFY) != 0;
	if (!n->written || result <= 0 || !find_writer(n, proc, pid,
	    &d))
		return false;
	refused = take(n, text, (size_t)result, &d) < 0;
	n->written = false;
	put(n);
	return refused;
}

void
number_end(struct number *n)
{
	struct stat st;

	if (fstat(n->file, &st) == 0 && st.st_size == 0)
		put(n);
}

uint32_t
number_read(const struct number *n)
{
	char text[NUMBER_SIZE];
	ssize_t len = pread(n->file, text, sizeof text, 0);
	uint32_t value = n->value;

	if (len > 0)
		realroot_parse(text, (size_t)len, &value);
	return value;
}
