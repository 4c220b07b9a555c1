/* SPDX-License-Identifier: MIT */
/*
 * out.c - see out.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "memory.h"
#include "out.h"
#include "sink.h"
#include "temp.h"

static int
open_device(struct out *o, mode_t mode, struct err *e)
{
	/* O_EXCL: not one that carries a mounted file system */
	int flags = O_WRONLY | O_CLOEXEC | (S_ISBLK(mode) ? O_EXCL : 0);

	o->device = open(o->path, flags);
	if (o->device < 0) {
		fail(e, errno, "%s", o->path);
		return errno == EBUSY ? hint(e, "it is in use: unmount it "
			"first") : -1;
	}
	o->fd = temp_file(e);
	return o->fd < 0 ? -1 : 0;
}

/* Permissions: those of the file that is replaced, else the usual ones. */
static mode_t
mode_for(const struct stat *st)
{
	mode_t mask;

	if (st)
		return st->st_mode & 0777;
	mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* old: what is there now, or NULL. */
static int
open_file(struct out *o, const struct stat *old, struct err *e)
{
	const char *slash;

	o->place = old ? realpath(o->path, NULL) : memory_text("%s", o->path);
	if (!o->place)
		return fail(e, errno, "%s", o->path);
	slash = strrchr(o->place, '/');
	o->temp = memory_text("%.*s.%s.XXXXXX", slash ?
		(int)(slash + 1 - o->place) : 0, o->place,
		slash ? slash + 1 : o->place);
	o->fd = mkostemp(o->temp, O_CLOEXEC);
	if (o->fd < 0)
		return fail(e, errno, "%s: make a file in its directory",
			o->path);
	temp_remove(o->temp);
	if (fchmod(o->fd, mode_for(old)) < 0)
		return fail(e, errno, "%s: permissions", o->path);
	return 0;
}

int
out_open(struct out *o, const char *path, struct err *e)
{
	struct stat st;

	*o = (struct out){ .path = path, .fd = -1, .device = -1 };
	if (stat(path, &st) < 0) {
		if (errno != ENOENT)
			return fail(e, errno, "%s", path);
		if (lstat(path, &st) == 0)
			return fail(e, ENOENT, "%s is a link to something "
				"that is not there", path);
		return open_file(o, NULL, e);
	}
	if (S_ISDIR(st.st_mode))
		return fail(e, EISDIR, "%s", path);
	if (S_ISREG(st.st_mode))
		return open_file(o, &st, e);
	return open_device(o, st.st_mode, e);
}

/* The image of size bytes, from its temporary file. */
static int
fill_device(struct out *o, off_t size, struct err *e)
{
	off_t room = lseek(o->device, 0, SEEK_END);
	struct sink s;

	/* a pipe or a character device has no size */
	if (room > 0 && size > room)
		return fail(e, 0, "%s has %lld bytes, the image %lld: nothing "
			"was written", o->path, (long long)room,
			(long long)size);
	if ((room >= 0 && lseek(o->device, 0, SEEK_SET) < 0) ||
	    lseek(o->fd, 0, SEEK_SET) < 0)
		return fail(e, errno, "%s", o->path);
	if (sink_open(&s, o->device, SQUEEZE_NONE, e) < 0 ||
	    sink_file(&s, o->fd, e) < 0)
		return hint(e, "%s", o->path);
	if (fsync(o->device) < 0 && errno != EINVAL && errno != EROFS)
		return fail(e, errno, "write %s", o->path);
	return 0;
}

int
out_commit(struct out *o, struct err *e)
{
	off_t size = lseek(o->fd, 0, SEEK_END);

	if (size < 0)
		return fail(e, errno, "%s", o->path);
	if (o->device >= 0)
		return fill_device(o, size, e);
	if (fsync(o->fd) < 0)
		return fail(e, errno, "write %s", o->path);
	if (rename(o->temp, o->place) < 0)
		return fail(e, errno, "rename %s to %s", o->temp, o->place);
	temp_keep();
	return 0;
}
