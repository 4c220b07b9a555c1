/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of the file systems that mkinitrd looks into: whatever an
 * image says, reading it ends, and each path that comes out of it lies below
 * the top, at least as far as its own letters say.
 */
#include <sys/stat.h>

#include "../../applets/mkinitrd/fsread.h"

#include "fuzz.h"

enum { BYTES_MAX = 1 << 20 };

static void
check_component(const char *name, size_t len)
{
	must(len > 0 && len <= FS_NAME_MAX, "a name has a length");
	must(len > 2 || memcmp(name, "..", len) != 0,
		"no name is \".\" or \"..\"");
}

static int
take(void *self, const char *path, const struct fsinode *inode,
	const unsigned char *data, struct err *e)
{
	unsigned *sum = self;

	(void)e;
	must(has_end(path, FS_PATH_SIZE), "a path has an end");
	for (size_t at = 0;; at++) {
		size_t len = strcspn(path + at, "/");

		check_component(path + at, len);
		at += len;
		if (!path[at])
			break;
	}
	must(data || !S_ISLNK(inode->mode), "a link has a target");
	/* all of it is there */
	for (uint64_t i = 0; data && i < inode->size; i++)
		*sum += data[i];
	must(!data || data[inode->size] == 0, "a NUL is behind it");
	return 0;
}

static void
walk(const struct fsimage *f, bool names_only)
{
	unsigned sum = 0;
	const struct fsreader reader = { names_only, BYTES_MAX, take, &sum };
	struct err e = { 0 };

	if (fsread_walk(f, &reader, &e) < 0)
		must(e.text[0] && has_end(e.text, sizeof e.text),
			"a failure is a sentence");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* of its own, so that reading beyond it is seen */
	unsigned char *image = malloc(size > 0 ? size : 1);
	struct fsimage f = { .data = image, .size = size };

	must(image != NULL, "there is memory");
	if (size > 0)
		memcpy(image, data, size);
	fsread_recognize(&f);
	if (f.kind) {
		walk(&f, true);
		walk(&f, false);
	}
	free(image);
	return 0;
}
