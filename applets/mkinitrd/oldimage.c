/* SPDX-License-Identifier: MIT */
/*
 * oldimage.c - see oldimage.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/file.h"
#include "lib/gz.h"
#include "lib/ramdisk.h"
#include "meant.h"
#include "memory.h"
#include "oldimage.h"

/* What the file is, and what is in it when that can be seen; else both are
 * the same. 0 or -1. */
static int
look_at(const char *file, enum ramdisk_kind *outer, enum ramdisk_kind *inner,
	struct err *e)
{
	char head[RAMDISK_HEAD_SIZE];
	struct file_map map;
	uint64_t ignored;

	if (file_map(AT_FDCWD, file, &map, e) < 0) {
		hint(e, "--compat");
		return meant_file(file, e);
	}
	*outer = *inner = map.data ? ramdisk_identify(map.data, map.size,
		&ignored) : RAMDISK_NONE;
	if (*outer == RAMDISK_GZIP)
		*inner = gz_peek(map.data, map.size, head, sizeof head) ?
			ramdisk_identify(head, sizeof head, &ignored) :
			RAMDISK_NONE;
	file_unmap(&map);
	if (*inner == RAMDISK_NONE)
		return fail(e, 0, "--compat %s: no initrd image of a known "
			"format", file);
	return 0;
}

static bool
has_program(const struct tree *t, const char *name)
{
	static const char *const dir[] = { "bin", "sbin", "usr/bin",
		"usr/sbin" };

	for (unsigned i = 0; i < sizeof dir / sizeof dir[0]; i++)
		if (tree_find(t, memory_text("%s/%s", dir[i], name)))
			return true;
	return false;
}

int
oldimage_put(struct tree *t, const char *file, struct err *e)
{
	enum ramdisk_kind outer, inner;
	const char *program;
	struct node *node;

	if (look_at(file, &outer, &inner, e) < 0)
		return -1;
	program = ramdisk_program(outer);
	if (program && !has_program(t, program)) {
		fail(e, 0, "--compat %s: compressed with %s, which linuxrc "
			"cannot inflate by itself", file, program);
		return hint(e, "say --add $(command -v %s):/bin/%s, or convert "
			"it: %s -dc %s | gzip -9 >NEW", program, program,
			program, file);
	}
	node = tree_put(t, "initrd.image", S_IFREG | 0600, e);
	return node ? tree_source(node, file, e) : -1;
}

/* The driver of a file system: by its alias or its name. */
static bool
want_type(struct modules *m, const char *type)
{
	return modules_want_if_there(m, memory_text("fs-%s", type)) ||
		modules_want_if_there(m, type);
}

int
oldimage_want(struct modules *m, const char *file, struct err *e)
{
	enum ramdisk_kind outer, inner;

	if (look_at(file, &outer, &inner, e) < 0)
		return -1;
	if (inner == RAMDISK_CPIO)	/* a tmpfs: every kernel has one */
		return 0;
	if (!modules_want_if_there(m, "loop") &&
	    !modules_want_if_there(m, "brd"))
		return fail(e, 0, "--compat: the kernel %s has neither loop "
			"devices nor a RAM disk", m->from.version);
	/* what another compression holds is not seen: most were ext2 */
	if (ramdisk_is_compressed(inner))
		inner = RAMDISK_EXT2;
	if (want_type(m, ramdisk_name(inner)) ||
	    (inner == RAMDISK_EXT2 && want_type(m, "ext4")))
		return 0;
	return fail(e, 0, "--compat %s: the kernel %s has no %s", file,
		m->from.version, ramdisk_name(inner));
}
