/* SPDX-License-Identifier: MIT */
/*
 * holder.c - see holder.h.
 */
#include <stdio.h>

#include "lib/dir.h"
#include "lib/holder.h"
#include "lib/text.h"

enum { HOLDERS_PATH_SIZE = sizeof "class/block//holders" + BLOCKDEV_NAME_SIZE };

bool
holder_is_name(const char *name)
{
	return text_after(name, "dm-") || text_after(name, "md") ||
		text_after(name, "bcache");
}

static bool
first_of(int sys, const char *name, char holder[static BLOCKDEV_NAME_SIZE])
{
	char path[HOLDERS_PATH_SIZE];
	const char *entry;
	struct dir d;
	bool found;

	snprintf(path, sizeof path, "class/block/%.31s/holders", name);
	if (dir_open(&d, sys, path) < 0)
		return false;
	entry = dir_next(&d);
	found = entry && text_copy(holder, BLOCKDEV_NAME_SIZE, entry) == 0;
	dir_close(&d);
	return found;
}

bool
holder_find(const struct blockdevs *b, const char *name,
	char holder[static BLOCKDEV_NAME_SIZE])
{
	char disk[BLOCKDEV_NAME_SIZE];
	unsigned number;

	if (b->sys < 0)
		return false;
	return first_of(b->sys, name, holder) ||
		(blockdev_split(name, disk, &number) &&
		first_of(b->sys, disk, holder));
}
