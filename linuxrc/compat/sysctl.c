/* SPDX-License-Identifier: MIT */
/*
 * sysctl.c - see sysctl.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "compat/sysctl.h"
#include "lib/dir.h"
#include "lib/file.h"
#include "lib/mountinfo.h"
#include "lib/sys.h"
#include "lib/text.h"

#define DIR "/initrd-sysctl"

/* Of procfs mounts, and of the tmpfs put on them: a guest has one or two. */
enum { MOUNTS_MAX = 64 };

static char mounts[MOUNTINFO_SIZE];

static int
make_file(const char *path)
{
	return open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
}

/* All entries of the kernel's directory, which is mounted at .real. */
static int
link_all(void)
{
	char target[sizeof ".real/" + 255], path[sizeof DIR + 256];
	const char *name;
	struct dir real;

	if (dir_open(&real, AT_FDCWD, DIR "/.real") < 0)
		return -1;
	while ((name = dir_next(&real))) {
		if (name[0] == '.')
			continue;
		snprintf(target, sizeof target, ".real/%s", name);
		snprintf(path, sizeof path, DIR "/%s", name);
		if (sys_symlink(target, path) < 0 && errno != EEXIST)
			break;
	}
	dir_close(&real);
	return name ? -1 : 0;
}

static int
make_number(struct sysctl *s)
{
	static const char path[] = DIR "/real-root-dev";

	if (s->has_number)
		return 0;
	s->number.file = make_file(path);
	if (s->number.file < 0)
		return -1;
	return number_begin(&s->number, s->number.file, path, s->preset);
}

static int
fill(struct sysctl *s)
{
	struct stat st;

	if (stat(DIR, &st) < 0)
		return -1;
	s->dev = (uint64_t)st.st_dev;
	s->name = make_file(DIR "/nfs-root-name");
	s->addrs = make_file(DIR "/nfs-root-addrs");
	if (s->name < 0 || s->addrs < 0 || make_number(s) < 0 ||
	    sys_mkdir(DIR "/.real", 0555) < 0 || fchdir(s->proc) < 0 ||
	    sys_mount("sys/kernel", DIR "/.real", NULL, MS_BIND, NULL) < 0)
		return -1;
	return link_all();
}

int
sysctl_make(struct sysctl *s, struct err *e)
{
	int made;

	s->dev = 0;
	s->name = s->addrs = -1;
	s->number.file = s->number.watch = -1;
	if (sys_mkdir(DIR, 0755) < 0 && errno != EEXIST)
		return fail(e, errno, "mkdir " DIR);
	if (sys_mount("sysctl", DIR, "tmpfs", 0, "mode=0555") < 0) {
		fail(e, errno, "mount a tmpfs on " DIR);
		sys_unlink(AT_FDCWD, DIR, AT_REMOVEDIR);
		return -1;
	}
	made = fill(s);
	if (made < 0) {
		fail(e, errno, "a /proc/sys/kernel of our own");
		sysctl_end(s);
	}
	sys_chdir("/");
	return made;
}

static bool
is_ours(const struct sysctl *s, const struct mountinfo *m)
{
	return s->dev == (uint64_t)makedev(m->major, m->minor);
}

static bool
is_guests_proc(const struct sysctl *s, const struct mountinfo *m)
{
	const char *rest = text_after(m->dir, s->below);

	return rest && *rest == '/' && strcmp(m->type, "proc") == 0 &&
		strcmp(m->root, "/") == 0;
}

/* Which mount the directory open at fd lies in, 0 when it is not known. */
static unsigned
mount_id(const struct sysctl *s, int fd)
{
	char path[32], text[512];
	struct err ignored;
	const char *line;
	unsigned id = 0;

	snprintf(path, sizeof path, "self/fdinfo/%d", fd);
	if (file_read(s->proc, path, text, sizeof text, &ignored) > 0 &&
	    (line = strstr(text, "mnt_id:")))
		sscanf(line, "mnt_id: %u", &id);
	return id;
}

/* What runs in a procfs keeps it from being unmounted: not for longer. */
static void
put_over(const struct sysctl *s, const char *dir, unsigned id)
{
	int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return;
	/* another file system may hide it */
	if (mount_id(s, fd) == id && fchdir(fd) == 0)
		sys_mount(DIR, "sys/kernel", NULL, MS_BIND | MS_REC, NULL);
	sys_chdir("/");
	close(fd);
}

void
sysctl_cover(const struct sysctl *s)
{
	struct { unsigned id; const char *dir; } proc[MOUNTS_MAX];
	unsigned covered[MOUNTS_MAX], procs = 0, covers = 0, c;
	char *text = mounts;
	struct mountinfo m;
	struct err ignored;

	if (file_read(s->proc, "self/mountinfo", mounts, sizeof mounts,
	    &ignored) < 0)
		return;
	while (mountinfo_next(&text, &m)) {
		if (is_ours(s, &m) && covers < MOUNTS_MAX)
			covered[covers++] = m.parent;
		if (is_guests_proc(s, &m) && procs < MOUNTS_MAX) {
			proc[procs].id = m.id;
			proc[procs++].dir = m.dir;
		}
	}
	for (unsigned p = 0; p < procs; p++) {
		for (c = 0; c < covers && covered[c] != proc[p].id; c++)
			;
		if (c == covers)
			put_over(s, proc[p].dir, proc[p].id);
	}
}

void
sysctl_uncover(const struct sysctl *s, int fd)
{
	struct stat st;

	while (fstatat(fd, "sys/kernel", &st, 0) == 0 &&
	    (uint64_t)st.st_dev == s->dev && fchdir(fd) == 0 &&
	    sys_umount("sys/kernel", MNT_DETACH) == 0)
		;
	sys_chdir("/");
}

void
sysctl_line(int file, char *text, size_t size)
{
	ssize_t len = pread(file, text, size - 1, 0);

	text[len > 0 ? len : 0] = '\0';
	text[strcspn(text, "\n")] = '\0';
}

/* Ours is the first of its mounts, so it comes last. */
void
sysctl_end(struct sysctl *s)
{
	const char *dir[MOUNTS_MAX];
	unsigned n = 0;
	char *text = mounts;
	struct mountinfo m;
	struct err ignored;

	if (s->dev && file_read(s->proc, "self/mountinfo", mounts,
	    sizeof mounts, &ignored) > 0)
		while (mountinfo_next(&text, &m))
			if (is_ours(s, &m) && n < MOUNTS_MAX)
				dir[n++] = m.dir;
	while (n > 0)
		sys_umount(dir[--n], MNT_DETACH);
	sys_unlink(AT_FDCWD, DIR, AT_REMOVEDIR);
	close(s->number.file);
	close(s->number.watch);
	close(s->name);
	close(s->addrs);
	s->dev = 0;
}
