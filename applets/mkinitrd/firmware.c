/* SPDX-License-Identifier: MIT */
/*
 * firmware.c - see firmware.h. The places are those of the kernel's
 * Documentation/driver-api/firmware/fw_search_path.rst.
 */
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware.h"
#include "memory.h"
#include "modfile.h"
#include "path.h"

enum { LISTED = 4 };		/* names in a sentence */

static struct {
	unsigned count;
	char *list;
	const char *place;
} missing;

/* The file, plain; its name without .xz or .zst behind it. */
static int
put_file(const char *file, const char *name, bool packed, struct tree *t,
	struct err *e)
{
	struct node *node = tree_put(t, memory_text("lib/firmware/%s", name),
		S_IFREG | 0644, e);
	struct modfile f;
	int result;

	if (!node)
		return -1;
	if (!packed)
		return tree_source(node, file, e);
	if (modfile_open(&f, file, e) < 0)
		return -1;
	result = tree_store(t, node, f.map.data, f.map.size, e);
	modfile_close(&f);
	return result;
}

/* The files of one place that the pattern fits. Their number or -1. */
static int
put_from(const char *place, const char *pattern, struct tree *t,
	struct err *e)
{
	static const char *const suffix[] = { "", ".xz", ".zst" };
	size_t base = strlen(place) + 1;
	int count = 0;

	for (unsigned i = 0; i < 3 && count == 0; i++) {
		char *full = memory_text("%s/%s%s", place, pattern, suffix[i]);
		glob_t found;

		if (glob(full, 0, NULL, &found) != 0)
			continue;
		for (size_t j = 0; j < found.gl_pathc && count >= 0; j++) {
			char *file = found.gl_pathv[j];
			char *name = memory_text("%.*s", (int)(strlen(file) -
				base - strlen(suffix[i])), file + base);

			count = put_file(file, name, i > 0, t, e) < 0 ? -1 :
				count + 1;
		}
		globfree(&found);
	}
	return count;
}

int
firmware_put(const struct release *r, const char *module, const char *name,
	struct tree *t, struct err *e)
{
	const char *base = memory_text("%.*sfirmware", (int)(strrchr(r->base,
		'/') + 1 - r->base), r->base);
	const char *const place[] = {
		memory_text("%s/updates/%s", base, r->version),
		memory_text("%s/updates", base),
		memory_text("%s/%s", base, r->version), base
	};
	int count = 0;

	if (path_goes_up(name))
		return 0;
	for (unsigned i = 0; i < 4 && count == 0; i++)
		count = put_from(place[i], name, t, e);
	if (count != 0)
		return count < 0 ? -1 : 0;
	missing.place = base;
	if (missing.count++ < LISTED)
		missing.list = memory_text("%s%s%s (%s)", missing.list ?
			missing.list : "", missing.list ? ", " : "", name,
			module);
	return 0;
}

void
firmware_report(void)
{
	if (missing.count > 0)
		note("%u files of firmware are not in %s and not in the image: "
			"%s%s", missing.count, missing.place, missing.list,
			missing.count > LISTED ? " ..." : "");
}
