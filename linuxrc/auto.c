/* SPDX-License-Identifier: MIT */
/*
 * auto.c - see auto.h.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "auto.h"
#include "drivers.h"
#include "init.h"
#include "inspect.h"
#include "lib/imagespec.h"
#include "lib/log.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "lib/twins.h"
#include "run.h"

enum { ENTRY_SIZE = 640 };	/* what is said about one device */

static struct {
	struct boot *boot;
	const struct whole *whole;
	unsigned count;
	struct look {
		char type[FSTYPE_SIZE], uuid[48];	/* at that time */
		bool again;		/* it was not whole */
		struct finding finding;
	} device[SEEN_MAX];
} looked;

void
auto_begin(struct boot *b)
{
	looked.boot = b;
	looked.count = 0;
}

/* ------------------------------------------------------------ looking */

/* Named, so that one that never comes back can be seen to be at it. */
static int
load_driver(const char *type, struct err *e)
{
	int result;

	run_announce("fsdriver");
	result = drivers_filesystem(type, e);
	run_announce("device");
	return result;
}

/* With linuxrc.image= a root is what has that file. As init_check(). */
static int
check_image(const char *dir, const char *wanted, char *init, struct err *e)
{
	struct image_spec spec;
	struct stat st;

	(void)dir;
	if (imagespec_parse(wanted, &spec, e) < 0)
		return -1;
	if (stat(spec.path, &st) < 0)
		return fail(e, errno, "%s", spec.path);
	if (!S_ISREG(st.st_mode) && !S_ISBLK(st.st_mode))
		return fail(e, EINVAL, "%s", spec.path);
	return text_copy(init, INIT_SIZE, spec.path);
}

/* "subvol=@" out of rootflags=: which tree of btrfs is meant. */
static void
tree_of(const char *rootflags, char tree[static NAME_SIZE])
{
	size_t len;

	tree[0] = '\0';
	for (; *rootflags; rootflags += len + (rootflags[len] == ',')) {
		len = strcspn(rootflags, ",");
		if (len < NAME_SIZE && (text_after(rootflags, "subvol=") ||
		    text_after(rootflags, "subvolid="))) {
			memcpy(tree, rootflags, len);
			tree[len] = '\0';
		}
	}
}

static void
inspect(const struct seen *seen, const struct seen_device *p,
	struct finding *f)
{
	struct boot *b = looked.boot;
	struct utsname kernel = { .release = "" };
	char tree[NAME_SIZE], dir[BASE_SIZE + 16];
	bool image = b->options.image[0] != '\0';
	const struct inspector in = {
		.devices = &seen->at, .base = b->kernfs.base,
		.init = image ? b->options.image : b->options.init,
		.check_init = image ? check_image : init_check,
		.tree = tree, .release = kernel.release,
		.load_driver = load_driver, .held = b->held,
	};

	uname(&kernel);
	tree_of(b->options.rootflags, tree);
	/* the root of an earlier try would be in use */
	snprintf(dir, sizeof dir, "%s/new-root", b->kernfs.base);
	sys_umount(dir, MNT_DETACH);
	inspect_device(&in, p, f);
}

static struct look *
find(const struct seen_device *p)
{
	struct look *l;

	for (l = looked.device; l < looked.device + looked.count; l++)
		if (strcmp(l->finding.name, p->name) == 0 &&
		    strcmp(l->type, p->type) == 0 &&
		    strcmp(l->uuid, p->uuid) == 0)
			return l;
	return NULL;
}

/* A btrfs of which devices are missing; else its driver knows them all now. */
static bool
is_a_part(struct device_search *s, const struct seen_device *p,
	struct finding *f)
{
	struct root_device d = { .major = p->major, .minor = p->minor };
	struct err e;

	if (!looked.whole || strcmp(p->type, "btrfs") != 0)
		return false;
	text_copy(d.name, sizeof d.name, p->name);
	text_copy(d.fstype, sizeof d.fstype, p->type);
	if (whole_judge(looked.whole, s, &d, true, &e) > 0)
		return false;
	text_clean(f->why, sizeof f->why, e.text);
	return true;
}

/* Is a suspended system kept in a swap file on it, where resume_offset= says?
 * kernel/power/swap.c, HIBERNATE_SIG. */
static bool
keeps_image(const struct seen *seen, const struct seen_device *p)
{
	static const char signature[10] = "S1SUSPEND";
	uint64_t page = looked.boot->options.resume_offset;
	char text[sizeof signature];
	bool keeps;
	int fd;

	if (page == 0 || (fd = blockdev_open(&seen->at, p->name)) < 0)
		return false;
	keeps = pread(fd, text, sizeof text, (off_t)(page + 1) *
		sysconf(_SC_PAGESIZE) - (off_t)sizeof text) == sizeof text &&
		memcmp(text, signature, sizeof text) == 0;
	close(fd);
	return keeps;
}

/* ---------------------------------------------------------- describing */

/* "Debian GNU/Linux 12 (bookworm), its fstab names /dev/sda2 as /" */
static void
describe(const struct finding *f, char *text, size_t size)
{
	bool root = f->init[0] != '\0';

	if (f->info.release[0])
		text_add(text, size, "%s%s", f->info.release,
			root ? "" : ", but ");
	else if (root)
		text_add(text, size, "%s, no os-release", f->init);
	if (!root)
		text_add(text, size, "%s", f->why);
	if (f->fstab == FSTAB_OTHER)
		text_add(text, size, ", its fstab names %s as /",
			f->info.fstab);
	if (f->unclean)
		text_add(text, size, ", not unmounted");
}

static void
entry(const struct seen_device *p, char text[static ENTRY_SIZE])
{
	const struct look *l = find(p);

	seen_text(p, text, ENTRY_SIZE);
	if (!l)
		return;
	text_add(text, ENTRY_SIZE, ": ");
	describe(&l->finding, text, ENTRY_SIZE);
}

bool
auto_is_table(const struct seen *seen, const struct seen_device *p)
{
	if (p->usage != BLK_NOTHING || p->unreadable)
		return false;
	for (unsigned i = 0; i < seen->count; i++)
		if (blockdev_is_partition_of(seen->device[i].name, p->name))
			return true;
	return false;
}

void
auto_describe(const struct seen *seen, char *text, size_t size)
{
	const struct seen_device *p = NULL;
	const char *comma = "";
	char one[ENTRY_SIZE];

	while ((p = seen_next(seen, p))) {
		if (auto_is_table(seen, p))
			continue;
		entry(p, one);
		if (strlen(text) + strlen(one) + sizeof "; ; ..." > size) {
			text_append(text, size, "; ...");
			return;
		}
		text_add(text, size, "%s%s", comma, one);
		comma = "; ";
	}
	if (!comma[0])
		text_add(text, size, "no block device");
}

/* ------------------------------------------------------------- judging */

static void
look_at(struct device_search *s, const struct seen_device *p)
{
	struct look *l = find(p);
	bool first = !l;
	char text[ENTRY_SIZE];

	if ((l && !l->again) || (!l && looked.count == SEEN_MAX))
		return;
	if (!l)
		l = &looked.device[looked.count++];
	memset(l, 0, sizeof *l);
	text_copy(l->type, sizeof l->type, p->type);
	text_copy(l->uuid, sizeof l->uuid, p->uuid);
	text_copy(l->finding.name, sizeof l->finding.name, p->name);
	l->again = is_a_part(s, p, &l->finding);
	if (!l->again && keeps_image(&s->seen, p))
		text_copy(l->finding.why, sizeof l->finding.why,
			"a suspended system is kept on it");
	else if (!l->again)
		inspect(&s->seen, p, &l->finding);
	if (l->again && !first)
		return;
	entry(p, text);
	say(LOG_STEP, "looked at %s", text);
}

const struct finding *
auto_look(struct device_search *s, const struct seen_device *p)
{
	const struct look *l;

	looked.whole = NULL;
	look_at(s, p);
	l = find(p);
	return l ? &l->finding : NULL;
}

/* How many roots there are, with an os-release or any; the first of them. */
static unsigned
count(struct device_search *s, unsigned which, bool released,
	const struct seen_device **first)
{
	const struct seen_device *p = NULL;
	const struct look *l;
	unsigned n = 0;

	while ((p = seen_next(&s->seen, p))) {
		if (!twins_counts(&s->seen, 1u << which,
		    seen_find(&s->seen, p->name)))
			continue;
		look_at(s, p);
		l = find(p);
		if (!l || !l->finding.init[0] ||
		    (released && !l->finding.info.release[0]))
			continue;
		if (n++ == 0)
			*first = p;
	}
	return n;
}

static bool
is_same(const struct seen_device *p, const struct seen_device *q)
{
	return p != q && p->uuid[0] && strcmp(p->uuid, q->uuid) == 0 &&
		strcmp(p->type, q->type) == 0;
}

/* How a person could name it: by its UUID, if that is not on another one. */
static void
name_it(const struct seen *seen, const struct seen_device *p, struct err *e)
{
	const struct seen_device *q = NULL;
	bool alone = p->uuid[0] != '\0';

	while ((q = seen_next(seen, q)))
		alone = alone && !is_same(p, q);
	hint(e, "name one of them: root=%s%s", alone ? "UUID=" : "/dev/",
		alone ? p->uuid : p->name);
}

static int
refuse(const struct seen *seen, unsigned n, const struct seen_device *first,
	struct err *e)
{
	char text[ERR_TEXT_SIZE] = "";

	/* room for the words around it */
	auto_describe(seen, text, sizeof text - 160);
	fail(e, 0, "root=auto: %u file systems look like a root: %s", n, text);
	name_it(seen, first, e);
	return -1;
}

int
auto_judge(struct device_search *s, unsigned which, const struct whole *whole,
	struct root_device *d, struct err *e)
{
	const struct seen_device *p = NULL;
	unsigned n;

	if (looked.boot->contract == CONTRACT_CHROOT)
		return 0;
	looked.whole = whole;
	n = looked.boot->options.image[0] ? 0 : count(s, which, true, &p);
	if (n == 0)
		n = count(s, which, false, &p);
	if (n == 0)
		return 0;
	if (n > 1)
		return refuse(&s->seen, n, p, e);
	text_copy(d->name, sizeof d->name, p->name);
	d->major = p->major;
	d->minor = p->minor;
	text_copy(d->fstype, sizeof d->fstype, p->type);
	return 1;
}

const char *
auto_none(void)
{
	return looked.boot->contract == CONTRACT_CHROOT ? "a rehearsal mounts "
		"no disk, so it cannot tell which one looks like a root" :
		"no file system looks like a root";
}
