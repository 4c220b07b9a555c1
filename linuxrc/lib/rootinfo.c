/* SPDX-License-Identifier: MIT */
/*
 * rootinfo.c - see rootinfo.h. Follows os-release(5) (/etc/os-release first,
 * then /usr/lib/os-release), fstab(5), hier(7).
 */
#include <ctype.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/dir.h"
#include "lib/fstab.h"
#include "lib/osrelease.h"
#include "lib/rootinfo.h"
#include "lib/text.h"

enum { FILE_SIZE = 65536 };	/* an fstab of a thousand lines */

/* Not file_read(): what is called fstab here may be a pipe. The text, or
 * NULL. */
static const char *
read_regular(int root, const char *path)
{
	static char text[FILE_SIZE];
	int fd = openat(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY |
		O_CLOEXEC);
	struct stat st;
	size_t len = 0;
	ssize_t n = 1;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		n = -1;
	while (n > 0 && len < sizeof text) {
		n = read(fd, text + len, sizeof text - len);
		len += n > 0 ? (size_t)n : 0;
	}
	close(fd);
	if (n < 0 || len == sizeof text)
		return NULL;
	text[len] = '\0';
	return text;
}

/* The newest PREFIX* in a directory, by version, without its prefix. */
static void
newest(int root, const char *path, const char *prefix, char *text)
{
	struct dir dir;
	const char *name;

	if (dir_open(&dir, root, path) < 0)
		return;
	while ((name = dir_next(&dir))) {
		name = text_after(name, prefix);
		if (name && isdigit((unsigned char)name[0]) &&
		    strlen(name) < ROOTINFO_TEXT &&
		    strverscmp(name, text) > 0)
			text_clean(text, ROOTINFO_TEXT, name);
	}
	dir_close(&dir);
}

static bool
has_modules(int root, const char *release)
{
	char path[ROOTINFO_TEXT + 16] = "lib/modules/";

	return text_append(path, sizeof path, release) == 0 &&
		faccessat(root, path, F_OK, 0) == 0;
}

void
rootinfo_read(int root, const char *release, struct rootinfo *info)
{
	char spec[ROOTINFO_TEXT];
	const char *text;

	memset(info, 0, sizeof *info);
	text = read_regular(root, "etc/os-release");
	if (!text)
		text = read_regular(root, "usr/lib/os-release");
	if (text)
		osrelease_name(text, info->release, sizeof info->release);
	text = read_regular(root, "etc/fstab");
	if (text && fstab_root(text, spec, sizeof spec) == 0)
		text_clean(info->fstab, sizeof info->fstab, spec);
	newest(root, "lib/modules", "", info->kernel);
	if (!info->kernel[0])
		newest(root, "boot", "vmlinuz-", info->kernel);
	info->modules = has_modules(root, release);
}
