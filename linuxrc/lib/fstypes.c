/* SPDX-License-Identifier: MIT */
/*
 * fstypes.c - see fstypes.h. The order is init/do_mounts.c's.
 */
#include <errno.h>
#include <string.h>

#include "lib/file.h"
#include "lib/fstypes.h"

enum { FILESYSTEMS_SIZE = 4096 };	/* /proc/filesystems: 200 types */

/* Types that another driver takes as well. */
static const struct {
	const char *type, *driver;
} substitutes[] = {
	{ "ext2", "ext4" }, { "ext3", "ext4" }, { "ntfs", "ntfs3" }
};

static int
add_type(struct fstypes *types, const char *name, size_t len, struct err *e)
{
	if (len == 0)
		return 0;
	if (len >= FSTYPES_NAME_SIZE)
		return fail(e, 0, "rootfstype=: %.*s is longer than the "
			"name of any type", (int)(len > 64 ? 64 : len), name);
	if (types->count == FSTYPES_MAX)
		return fail(e, E2BIG, "more than %d types of file systems",
			FSTYPES_MAX);
	memcpy(types->name[types->count], name, len);
	types->name[types->count++][len] = '\0';
	return 0;
}

int
fstypes_add(struct fstypes *types, const char *list, struct err *e)
{
	size_t len;

	for (;; list += len + 1) {
		len = strcspn(list, ",");
		if (add_type(types, list, len, e) < 0)
			return -1;
		if (list[len] == '\0')
			return 0;
	}
}

int
fstypes_add_seen(struct fstypes *types, const char *type, struct err *e)
{
	if (add_type(types, type, strlen(type), e) < 0)
		return -1;
	for (size_t i = 0; i < sizeof substitutes / sizeof substitutes[0]; i++)
		if (strcmp(type, substitutes[i].type) == 0)
			return fstypes_add(types, substitutes[i].driver, e);
	return 0;
}

/* "\text4" is a type for block devices, "nodev\ttmpfs" is not. */
int
fstypes_add_registered(struct fstypes *types, int proc, struct err *e)
{
	static char text[FILESYSTEMS_SIZE];
	const char *line = text;
	size_t len;

	if (proc < 0)
		return fail(e, 0, "no /proc: give rootfstype=");
	if (file_read(proc, "filesystems", text, sizeof text, e) < 0)
		return -1;
	for (; *line; line += len + (line[len] == '\n')) {
		len = strcspn(line, "\n");
		if (line[0] == '\t' && add_type(types, line + 1, len - 1,
		    e) < 0)
			return -1;
	}
	return 0;
}
