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

/* The text of /proc/filesystems for next_registered(). */
static const char *
read_registered(int proc, struct err *e)
{
	static char text[FILESYSTEMS_SIZE];

	if (proc < 0)
		fail(e, 0, "no /proc: give rootfstype=");
	else if (file_read(proc, "filesystems", text, sizeof text, e) >= 0)
		return text;
	return NULL;
}

/* The next type for block devices, its length in len: "\text4" is one,
 * "nodev\ttmpfs" is not. NULL at the end. */
static const char *
next_registered(const char **at, size_t *len)
{
	const char *line;

	while (*(line = *at)) {
		*len = strcspn(line, "\n");
		*at += *len + (line[*len] == '\n');
		if (line[0] == '\t') {
			--*len;
			return line + 1;
		}
	}
	return NULL;
}

/* Those of the list from first on that the kernel knows come first, in the
 * order in which it would try them. */
static void
order(struct fstypes *types, unsigned first, int proc)
{
	char moved[FSTYPES_NAME_SIZE];
	struct err ignored;
	const char *at = read_registered(proc, &ignored), *name;
	size_t len;

	while (at && (name = next_registered(&at, &len)))
		for (unsigned i = first; i < types->count; i++) {
			if (strlen(types->name[i]) != len ||
			    memcmp(types->name[i], name, len) != 0)
				continue;
			memcpy(moved, types->name[i], sizeof moved);
			memmove(types->name[first + 1], types->name[first],
				(i - first) * sizeof moved);
			memcpy(types->name[first++], moved, sizeof moved);
			break;
		}
}

int
fstypes_add_seen(struct fstypes *types, const char *type, int proc,
	struct err *e)
{
	unsigned first = types->count;

	if (add_type(types, type, strlen(type), e) < 0)
		return -1;
	for (size_t i = 0; i < sizeof substitutes / sizeof substitutes[0];
	    i++) {
		if (strcmp(type, substitutes[i].type) != 0)
			continue;
		if (fstypes_add(types, substitutes[i].driver, e) < 0)
			return -1;
		order(types, first, proc);
	}
	return 0;
}

int
fstypes_add_registered(struct fstypes *types, int proc, struct err *e)
{
	const char *at = read_registered(proc, e), *name;
	size_t len;

	if (!at)
		return -1;
	while ((name = next_registered(&at, &len)))
		if (add_type(types, name, len, e) < 0)
			return -1;
	return 0;
}

bool
fstypes_need_no_device(const char *list)
{
	static const char *const types[] = {
		"9p", "virtiofs", "tmpfs", "ramfs", "nfs", "nfs4", "cifs",
		"smb3", "ceph", "afs", "orangefs", "vboxsf", "zfs", "jffs2",
		"ubifs"
	};
	size_t i, n = sizeof types / sizeof types[0], len;
	bool some = false;

	for (;; list += len + 1) {
		len = strcspn(list, ",");
		for (i = 0; len && i < n; i++)
			if (strlen(types[i]) == len &&
			    memcmp(types[i], list, len) == 0)
				break;
		if (i == n)
			return false;
		some |= len > 0;
		if (list[len] == '\0')
			return some;
	}
}
