/* SPDX-License-Identifier: MIT */
/*
 * moddir.c - see moddir.h.
 */
#include <errno.h>
#include <fcntl.h>

#include "lib/dir.h"
#include "lib/log.h"
#include "lib/moddir.h"
#include "lib/text.h"

enum { PATH_SIZE = 128 };	/* a release has 65 bytes at most */

/* Name in e the release that the image has instead, if it has one. */
static int
fail_release(int root, const char *release, struct err *e)
{
	const char *name = NULL;
	struct dir d;

	if (dir_open(&d, root, "lib/modules") == 0 ||
	    dir_open(&d, root, "usr/lib/modules") == 0) {
		do
			name = dir_next(&d);
		while (name && name[0] == '.');
		dir_close(&d);
	}
	return name ? fail(e, 0, "this image has modules of %s, the kernel "
		"is %s", name, release) :
		fail(e, ENOENT, "lib/modules/%s", release);
}

int
moddir_open(int root, const char *release, struct err *e)
{
	static const char *const base[] = {
		"lib/modules/", "usr/lib/modules/"
	};
	char path[PATH_SIZE];
	int dir = -1;

	for (unsigned i = 0; dir < 0 && i < 2; i++)
		if (text_copy(path, sizeof path, base[i]) == 0 &&
		    text_append(path, sizeof path, release) == 0)
			dir = openat(root, path,
				O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return dir < 0 ? fail_release(root, release, e) : dir;
}

int
moddir_map(int dir, const char *index, struct file_map *map, struct err *e)
{
	if (file_map(dir, index, map, e) < 0)
		return -1;
	if (map->size > MODDIR_INDEX_LIMIT) {
		fail(e, EFBIG, "%s has %zu bytes, the limit is %d", index,
			map->size, MODDIR_INDEX_LIMIT);
		file_unmap(map);
		return -1;
	}
	if (map->size > 0 && map->data[map->size - 1] != '\n')
		say(LOG_WITHOUT, "%s is cut short: its last line has no end",
			index);
	return 0;
}
