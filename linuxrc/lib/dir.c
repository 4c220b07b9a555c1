/* SPDX-License-Identifier: MIT */
/*
 * dir.c - see dir.h. Follows getdents64(2).
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "lib/dir.h"

enum { ENTRY_SIZE_MAX = 280 };	/* NAME_MAX and what is before it */

/* struct linux_dirent64, include/linux/dirent.h */
struct entry {
	uint64_t inode;
	int64_t offset;
	unsigned short size;	/* of this entry */
	unsigned char type;
	char name[];
};

int
dir_open(struct dir *d, int at, const char *path)
{
	d->at = d->len = 0;
	d->in_memory = false;
	d->fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return d->fd < 0 ? -1 : 0;
}

/* To hear that nothing is left costs a thousand instructions. */
static bool
is_last(const struct dir *d)
{
	return d->in_memory && d->len > 0 &&
		sizeof d->buffer - d->len >= ENTRY_SIZE_MAX;
}

static const struct entry *
next_entry(struct dir *d)
{
	const struct entry *entry;

	if (d->at >= d->len) {
		ssize_t n = is_last(d) ? 0 : getdents64(d->fd,
			(void *)d->buffer, sizeof d->buffer);

		if (n <= 0)
			return NULL;
		d->at = 0;
		d->len = (size_t)n;
	}
	entry = (const struct entry *)(const void *)(d->buffer + d->at);
	d->at += entry->size;
	return entry;
}

const char *
dir_next(struct dir *d)
{
	const struct entry *entry;

	while ((entry = next_entry(d))) {
		const char *name = entry->name;

		if (name[0] == '.' && (!name[1] ||
		    (name[1] == '.' && !name[2])))
			continue;
		d->type = entry->type;
		return name;
	}
	return NULL;
}

void
dir_close(struct dir *d)
{
	if (d->fd >= 0)
		close(d->fd);
	d->fd = -1;
}
