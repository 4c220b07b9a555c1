/* SPDX-License-Identifier: MIT */
/*
 * attach.c - see attach.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/attach.h"
#include "lib/blk.h"
#include "lib/fstypes.h"
#include "lib/loop.h"
#include "lib/sys.h"
#include "lib/tags.h"
#include "lib/text.h"

enum { PATH_SIZE = sizeof "/dev/" + BLOCKDEV_NAME_SIZE };

const char *
attach_source(const struct blockdevs *b, const char *source, struct err *e)
{
	static char path[PATH_SIZE];
	char name[BLOCKDEV_NAME_SIZE], node[BLOCKDEV_NAME_SIZE];
	int found;

	if (!text_after(source, "LABEL=") && !text_after(source, "UUID=") &&
	    !text_after(source, "PARTLABEL=") &&
	    !text_after(source, "PARTUUID="))
		return source;
	found = tags_find(b, source, name, e);
	if (found == 0)
		fail(e, 0, "%.300s: no device has it", source);
	if (found <= 0)
		return NULL;
	blockdev_node(b->dev, name, node);
	snprintf(path, sizeof path, "/dev/%s", node);
	return path;
}

static bool
is_regular(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Put the file on a loop device, whose node goes to path; the fd that is
 * returned holds it. */
static int
attach_file(const struct blockdevs *b, const char *file,
	struct mountwords *o, char path[static PATH_SIZE], struct err *e)
{
	struct loop_source source = { .name = file, .offset = o->offset,
		.size = o->size, .read_only = (o->flags & MS_RDONLY) != 0 };
	char name[BLOCKDEV_NAME_SIZE];
	int fd;

	source.file = open(file, (source.read_only ? O_RDONLY : O_RDWR) |
		O_CLOEXEC);
	if (source.file < 0 && !source.read_only) {
		source.read_only = true;
		o->flags |= MS_RDONLY;
		source.file = open(file, O_RDONLY | O_CLOEXEC);
	}
	if (source.file < 0)
		return fail(e, errno, "%.300s", file);
	fd = loop_attach(b, &source, name, e);
	close(source.file);
	snprintf(path, PATH_SIZE, "/dev/%s", name);
	return fd;
}

/* The types to try: those given, else what is seen, else all. */
static int
find_types(const struct blockdevs *b, const char *given, const char *source,
	struct fstypes *types, struct err *e)
{
	struct blk_info info = { .type = "" };
	int fd;

	types->count = 0;
	if (strcmp(given, "auto") != 0)
		return fstypes_add(types, given, e);
	fd = open(source, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd >= 0) {
		blk_probe(fd, &info, e);
		close(fd);
	}
	return info.type[0] ? fstypes_add_seen(types, info.type, b->proc,
		e) :
		fstypes_add_registered(types, b->proc, e);
}

/* 0, or -1 with the errno of the most telling failure. */
static int
try_types(const char *source, const char *dir, const struct fstypes *types,
	const struct mountwords *o)
{
	int error = ENODEV;

	for (unsigned i = 0; i < types->count; i++) {
		if (sys_mount(source, dir, types->name[i], o->flags,
		    o->data) == 0)
			return 0;
		if (errno != ENODEV)
			error = errno;
		if (error != EINVAL && error != ENODEV)
			break;
	}
	errno = error;
	return -1;
}

static int
try(const char *source, const char *dir, const struct fstypes *types,
	struct mountwords *o, struct err *e)
{
	int result = try_types(source, dir, types, o);

	if (result < 0 && (errno == EROFS || errno == EACCES) &&
	    !(o->flags & MS_RDONLY)) {
		o->flags |= MS_RDONLY;
		result = try_types(source, dir, types, o);
	}
	if (result == 0)
		return 0;
	fail(e, errno, "%.300s on %.300s%s%s", source, dir,
		types->count == 1 ? " as " : "",
		types->count == 1 ? types->name[0] : "");
	if (e->code == ENODEV)
		hint(e, "this kernel has no driver for that type, or it is "
			"not loaded");
	return -1;
}

int
attach(const struct blockdevs *b, const struct attach_request *r,
	struct mountwords *o, struct err *e)
{
	static struct fstypes list;
	char path[PATH_SIZE];
	const char *source = attach_source(b, r->source, e);
	int loop = -1, result;

	if (!source)
		return -1;
	if (o->loop || (strcmp(r->types, "auto") == 0 && is_regular(source))) {
		loop = attach_file(b, source, o, path, e);
		if (loop < 0)
			return -1;
		source = path;
	}
	result = find_types(b, r->types, source, &list, e);
	if (result == 0)
		result = try(source, r->dir, &list, o, e);
	if (loop >= 0)
		close(loop);
	return result;
}
