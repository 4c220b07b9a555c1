/* SPDX-License-Identifier: MIT */
/*
 * hardlink.c - see hardlink.h. The path of the first name may be something
 * else by now, if the archive wants to do harm: what is there has to be the
 * file that was made.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hardlink.h"
#include "memory.h"
#include "place.h"

static const struct hardlink *
find(const struct hardlinks *h, const struct cpio_entry *entry)
{
	if (entry->links < 2)
		return NULL;
	for (unsigned i = 0; i < h->count; i++)
		if (h->link[i].inode == entry->inode &&
		    h->link[i].dev_major == entry->dev_major &&
		    h->link[i].dev_minor == entry->dev_minor)
			return &h->link[i];
	return NULL;
}

static bool
is_still(const struct hardlink *link, int dir, const char *name)
{
	struct stat st;

	return fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		S_ISREG(st.st_mode) && st.st_dev == link->st_dev &&
		st.st_ino == link->st_ino;
}

bool
hardlink_make(const struct hardlinks *h, int root, int dir, const char *name,
	const struct cpio_entry *entry)
{
	const struct hardlink *link = find(h, entry);
	const char *first;
	bool made;
	int from;

	if (!link)
		return false;
	from = place_parent(root, link->path, false, &first);
	made = from >= 0 && is_still(link, from, first) &&
		linkat(from, first, dir, name, 0) == 0;
	if (from >= 0)
		close(from);
	return made && is_still(link, dir, name);
}

void
hardlink_remember(struct hardlinks *h, const char *path, int dir,
	const char *name, const struct cpio_entry *entry)
{
	struct stat st;

	if (entry->links < 2 || find(h, entry) ||
	    fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return;
	h->link = memory_more(h->link, h->count + 1, sizeof *h->link);
	h->link[h->count++] = (struct hardlink){ entry->inode,
		entry->dev_major, entry->dev_minor, memory_text("%s", path),
		st.st_dev, st.st_ino };
}

void
hardlink_forget(struct hardlinks *h)
{
	h->count = 0;
}
