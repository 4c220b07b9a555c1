/* SPDX-License-Identifier: MIT */
/*
 * modprobed.c - see modprobed.h. An image without such files costs one
 * openat() for each directory and touches none of the memory below.
 */
#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "lib/dir.h"
#include "lib/file.h"
#include "lib/log.h"
#include "lib/modprobed.h"
#include "lib/text.h"

static const char *const dirs[] = {
	"etc/modprobe.d", "run/modprobe.d", "usr/local/lib/modprobe.d",
	"usr/lib/modprobe.d", "lib/modprobe.d"
};

/* What is large comes last: a page is 3 thousand instructions. */
static struct {
	size_t used;		/* of text */
	unsigned files;
	const char *file[MODPROBED_FILES_MAX];	/* sorted by the last part */
	struct modconf conf;
	char text[MODPROBED_TEXT_SIZE];		/* names, then texts */
} all;

static const char softdep[] = "modules.softdep";

static const char *
last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Keep the path of a file at its place, unless one of its name is there. */
static void
add_file(const char *path)
{
	unsigned i = 0;
	int order = 1;

	while (i < all.files && (order = strcmp(last_part(path),
	    last_part(all.file[i]))) > 0)
		i++;
	if (i < all.files && order == 0)
		return;
	if (all.files == MODPROBED_FILES_MAX) {
		say(LOG_WITHOUT, "%s is not read: there are more than %d "
			"files", path, MODPROBED_FILES_MAX);
		return;
	}
	memmove(all.file + i + 1, all.file + i,
		(all.files - i) * sizeof all.file[0]);
	all.file[i] = path;
	all.files++;
}

static bool
is_conf(const char *name)
{
	size_t len = strlen(name);

	return name[0] != '.' && len > 5 &&
		strcmp(name + len - 5, ".conf") == 0;
}

static void
list_dir(int root, const char *path)
{
	char *to;
	const char *name;
	struct dir d;

	if (dir_open(&d, root, path) < 0)
		return;
	while ((name = dir_next(&d))) {
		to = all.text + all.used;
		if (!is_conf(name) || d.type == DT_DIR)
			continue;
		*to = '\0';
		if (text_add(to, sizeof all.text - all.used, "%s/%s", path,
		    name) < 0) {
			say(LOG_WITHOUT, "%s/%s is not read: too many names",
				path, name);
			break;
		}
		all.used += strlen(to) + 1;
		add_file(to);
	}
	dir_close(&d);
}

static void
take_file(int dir, const char *path)
{
	char *text = all.text + all.used;
	struct err e;
	ssize_t n;

	n = file_read(dir, path, text, sizeof all.text - all.used, &e);
	if (n < 0 && path == softdep && e.code == ENOENT)
		return;
	if (n < 0 && e.code == EFBIG)
		fail(&e, 0, "%s is not used: the files of modprobe.d are "
			"longer than %d bytes", path, MODPROBED_TEXT_SIZE);
	if (n < 0 || modconf_take(&all.conf, path, text, (size_t)n, &e) < 0)
		say(LOG_WITHOUT, "%s", e.text);
	if (n > 0)
		all.used += (size_t)n + 1;
}

const struct modconf *
modprobed_read(int root, int modules)
{
	all.conf.count = all.files = 0;
	all.used = 0;
	add_file(softdep);
	for (unsigned i = 0; i < sizeof dirs / sizeof dirs[0]; i++)
		list_dir(root, dirs[i]);
	for (unsigned i = 0; i < all.files; i++)
		take_file(all.file[i] == softdep ? modules : root,
			all.file[i]);
	return &all.conf;
}
