/* SPDX-License-Identifier: MIT */
/*
 * squashfs.c - by mksquashfs(1), from a copy of the tree in a temporary
 * directory. Devices, owners and permissions, which an ordinary user cannot
 * give to files there, are pseudo file definitions. gzip: all kernels that
 * know squashfs know that.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "form.h"
#include "memory.h"
#include "temp.h"
#include "tool.h"

static int
fail_copy(const struct node *node, struct err *e)
{
	return fail(e, errno, "temporary copy of %s", node->path);
}

static int
copy_file(const struct tree *t, const struct node *node, const char *path,
	struct err *e)
{
	struct sink s;
	int result, fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		0600);

	if (fd < 0)
		return fail_copy(node, e);
	result = sink_open(&s, fd, SQUEEZE_NONE, e) < 0 ? -1 :
		tree_copy(t, node, &s, e);
	close(fd);
	return result;
}

/* What can be made by anybody; not devices. */
static int
copy_node(const struct tree *t, const struct node *node, const char *path,
	struct err *e)
{
	int result = 0;

	switch (node->mode & S_IFMT) {
	case S_IFREG:
		return copy_file(t, node, path, e);
	case S_IFDIR:
		result = mkdir(path, 0700);
		break;
	case S_IFLNK:
		result = symlink(node->target, path);
		break;
	case S_IFIFO:
	case S_IFSOCK:
		result = mknod(path, (node->mode & S_IFMT) | 0600, 0);
		break;
	default:
		break;
	}
	return result < 0 ? fail_copy(node, e) : 0;
}

static int
copy_tree(const struct tree *t, uint32_t time, const char *top, struct err *e)
{
	const struct timespec times[2] = { { .tv_sec = time },
		{ .tv_sec = time } };

	for (unsigned i = 0; i < t->count; i++)
		if (copy_node(t, t->node[i], memory_text("%s/%s", top,
		    t->node[i]->path), e) < 0)
			return -1;
	/* what a directory holds comes behind it */
	for (unsigned i = t->count; i-- > 0;)
		utimensat(AT_FDCWD, memory_text("%s/%s", top,
			t->node[i]->path), times, AT_SYMLINK_NOFOLLOW);
	return chmod(top, t->node[0]->mode & 07777) < 0 ?
		fail_copy(t->node[0], e) : 0;
}

/* A name as mksquashfs reads it: in quotes. */
static void
print_name(FILE *f, const char *name)
{
	fputc('"', f);
	for (; *name; name++) {
		if (*name == '"' || *name == '\\')
			fputc('\\', f);
		fputc(*name, f);
	}
	fputc('"', f);
}

static int
write_definitions(const struct tree *t, const char *path, struct err *e)
{
	FILE *f = fopen(path, "we");
	bool failed;

	if (!f)
		return fail(e, errno, "%s", path);
	for (unsigned i = 1; i < t->count; i++) {
		const struct node *node = t->node[i];
		bool block = S_ISBLK(node->mode);

		if (strchr(node->path, '\n')) {
			fclose(f);
			return fail(e, 0, "%s: mksquashfs takes no name with "
				"a new line in it", node->path);
		}
		print_name(f, node->path);
		if (block || S_ISCHR(node->mode))
			fprintf(f, " %c %o 0 0 %u %u\n", block ? 'b' : 'c',
				(unsigned)node->mode & 07777, node->major,
				node->minor);
		else
			fprintf(f, " m %o 0 0\n",
				(unsigned)node->mode & 07777);
	}
	failed = ferror(f);
	failed |= fclose(f) != 0;
	return failed ? fail(e, errno, "write %s", path) : 0;
}

static int
send(const char *path, struct sink *s, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int result = fd < 0 ? fail(e, errno, "%s", path) :
		sink_file(s, fd, e);

	if (fd >= 0)
		close(fd);
	return result;
}

int
form_squashfs(const struct tree *t, uint32_t time, struct sink *s,
	struct err *e)
{
	const char *dir = tool_find("mksquashfs", e) ? temp_dir(e) : NULL;
	const char *top = memory_text("%s/top", dir ? dir : "");
	const char *definitions = memory_text("%s/definitions", dir ? dir :
		"");
	const char *image = memory_text("%s/image", dir ? dir : "");
	const char *const command[] = { "mksquashfs", top, image, "-noappend",
		"-quiet", "-no-progress", "-no-xattrs", "-all-root", "-comp",
		"gzip", "-pf", definitions, NULL };

	if (!dir || copy_tree(t, time, top, e) < 0 ||
	    write_definitions(t, definitions, e) < 0)
		return -1;
	setenv("SOURCE_DATE_EPOCH", memory_text("%u", (unsigned)time), 1);
	if (tool_run(command, -1, -1, e) < 0)
		return -1;
	return send(image, s, e);
}
