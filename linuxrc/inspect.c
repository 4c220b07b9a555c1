/* SPDX-License-Identifier: MIT */
/*
 * inspect.c - see inspect.h. What lies on the disk is read by a process that
 * may die of it, and what that one tells is taken within its bounds.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inspect.h"
#include "lib/log.h"
#include "lib/romount.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "lib/unclean.h"

enum {
	LOOK_MS = 30000,	/* a worn disk, a slow stick: none takes longer
				   for a few blocks */
	DIE_MS = 2000,		/* for a child that was killed */
	LOOK_FLAGS = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_SILENT,
	PATH_SIZE = BASE_SIZE + BLOCKDEV_NAME_SIZE + 16
};

/* What the child tells: in one write, so it comes as a whole or not at all.
 * No bool: the parent believes no byte of it. */
struct report {
	int error;			/* errno of the mount, or 0 */
	int looked, modules;
	char init[INIT_SIZE];
	char why[INSPECT_WHY_SIZE];
	struct rootinfo info;
};
_Static_assert(sizeof(struct report) <= PIPE_BUF, "one write");

/* ----------------------------------------------------------- in the child */

/* Debian's and Ubuntu's installers, and Fedora's, put a root on btrfs into a
 * subvolume that the file system does not name as its default. */
static void
look_for_subvolume(int root, struct report *r)
{
	static const char *const usual[] = { "@", "@rootfs", "root" };
	char path[NAME_SIZE];

	for (unsigned i = 0; i < sizeof usual / sizeof usual[0]; i++) {
		snprintf(path, sizeof path, "%s/sbin/init", usual[i]);
		if (faccessat(root, path, F_OK, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		snprintf(r->why, sizeof r->why, "no init at the top, but one "
			"in a subvolume: rootflags=subvol=%s", usual[i]);
		return;
	}
}

/* The tree is "/" now. */
static void
look_around(const struct inspector *in, int root, struct report *r)
{
	struct err e;

	r->looked = true;
	rootinfo_read(root, in->release, &r->info);
	r->modules = r->info.modules;
	if (in->check_init(NULL, in->init, r->init, &e) == 0)
		return;
	r->init[0] = '\0';
	text_clean(r->why, sizeof r->why, e.code ? e.text : "no init");
	look_for_subvolume(root, r);
}

static int
mount_it(const struct inspector *in, const char *name, const char *dir,
	const struct romount *way)
{
	char source[PATH_SIZE], options[NAME_SIZE], node[BLOCKDEV_NAME_SIZE];
	bool choose = in->tree[0] && strcmp(way->type, "btrfs") == 0;

	blockdev_node(in->devices->dev, name, node);
	snprintf(source, sizeof source, "%s/dev/%s", in->base, node);
	snprintf(options, sizeof options, "%s%s%s", way->options,
		choose ? "," : "", choose ? in->tree : "");
	return sys_mount(source, dir, way->driver, LOOK_FLAGS, options);
}

/* Mount, look, unmount. 0, or the errno of the mount. */
static int
look(const struct inspector *in, const char *name, const struct romount *way,
	struct report *r)
{
	char dir[PATH_SIZE];
	int old, root;

	snprintf(dir, sizeof dir, "%s/new-root", in->base);
	if (sys_unshare(CLONE_NEWNS) < 0 ||
	    sys_mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount_it(in, name, dir, way) < 0)
		return errno;
	old = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	root = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root >= 0 && sys_chdir(dir) == 0 && sys_chroot(".") == 0)
		look_around(in, root, r);
	if (root >= 0)
		close(root);
	/* if that fails, the end of this process unmounts it */
	if (fchdir(old) == 0 && sys_chroot(".") == 0)
		sys_umount(dir, 0);
	return 0;
}

static void
be_the_child(const struct inspector *in, const char *name,
	const struct romount *way, int out)
{
	static struct report r;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NAME, "lrc:inspect");
	r.error = look(in, name, way, &r);
	_exit(write(out, &r, sizeof r) == sizeof r ? 0 : 1);
}

/* ---------------------------------------------------------- in the worker */

enum answer { ANSWERED, DIED, SILENT };

/* Beside 0 and errno values. */
enum { TOLD_NOTHING = -1, STILL_AT_IT = -2 };

static enum answer
read_report(int in, int64_t limit_ms, struct report *r)
{
	int64_t now = sys_now_ms(), end = now + limit_ms;

	for (; now < end; now = sys_now_ms())
		if (sys_wait_readable(in, -1, end - now) == 1)
			return read(in, r, sizeof *r) == sizeof *r ?
				ANSWERED : DIED;
	return SILENT;
}

static void
take_report(struct report *r, struct finding *f)
{
	r->init[sizeof r->init - 1] = '\0';
	r->why[sizeof r->why - 1] = '\0';
	r->info.release[ROOTINFO_TEXT - 1] = '\0';
	r->info.kernel[ROOTINFO_TEXT - 1] = '\0';
	r->info.fstab[ROOTINFO_TEXT - 1] = '\0';
	f->looked = r->looked != 0;
	f->info = r->info;
	f->info.modules = r->modules != 0;
	text_copy(f->init, sizeof f->init, r->init);
	text_copy(f->why, sizeof f->why, r->why);
}

/* Kill it. False when even that does not end it. */
static bool
put_an_end(pid_t pid, int in, struct finding *f)
{
	static struct report ignored;

	snprintf(f->why, sizeof f->why, "no answer within %d s",
		LOOK_MS / 1000);
	kill(pid, SIGKILL);
	return read_report(in, DIE_MS, &ignored) != SILENT;
}

/* What came of it, once the child has ended. */
static int
verdict(enum answer got, int status, struct report *r, struct finding *f)
{
	if (got == DIED)
		snprintf(f->why, sizeof f->why, "the look at it crashed: %s",
			WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) :
			"it told nothing");
	if (got != ANSWERED)
		return TOLD_NOTHING;
	if (r->error == 0)
		take_report(r, f);
	return r->error;
}

/* Have a child look. 0, the errno of a mount(2) that was refused, or, with
 * the reason in f, TOLD_NOTHING or STILL_AT_IT. */
static int
have_it_looked_at(const struct inspector *in, const struct romount *way,
	struct finding *f)
{
	static struct report r;
	enum answer got;
	int fd[2], status = 0;
	bool ended;
	pid_t pid;

	if (pipe2(fd, O_CLOEXEC) < 0)
		return errno;
	pid = fork();
	if (pid == 0)
		be_the_child(in, f->name, way, fd[1]);
	close(fd[1]);
	got = pid < 0 ? DIED : read_report(fd[0], LOOK_MS, &r);
	ended = got != SILENT || put_an_end(pid, fd[0], f);
	close(fd[0]);
	if (!ended)
		return STILL_AT_IT;
	if (pid < 0)
		return EAGAIN;
	waitpid(pid, &status, 0);
	return verdict(got, status, &r, f);
}

/* Each way in turn, with its driver loaded when the kernel has none. As
 * have_it_looked_at(). */
static int
try_ways(const struct inspector *in, const struct romount *way,
	struct finding *f)
{
	const struct romount *last;
	struct err e;
	int error;

	do {
		last = way;
		error = have_it_looked_at(in, way, f);
		if (error == ENODEV &&
		    in->load_driver(way->driver, &e) == 0)
			error = have_it_looked_at(in, way, f);
		way = romount_next(way->type, way);
	} while ((error == ENODEV || error == EINVAL) && way);
	if (error > 0)
		snprintf(f->why, sizeof f->why, "mount as %s%s%s: %s",
			last->driver, last->options[0] ? ", " : "",
			last->options, strerror(error));
	return error;
}

/* Make the device read-only, unless it is. O_EXCL: nothing that is mounted, or
 * that md or LVM has taken, is touched. */
static int
hold(const struct inspector *in, struct finding *f)
{
	char node[BLOCKDEV_NAME_SIZE];
	int fd, was;

	blockdev_node(in->devices->dev, f->name, node);
	fd = openat(in->devices->dev, node, O_RDONLY | O_EXCL | O_NONBLOCK |
		O_CLOEXEC);
	if (fd < 0) {
		text_copy(f->why, sizeof f->why, errno == EBUSY ?
			"in use" : strerror(errno));
		return -1;
	}
	was = sys_read_only(fd);
	if (was == 0)
		text_copy(in->held, DEVNAME_SIZE, f->name);
	if (was == 0 && (sys_set_read_only(fd, 1) < 0 ||
	    sys_read_only(fd) != 1))
		was = -1;
	close(fd);
	if (was < 0)
		text_copy(f->why, sizeof f->why, "it cannot be made read-only "
			"while it is looked at");
	return was < 0 ? -1 : 0;
}

void
inspect_undo(const struct blockdevs *devices, char *held)
{
	int fd;

	if (!held[0])
		return;
	held[DEVNAME_SIZE - 1] = '\0';
	fd = blockdev_open(devices, held);
	if (fd >= 0 && sys_set_read_only(fd, 0) < 0)
		say(LOG_WITHOUT, "%s stays read-only: %s", held,
			strerror(errno));
	if (fd >= 0)
		close(fd);
	held[0] = '\0';
}

/* What can be known without a mount. NULL, or why there will be none. */
static const char *
refusal(const struct inspector *in, const struct seen_device *d,
	struct finding *f)
{
	int fd;

	if (d->usage != BLK_FILESYSTEM)
		return d->unreadable ? "it cannot be read" : "no file system";
	fd = blockdev_open(in->devices, d->name);
	if (fd < 0)
		return "it cannot be read";
	f->unclean = unclean_superblock(fd, d->type);
	close(fd);
	if (!romount_next(d->type, NULL))
		return "its driver might write, so it is not looked at";
	return NULL;
}

/* The PARTUUID of a partition: out of its disk's table, which nobody has read
 * unless a root is searched for by it. */
static void
find_partuuid(const struct blockdevs *devices, const char *name,
	struct blk_part *part)
{
	char disk[BLOCKDEV_NAME_SIZE];
	struct blk_table t;
	struct err ignored;
	unsigned number;
	int fd;

	part->uuid[0] = '\0';
	if (!blockdev_split(name, disk, &number) ||
	    (fd = blockdev_open(devices, disk)) < 0)
		return;
	if (blk_table_open(&t, fd, &ignored) == 0) {
		for (unsigned i = 0; i < t.count; i++) {
			blk_table_entry(&t, i, part);
			if (part->number == number)
				break;
			part->uuid[0] = '\0';
		}
		blk_table_close(&t);
	}
	close(fd);
}

/* Is that what its fstab calls the root? */
static void
compare_with_fstab(const struct inspector *in, const struct seen_device *d,
	struct finding *f)
{
	struct blk_part part = { .uuid = "" };
	const struct fstab_device device = { d->name, d->uuid,
		strlen(d->label) + 1 < sizeof d->label ? d->label : "",
		part.uuid };

	if (strstr(f->info.fstab, "PARTUUID") ||
	    strstr(f->info.fstab, "by-partuuid"))
		find_partuuid(in->devices, d->name, &part);
	f->fstab = fstab_names(f->info.fstab, &device);
}

void
inspect_device(const struct inspector *in, const struct seen_device *d,
	struct finding *f)
{
	const char *why;
	int result = TOLD_NOTHING;

	memset(f, 0, sizeof *f);
	text_copy(f->name, sizeof f->name, d->name);
	why = refusal(in, d, f);
	if (why) {
		text_copy(f->why, sizeof f->why, why);
		return;
	}
	if (hold(in, f) == 0)
		result = try_ways(in, romount_next(d->type, NULL), f);
	if (result == STILL_AT_IT) {
		say(LOG_WITHOUT, "%s: its driver does not answer; it stays "
			"read-only", f->name);
		in->held[0] = '\0';
	}
	inspect_undo(in->devices, in->held);
	compare_with_fstab(in, d, f);
}
