/* SPDX-License-Identifier: MIT */
/*
 * tree.c - see tree.h. Follows init/initramfs.c: a later entry takes the place
 * of an earlier one, hard links are known by device and inode.
 *
 * Deviations: files have the time of the boot.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compat/tree.h"
#include "lib/cpio.h"
#include "lib/inside.h"
#include "lib/log.h"
#include "lib/sys.h"
#include "lib/text.h"

enum {
	LINKS_MAX = 256,	/* files with several names */
	LINK_SIZE = 4096	/* PATH_MAX */
};

/* The first name of each file that has several. */
static struct link {
	uint32_t inode, dev_major, dev_minor;
	const char *name;
} links[LINKS_MAX];
static unsigned link_count;

/* The first name of the file, or NULL: this is it. */
static const char *
first_name(const struct cpio_entry *c)
{
	for (unsigned i = 0; i < link_count; i++)
		if (links[i].inode == c->inode &&
		    links[i].dev_major == c->dev_major &&
		    links[i].dev_minor == c->dev_minor)
			return links[i].name;
	if (link_count < LINKS_MAX)
		links[link_count++] = (struct link){ c->inode, c->dev_major,
			c->dev_minor, c->name };
	return NULL;
}

static int
make_file(const struct cpio_entry *c)
{
	const char *first = c->links > 1 ? first_name(c) : NULL;
	int fd, result;

	if (first && link(first, c->name) < 0)
		return -1;
	/* of several names one has the data, often the last */
	if (first && c->size == 0)
		return 0;
	fd = openat(AT_FDCWD, c->name, O_WRONLY | O_CREAT | O_TRUNC |
		O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	result = write(fd, c->data, c->size) == (ssize_t)c->size ? 0 : -1;
	close(fd);
	return result;
}

static int
make_link(const struct cpio_entry *c)
{
	char target[LINK_SIZE];

	if (c->size >= sizeof target) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(target, c->data, c->size);
	target[c->size] = '\0';
	return sys_symlink(target, c->name);
}

static int
make_entry(const struct cpio_entry *c)
{
	struct stat st;

	if (!S_ISDIR(c->mode) && lstat(c->name, &st) == 0 &&
	    !S_ISDIR(st.st_mode))
		sys_unlink(AT_FDCWD, c->name, 0);
	if (S_ISLNK(c->mode))
		return make_link(c) < 0 ? -1 : lchown(c->name, c->uid, c->gid);
	if (S_ISDIR(c->mode)) {
		if (sys_mkdir(c->name, 0755) < 0 && errno != EEXIST)
			return -1;
	} else if ((S_ISREG(c->mode) ? make_file(c) : sys_mknod(AT_FDCWD,
	    c->name, c->mode & (S_IFMT | 07777), c->major, c->minor)) < 0) {
		return -1;
	}
	return chown(c->name, c->uid, c->gid) < 0 ||
		chmod(c->name, c->mode & 07777) < 0 ? -1 : 0;
}

/* Is there an entry of this name, however its path begins? */
static bool
is_called(const struct cpio_entry *c, const char *name)
{
	const char *p = c->name;

	while (p[0] == '/' || (p[0] == '.' && p[1] == '/'))
		p++;
	return strcmp(p, name) == 0;
}

/* It has what it should before anything is made of it. */
static int
check(struct cpio_reader c, struct err *e)
{
	struct cpio_entry entry;
	bool init = false, linuxrc = false;
	int got;

	while ((got = cpio_next(&c, &entry, e)) > 0) {
		init |= is_called(&entry, "init");
		linuxrc |= is_called(&entry, "linuxrc");
	}
	if (got < 0)
		return -1;
	if (init)
		return fail(e, 0, "the archive has an /init, so it is an "
			"initramfs and no initrd image");
	return linuxrc ? 0 : fail(e, 0, "the archive has no /linuxrc, so it is "
		"no initrd image");
}

/* In the chroot. */
static int
make_tree(struct cpio_reader c, struct err *e)
{
	struct cpio_entry entry;
	int got;

	link_count = 0;
	while ((got = cpio_next(&c, &entry, e)) > 0)
		if (make_entry(&entry) < 0)
			say(LOG_WITHOUT, "/%.200s of the initrd image: %s",
				entry.name, strerror(errno));
	return got;
}

static int
fill(struct cpio_reader c, const char *dir, struct err *e)
{
	mode_t mask = umask(0);
	int outside = inside_enter(dir, e), result;

	if (outside < 0)
		return -1;
	result = make_tree(c, e);
	umask(mask);
	return inside_leave(outside, e) < 0 ? -1 : result;
}

int
tree_mount(const struct unpacked *u, const char *dir, struct err *e)
{
	size_t size = (size_t)u->size;
	void *data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, u->fd, 0);
	struct cpio_reader c = { .data = data, .size = size };
	int result;

	if (data == MAP_FAILED)
		return fail(e, errno, "the archive");
	result = check(c, e);
	if (result == 0 && sys_mount("rootfs", dir, "tmpfs", 0,
	    "mode=0755") < 0)
		result = fail(e, errno, "mount a tmpfs on %s", dir);
	else if (result == 0 && (result = fill(c, dir, e)) < 0)
		sys_umount(dir, MNT_DETACH);
	munmap(data, size);
	return result;
}
