/* SPDX-License-Identifier: MIT */
/*
 * extract.c - image_extract(), see image.h. An image may have been made to
 * harm: no name of it leads out of the directory, a link of it is followed
 * as the kernel would that has the image as its root, and nothing that is
 * there already is written to, only replaced.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "hardlink.h"
#include "image.h"
#include "memory.h"
#include "place.h"
#include "sink.h"

/* A directory gets its permissions when all is in it. */
struct late {
	char *path;
	mode_t mode;
	uint32_t mtime;
};

struct extraction {
	int root;
	bool owner;		/* we may give files to anybody */
	unsigned refused;	/* entries */
	struct late *late;
	unsigned late_count;
	struct hardlinks links;
	char path[PATH_SIZE];	/* of the present entry, resolved */
};

/* An entry that will not be there. Always 0. */
static int
refuse(struct extraction *x, const struct cpio_entry *entry, const char *why)
{
	x->refused++;
	note("%.200s is left out: %s", entry->name, why);
	return 0;
}

static int
fail_entry(const struct cpio_entry *entry, struct err *e)
{
	return fail(e, errno, "extract %.200s", entry->name);
}

/* ---------------------------------------------------------------- kinds */

/* Owner, permissions and time of what is at name in dir. */
static int
finish(const struct extraction *x, int dir, const char *name,
	const struct cpio_entry *entry, struct err *e)
{
	const struct timespec time[2] = { { .tv_sec = entry->mtime },
		{ .tv_sec = entry->mtime } };
	bool link = S_ISLNK(entry->mode);

	if (x->owner && fchownat(dir, name, entry->uid, entry->gid,
	    AT_SYMLINK_NOFOLLOW) < 0)
		return fail_entry(entry, e);
	if (!link && fchmodat(dir, name, entry->mode & 07777, 0) < 0)
		return fail_entry(entry, e);
	utimensat(dir, name, time, AT_SYMLINK_NOFOLLOW);
	return 0;
}

static int
write_data(int dir, const char *name, int flags,
	const struct cpio_entry *entry, struct err *e)
{
	int fd = openat(dir, name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | flags,
		0600);
	int result;

	if (fd < 0)
		return fail_entry(entry, e);
	result = write_all(fd, entry->data, entry->size, e);
	if (result < 0)
		hint(e, "extract %.200s", entry->name);
	close(fd);
	return result;
}

static int
make_file(struct extraction *x, int dir, const char *name,
	const struct cpio_entry *entry, struct err *e)
{
	if (hardlink_make(&x->links, x->root, dir, name, entry)) {
		/* the data comes with any of the names, as a rule the last */
		if (entry->size == 0)
			return 0;
		return write_data(dir, name, O_TRUNC, entry, e) < 0 ? -1 :
			finish(x, dir, name, entry, e);
	}
	if (write_data(dir, name, O_CREAT | O_EXCL, entry, e) < 0 ||
	    finish(x, dir, name, entry, e) < 0)
		return -1;
	hardlink_remember(&x->links, x->path, dir, name, entry);
	return 0;
}

static int
make_symlink(struct extraction *x, int dir, const char *name,
	const struct cpio_entry *entry, struct err *e)
{
	static char target[PATH_SIZE];

	if (entry->size == 0 || entry->size >= sizeof target)
		return refuse(x, entry, "no link has such a target");
	memcpy(target, entry->data, entry->size);
	target[entry->size] = '\0';
	if (symlinkat(target, dir, name) < 0)
		return fail_entry(entry, e);
	return finish(x, dir, name, entry, e);
}

static int
make_directory(struct extraction *x, int dir, const char *name,
	const struct cpio_entry *entry, struct err *e)
{
	if (mkdirat(dir, name, 0700) < 0 && errno != EEXIST)
		return fail_entry(entry, e);
	if (fchmodat(dir, name, (entry->mode & 07777) | 0700, 0) < 0)
		return fail_entry(entry, e);
	if (x->owner && fchownat(dir, name, entry->uid, entry->gid,
	    AT_SYMLINK_NOFOLLOW) < 0)
		return fail_entry(entry, e);
	x->late = memory_more(x->late, x->late_count + 1, sizeof *x->late);
	x->late[x->late_count++] = (struct late){ memory_text("%s", x->path),
		entry->mode & 07777, entry->mtime };
	return 0;
}

static int
make_special(struct extraction *x, int dir, const char *name,
	const struct cpio_entry *entry, struct err *e)
{
	if (mknodat(dir, name, entry->mode & (S_IFMT | 0700),
	    makedev(entry->major, entry->minor)) == 0)
		return finish(x, dir, name, entry, e);
	if (errno != EPERM || !(S_ISBLK(entry->mode) || S_ISCHR(entry->mode)))
		return fail_entry(entry, e);
	note("%.200s is not made: %s device %u,%u, and only root may make one",
		entry->name, S_ISBLK(entry->mode) ? "block" : "character",
		(unsigned)entry->major, (unsigned)entry->minor);
	return 0;
}

/* ---------------------------------------------------------------- entry */

/* Take away what is at name and not a directory that stays one. 0, or -1
 * with errno. */
static int
make_room(int dir, const char *name, mode_t mode)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -1;
	if (S_ISDIR(st.st_mode))
		return S_ISDIR(mode) ? 0 : unlinkat(dir, name, AT_REMOVEDIR);
	return unlinkat(dir, name, 0);
}

static int
make(struct extraction *x, int dir, const char *name,
	const struct cpio_entry *entry, struct err *e)
{
	switch (entry->mode & S_IFMT) {
	case S_IFREG:
		return make_file(x, dir, name, entry, e);
	case S_IFDIR:
		return make_directory(x, dir, name, entry, e);
	case S_IFLNK:
		return make_symlink(x, dir, name, entry, e);
	case S_IFCHR:
	case S_IFBLK:
	case S_IFIFO:
	case S_IFSOCK:
		return make_special(x, dir, name, entry, e);
	default:
		return refuse(x, entry, "its type is unknown");
	}
}

static int
extract_entry(void *self, const struct cpio_entry *entry, struct err *e)
{
	struct extraction *x = self;
	const char *name;
	int dir, result;

	if (path_goes_up(entry->name))
		return refuse(x, entry, "its name leads out of the image");
	if (place_resolve(x->root, entry->name, false, x->path, e) < 0)
		return refuse(x, entry, e->text);
	if (!x->path[0])
		return 0;
	dir = place_parent(x->root, x->path, true, &name);
	if (dir < 0)
		return refuse(x, entry, strerror(errno));
	if (make_room(dir, name, entry->mode) < 0)
		result = refuse(x, entry, strerror(errno));
	else
		result = make(x, dir, name, entry, e);
	close(dir);
	return result;
}

static void
next_member(void *self, const char *kind, size_t at)
{
	(void)kind;
	(void)at;
	hardlink_forget(&((struct extraction *)self)->links);
}

/* The deepest last, so that each is still reachable: from the end. */
static void
finish_directories(const struct extraction *x)
{
	for (unsigned i = x->late_count; i-- > 0;) {
		const struct late *late = &x->late[i];
		const struct timespec time[2] = { { .tv_sec = late->mtime },
			{ .tv_sec = late->mtime } };
		const char *name;
		int dir = place_parent(x->root, late->path, false, &name);
		int fd = dir < 0 ? -1 : openat(dir, name, O_RDONLY |
			O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

		if (fd >= 0) {
			fchmod(fd, late->mode);
			futimens(fd, time);
			close(fd);
		}
		if (dir >= 0)
			close(dir);
	}
}

int
image_extract(const char *path, const char *dir, struct err *e)
{
	static struct extraction x;
	const struct image_reader reader = { false, next_member, extract_entry,
		&x };
	int result;

	if (mkdir(dir, 0755) < 0 && errno != EEXIST)
		return fail(e, errno, "%s", dir);
	x.owner = geteuid() == 0;
	x.root = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (x.root < 0)
		return fail(e, errno, "%s", dir);
	result = image_read(path, &reader, e);
	finish_directories(&x);
	close(x.root);
	if (result == 0 && x.refused > 0)
		return fail(e, 0, "%s: %u of its entries are left out", path,
			x.refused);
	return result;
}
