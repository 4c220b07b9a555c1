/* SPDX-License-Identifier: MIT */
/*
 * nodev.c - see nodev.h. Follows net/9p/trans_virtio.c, fs/fuse/virtio_fs.c and
 * Documentation/ABI/{testing/sysfs-fs-virtiofs,testing/sysfs-class-mtd,
 * stable/sysfs-class-ubi}.
 */
#include <string.h>

#include "lib/dir.h"
#include "lib/file.h"
#include "lib/nodev.h"
#include "lib/text.h"

enum { TAG_SIZE = 128, PATH_SIZE = 320 };

static const struct {
	const char *dir, *file;
	const char *prefix;	/* as root= is spelt */
} kinds[] = {
	{ "bus/virtio/devices", "mount_tag", "" },
	{ "fs/virtiofs", "tag", "" },
	{ "class/mtd", "name", "mtd:" },
	{ "class/ubi", "name", "ubi:" },
};

/* mtd0ro is mtd0 once more. */
static bool
is_second(const char *name)
{
	size_t len = strlen(name);

	return len > 2 && strcmp(name + len - 2, "ro") == 0;
}

void
nodev_list(int sys, char *text, size_t size)
{
	char path[PATH_SIZE], tag[TAG_SIZE], clean[TAG_SIZE];
	const char *name;
	struct dir d;

	text[0] = '\0';
	for (unsigned i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (sys < 0 || dir_open(&d, sys, kinds[i].dir) < 0)
			continue;
		while ((name = dir_next(&d))) {
			path[0] = '\0';
			if (is_second(name) || text_add(path, sizeof path,
			    "%s/%s", name, kinds[i].file) < 0 ||
			    file_line(d.fd, path, tag, sizeof tag) <= 0)
				continue;
			text_clean(clean, sizeof clean, tag);
			text_add(text, size, "%s%s%s", text[0] ? ", " : "",
				kinds[i].prefix, clean);
		}
		dir_close(&d);
	}
}
