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
	const struct places *at;
	unsigned count;
	struct {
		char type[FSTYPE_SIZE], uuid[48];	/* when looked at */
		struct finding finding;
	} device[SEEN_MAX];
} looked;

void
auto_begin(struct boot *b, const struct places *at)
{
	looked.boot = b;
	looked.at = at;
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

static const struct finding *
find(const struct seen_device *p)
{
	for (unsigned i = 0; i < looked.count; i++)
		if (strcmp(looked.device[i].finding.name, p->name) == 0 &&
		    strcmp(looked.device[i].type, p->type) == 0 &&
		    strcmp(looked.device[i].uuid, p->uuid) == 0)
			return &looked.device[i].finding;
	return NULL;
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
	const struct finding *f = find(p);

	seen_text(p, text, ENTRY_SIZE);
	if (!f)
		return;
	text_add(text, ENTRY_SIZE, ": ");
	describe(f, text, ENTRY_SIZE);
}

/* A disk that holds nothing but its partitions. */
static bool
is_a_table(const struct seen *seen, const struct seen_device *p)
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
		if (is_a_table(seen, p))
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
look_at(const struct seen *seen, const struct seen_device *p)
{
	char text[ENTRY_SIZE];
	struct finding *f;

	if (find(p) || looked.count == SEEN_MAX)
		return;
	text_copy(looked.device[looked.count].type, FSTYPE_SIZE, p->type);
	text_copy(looked.device[looked.count].uuid, sizeof p->uuid, p->uuid);
	f = &looked.device[looked.count++].finding;
	inspect(seen, p, f);
	entry(p, text);
	say(LOG_STEP, "looked at %s", text);
}

/* How many roots there are, with an os-release or any; the first of them. */
static unsigned
count(struct seen *seen, unsigned which, bool released,
	const struct seen_device **first)
{
	const struct seen_device *p = NULL;
	const struct finding *f;
	unsigned n = 0;

	while ((p = seen_next(seen, p))) {
		if (!twins_counts(seen, 1u << which, seen_find(seen, p->name)))
			continue;
		look_at(seen, p);
		f = find(p);
		if (!f || !f->init[0] || (released && !f->info.release[0]))
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
auto_judge(struct seen *seen, unsigned which, struct root_device *d,
	struct err *e)
{
	const struct seen_device *p = NULL;
	unsigned n;

	if (looked.boot->contract == CONTRACT_CHROOT)
		return 0;
	n = looked.boot->options.image[0] ? 0 : count(seen, which, true, &p);
	if (n == 0)
		n = count(seen, which, false, &p);
	if (n == 0)
		return 0;
	if (n > 1)
		return refuse(seen, n, p, e);
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
