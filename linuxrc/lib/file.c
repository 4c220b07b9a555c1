/* SPDX-License-Identifier: MIT */
/*
 * file.c - see file.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/file.h"

/* Up to size bytes, as many as there are. */
static ssize_t
read_all(int fd, char *buf, size_t size)
{
	size_t got = 0;

	while (got < size) {
		ssize_t n = read(fd, buf + got, size - got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		got += (size_t)n;
	}
	return (ssize_t)got;
}

ssize_t
file_read(int dir, const char *path, char *buf, size_t size, struct err *e)
{
	int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return fail(e, errno, "%s", path);
	n = read_all(fd, buf, size);
	if (n < 0)
		fail(e, errno, "read %s", path);
	close(fd);
	if (n < 0) {
		buf[0] = '\0';
		return -1;
	}
	if ((size_t)n == size) {
		buf[0] = '\0';
		return fail(e, EFBIG, "%s is longer than %zu bytes", path,
			size - 1);
	}
	buf[n] = '\0';
	return n;
}

ssize_t
file_line(int dir, const char *path, char *buf, size_t size)
{
	int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
	ssize_t n;
	char *newline;

	buf[0] = '\0';
	if (fd < 0)
		return -1;
	n = read(fd, buf, size - 1);
	close(fd);
	if (n < 0)
		return -1;
	buf[n] = '\0';
	newline = memchr(buf, '\n', (size_t)n);
	if (newline) {
		*newline = '\0';
		n = newline - buf;
	}
	return n;
}

int
file_write(int dir, const char *path, const char *text, struct err *e)
{
	int fd = openat(dir, path, O_WRONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return fail(e, errno, "%s", path);
	n = write(fd, text, strlen(text));
	if (n < 0)
		fail(e, errno, "write %s to %s", text, path);
	close(fd);
	return n < 0 ? -1 : 0;
}

/*
 * Small files are read into this, which costs a third of a mapping and its
 * page fault: 8 thousand instructions each (indexes of an image for one
 * machine). It is given back as a whole.
 */
static struct {
	size_t used;
	unsigned files;
	char text[4096];
} small;

/* 1: read; 0: it is larger than what is left, or cannot be read. */
static int
read_small(int fd, struct file_map *map)
{
	size_t room = sizeof small.text - small.used;
	char *text = small.text + small.used;
	ssize_t n = read(fd, text, room);

	if (n < 0 || (size_t)n == room)
		return 0;
	small.used += (size_t)n;
	small.files += n > 0;
	map->data = n > 0 ? text : NULL;
	map->size = (size_t)n;
	return 1;
}

static int
map_large(int fd, struct file_map *map)
{
	struct stat st;
	void *data = NULL;

	if (fstat(fd, &st) < 0 || (st.st_size > 0 &&
	    (data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE,
	    fd, 0)) == MAP_FAILED))
		return -1;
	map->data = data;
	map->size = (size_t)st.st_size;
	return 0;
}

int
file_map(int dir, const char *path, struct file_map *map, struct err *e)
{
	int fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
	int result = 0;

	map->data = NULL;
	map->size = 0;
	if (fd < 0)
		return fail(e, errno, "%s", path);
	if (!read_small(fd, map) && map_large(fd, map) < 0)
		result = fail(e, errno, "map %s", path);
	close(fd);
	return result;
}

void
file_unmap(struct file_map *map)
{
	const char *end = small.text + sizeof small.text;

	if (map->data >= small.text && map->data < end) {
		if (--small.files == 0)
			small.used = 0;
	} else if (map->data) {
		munmap((void *)(uintptr_t)map->data, map->size);
	}
	map->data = NULL;
	map->size = 0;
}
