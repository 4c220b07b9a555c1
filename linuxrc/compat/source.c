/* SPDX-License-Identifier: MIT */
/*
 * source.c - see source.h. The file of the kernel (drivers/base/initrd.c,
 * /sys/firmware/initrd) may refuse to be mapped: then it is copied.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compat/source.h"
#include "lib/cpio.h"
#include "lib/gz.h"
#include "lib/sys.h"

enum {
	COPY_SIZE = 65536,
	MAGIC_SIZE = 6		/* of an archive */
};

bool
source_is_there(int dir, const char *path)
{
	char head[RAMDISK_HEAD_SIZE];
	uint64_t ignored;
	ssize_t n;
	int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return false;
	n = read(fd, head, sizeof head);
	close(fd);
	return n > 0 && ramdisk_identify(head, (size_t)n, &ignored) !=
		RAMDISK_NONE;
}

/* 0, or -1 with errno. */
static int
copy(int from, int to)
{
	static char part[COPY_SIZE];
	ssize_t n;

	while ((n = read(from, part, sizeof part)) > 0)
		if (write(to, part, (size_t)n) != n)
			return -1;
	return n < 0 ? -1 : 0;
}

/* The size of what can be mapped, 0 for what cannot. */
static size_t
map(struct source *s)
{
	struct stat st;
	void *p;

	if (fstat(s->fd, &st) < 0 || st.st_size <= 0)
		return 0;
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, s->fd, 0);
	if (p == MAP_FAILED)
		return 0;
	s->data = p;
	return (size_t)st.st_size;
}

static int
map_copy(struct source *s)
{
	int fd = memfd_create("initrd", MFD_CLOEXEC);

	if (fd < 0 || copy(s->fd, fd) < 0) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	close(s->fd);
	s->fd = fd;
	s->size = map(s);
	return 0;
}

int
source_open(struct source *s, int dir, const char *path, struct err *e)
{
	s->data = NULL;
	s->at = 0;
	s->kind = RAMDISK_NONE;
	s->fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
	if (s->fd < 0)
		return fail(e, errno, "%s", s->name);
	s->size = map(s);
	if (s->size == 0 && map_copy(s) < 0)
		fail(e, errno, "read %s", s->name);
	else if (s->size == 0)
		fail(e, 0, "%s is empty", s->name);
	else
		return 0;
	source_close(s);
	return -1;
}

void
source_close(struct source *s)
{
	if (s->data)
		munmap((void *)(uintptr_t)s->data, s->size);
	if (s->fd >= 0)
		close(s->fd);
	s->data = NULL;
	s->fd = -1;
}

/* ------------------------------------------------------------------ find */

static int
find_at(struct source *s, int start_kib, struct err *e)
{
	uint64_t ignored;

	s->at = (size_t)start_kib * 1024;
	if (s->at < s->size)
		s->kind = ramdisk_identify(s->data + s->at, s->size - s->at,
			&ignored);
	if (s->kind == RAMDISK_NONE)
		return fail(e, 0, "no initrd image begins at KiB %d of %s "
			"(ramdisk_start=)", start_kib, s->name);
	return 0;
}

/* Behind the compressed archive that begins at scan->at, if it is one. */
static bool
pass_archive(struct ramdisk_scan *scan)
{
	const char *data = scan->data + scan->at;
	size_t size = scan->size - scan->at;
	struct gz_member member = { .fd = -1, .limit = UINT64_MAX };
	char first[MAGIC_SIZE];
	struct err ignored;

	if (!gz_peek(data, size, first, sizeof first) ||
	    !cpio_is(first, sizeof first) ||
	    gz_member(data, size, &member, &ignored) < 0)
		return false;
	scan->at += member.size;
	return true;
}

/* Always -1: what is there instead. */
static int
fail_find(const struct source *s, size_t at, struct err *e)
{
	char bytes[32] = "";
	size_t len = 0;

	for (size_t i = at; i < s->size && i < at + 8; i++)
		len += (size_t)snprintf(bytes + len, sizeof bytes - len,
			"%s%02x", len ? " " : "", (unsigned char)s->data[i]);
	fail(e, 0, "%s holds no initrd image of a known format", s->name);
	e->code = ENOENT;
	return bytes[0] ? hint(e, "at byte %zu of %zu stands %s", at, s->size,
		bytes) : -1;
}

int
source_find(struct source *s, int start_kib, struct err *e)
{
	struct ramdisk_scan scan = { .data = s->data, .size = s->size };
	size_t first = SIZE_MAX;	/* a compressed archive */
	unsigned archives = 0;		/* compressed ones */

	if (start_kib > 0)
		return find_at(s, start_kib, e);
	for (;;) {
		s->kind = ramdisk_next(&scan);
		s->at = scan.at;
		if (s->kind != RAMDISK_GZIP || !pass_archive(&scan))
			break;
		if (archives++ == 0)
			first = s->at;
	}
	if (s->kind != RAMDISK_NONE)
		return 0;
	if (scan.at < scan.size || archives + scan.archives != 1)
		return fail_find(s, scan.at, e);
	s->kind = archives ? RAMDISK_GZIP : RAMDISK_CPIO;
	s->at = archives ? first : 0;
	return 0;
}
