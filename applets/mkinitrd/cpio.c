/* SPDX-License-Identifier: MIT */
/*
 * cpio.c - an initramfs: newc, see lib/cpio.h. Inodes are numbers from 1 on,
 * and no two names are one file.
 */
#include <sys/stat.h>

#include <string.h>

#include "form.h"
#include "lib/cpio.h"

static int
write_head(const struct cpio_entry *entry, struct sink *s, struct err *e)
{
	static char head[CPIO_HEAD_SIZE];
	size_t len = cpio_head(head, entry);

	if (len == 0)
		return fail(e, 0, "%.200s...: names in a cpio archive have %d "
			"bytes at most", entry->name, CPIO_NAME_SIZE - 1);
	return sink_write(s, head, len, e);
}

static int
write_node(const struct tree *t, const struct node *node,
	struct cpio_entry *entry, struct sink *s, struct err *e)
{
	uint64_t size = S_ISLNK(node->mode) ? strlen(node->target) :
		node->size;

	if (size > UINT32_MAX)
		return fail(e, 0, "%s has %llu bytes: a file of 4 GiB or more "
			"does not fit into a cpio archive", node->path,
			(unsigned long long)size);
	entry->name = node->path;
	entry->mode = node->mode;
	entry->links = S_ISDIR(node->mode) ? 2 : 1;
	entry->size = (uint32_t)size;
	entry->major = node->major;
	entry->minor = node->minor;
	if (write_head(entry, s, e) < 0)
		return -1;
	if (S_ISLNK(node->mode) && sink_write(s, node->target, entry->size,
	    e) < 0)
		return -1;
	if (S_ISREG(node->mode) && tree_copy(t, node, s, e) < 0)
		return -1;
	return sink_pad(s, 4, e);
}

int
form_cpio(const struct tree *t, uint32_t time, struct sink *s, struct err *e)
{
	const struct cpio_entry trailer = { .name = "TRAILER!!!", .links = 1 };
	struct cpio_entry entry = { .mtime = time };

	/* not the top itself, which the kernel has made */
	for (unsigned i = 1; i < t->count; i++) {
		entry.inode = i;
		if (write_node(t, t->node[i], &entry, s, e) < 0)
			return -1;
	}
	return write_head(&trailer, s, e);
}
