/* SPDX-License-Identifier: MIT */
/*
 * steps.c - see steps.h. What a worker opens lives here and dies with it;
 * what the next one needs is in struct boot.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "console.h"
#include "contract.h"
#include "drivers.h"
#include "handover.h"
#include "init.h"
#include "kernfs.h"
#include "lib/dir.h"
#include "lib/file.h"
#include "lib/log.h"
#include "lib/options.h"
#include "lib/rootspec.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "rootfs.h"
#include "steps.h"
#include "wait.h"

enum { CONF_SIZE = 65536 };	/* a linuxrc.conf with every comment is 8 K */

static struct places at = { -1, -1, -1, -1 };

const struct places *
steps_places(void)
{
	return &at;
}

void
steps_begin(struct boot *b)
{
	if (b->contract == CONTRACT_NONE) {
		/* nothing is mounted yet; a /proc for the first facts */
		at.proc = sys_detached_mount("proc");
		if (at.proc < 0)
			kernfs_open(&b->kernfs, &at);
		return;
	}
	kernfs_open(&b->kernfs, &at);
	if (b->contract == CONTRACT_CHROOT) {
		kernfs_borrow(&at);
		log_to_stderr();
	} else {
		log_open(at.dev);
	}
	log_debug(b->options.debug);
}

int
step_contract(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	struct contract_facts f = { .pid = b->pid, .ppid = b->ppid,
		.sid = b->sid, .rehearsal = b->rehearsal };
	struct utsname u;

	(void)e;
	contract_observe(&f, at.proc);
	b->contract = contract_classify(&f);
	b->rootfs_dev = b->contract == CONTRACT_INITRAMFS ? f.root_dev : 0;
	b->kernfs.bare = f.root_alone;
	if (b->contract == CONTRACT_CHROOT)
		steps_begin(b);
	uname(&u);
	snprintf(note, NOTE_SIZE, "%s, pid %d, / is %s, Linux %s",
		contract_name(b->contract), f.pid,
		f.root_fstype[0] ? f.root_fstype : "unknown", u.release);
	return 0;
}

int
step_console(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	if (b->contract == CONTRACT_CHROOT)
		return 0;
	b->console = console_open(at.dev);
	/* devtmpfs, which may have one, is not there yet: no failure */
	if (!b->console)
		text_copy(note, NOTE_SIZE, "none yet");
	(void)e;
	return 0;
}

int
step_kernfs(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	if (b->contract == CONTRACT_CHROOT)
		return 0;
	if (kernfs_mount(&b->kernfs, &at, e) < 0)
		return -1;
	log_open(at.dev);
	if (!b->console)
		b->console = console_open(at.dev);
	if (b->kernfs.base_ours)
		snprintf(note, NOTE_SIZE, "in a tmpfs on %s, the initrd "
			"being read-only", b->kernfs.base);
	return 0;
}

/* A source of options with a fault is still used for the rest of it. */
static void
say_fault(const char *source, const struct err *e)
{
	say(LOG_WITHOUT, "%s: %s", source, e->text);
}

static void
take_conf(struct boot *b, int dir, const char *path)
{
	static char text[CONF_SIZE];
	struct err e;
	ssize_t n = file_read(dir, path, text, sizeof text, &e);

	if (n < 0 && e.code == ENOENT)
		return;
	if (n < 0 || options_take_conf(&b->options, text, (size_t)n,
	    b->contract, &e) < 0)
		say_fault(path, &e);
}

/*
 * The name that follows after in sorted order, "" when there is none. A few
 * files: looking through the directory for each costs less than a list.
 */
static void
next_name(int dir, const char *after, char next[static NAME_SIZE])
{
	const char *name;
	struct dir d;

	next[0] = '\0';
	if (dir_open(&d, dir, ".") < 0)
		return;
	while ((name = dir_next(&d)))
		if (name[0] != '.' && strcmp(name, after) > 0 &&
		    (next[0] == '\0' || strcmp(name, next) < 0))
			text_copy(next, NAME_SIZE, name);
	dir_close(&d);
}

static void
take_conf_dir(struct boot *b)
{
	char name[2][NAME_SIZE] = { "", "" };
	unsigned turn = 0;
	int dir = openat(at.root, "etc/linuxrc.d", O_RDONLY | O_DIRECTORY |
		O_CLOEXEC);

	if (dir < 0)
		return;
	for (;; turn = !turn) {
		next_name(dir, name[turn], name[!turn]);
		if (name[!turn][0] == '\0')
			break;
		take_conf(b, dir, name[!turn]);
	}
	close(dir);
}

static int
take_cmdline(struct boot *b, struct err *e)
{
	ssize_t n;

	if (!b->rehearsal) {
		n = file_read(at.proc, "cmdline", b->cmdline,
			sizeof b->cmdline, e);
		if (n < 0)
			return -1;
		while (n > 0 && b->cmdline[n - 1] == '\n')
			b->cmdline[--n] = '\0';
	}
	return options_take(&b->options, b->cmdline, ORIGIN_CMDLINE,
		b->contract, e);
}

/* What the kernel resolved root= (or rdev's number) to before it ran us. */
static void
take_real_root_dev(struct boot *b)
{
	char text[16];
	long number;

	if (b->contract != CONTRACT_LINUXRC ||
	    b->options.root[0] ||
	    file_line(at.proc, "sys/kernel/real-root-dev", text,
	    sizeof text) <= 0 ||
	    text_number(text, 10, INT32_MIN, INT32_MAX, &number) < 0 ||
	    number == 0)
		return;
	/* minors from 0x80000 on make it negative */
	snprintf(b->options.root, sizeof b->options.root, "0x%x",
		(unsigned)(int32_t)number);
	b->options.origin[OPT_ROOT] = ORIGIN_KERNEL;
}

void
steps_learn_panic(struct boot *b)
{
	char text[16];
	long seconds;

	b->panic_s = b->options.panic_s;
	if (b->panic_s != NOT_GIVEN)
		return;
	b->panic_s = 0;
	if (file_line(at.proc, "sys/kernel/panic", text, sizeof text) > 0 &&
	    text_number(text, 10, -1, 86400, &seconds) == 0)
		b->panic_s = (int)seconds;
}

int
step_options(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	int result;

	options_defaults(&b->options);
	take_conf(b, at.root, "etc/linuxrc.conf");
	take_conf_dir(b);
	result = take_cmdline(b, e);
	if (result < 0 && b->cmdline[0]) {
		say_fault("command line", e);
		result = 0;
	}
	if (b->typed[0] && options_take(&b->options, b->typed, ORIGIN_DIALOG,
	    b->contract, e) < 0)
		say_fault("typed", e);
	if (b->options.unknown[0])
		say(LOG_WITHOUT, "unknown options, ignored: %s",
			b->options.unknown);
	take_real_root_dev(b);
	steps_learn_panic(b);
	log_debug(b->options.debug);
	if (b->options.root[0])
		snprintf(note, NOTE_SIZE, "root=%.256s from the %s",
			b->options.root, options_origin(
			(enum origin)b->options.origin[OPT_ROOT]));
	return result;
}

/* The index of the modules; a worker that begins with a later step has none
 * yet, but needs it for what appears and for file systems. */
static int
have_drivers(const struct boot *b, struct err *e)
{
	static bool opened;

	if (opened)
		return 0;
	opened = true;
	return drivers_open(&at, b->cmdline, b->options.coldplug, e);
}

int
step_drivers(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	if (b->contract == CONTRACT_CHROOT) {
		text_copy(note, NOTE_SIZE, "none in a rehearsal");
		return 0;
	}
	if (have_drivers(b, e) < 0)
		return -1;
	if (b->options.coldplug == COLDPLUG_NONE) {
		text_copy(note, NOTE_SIZE, "none, as asked");
		return 0;
	}
	/* a module that failed has been spoken of */
	drivers_coldplug(&at, e);
	drivers_describe(note, NOTE_SIZE);
	if (!note[0])
		text_copy(note, NOTE_SIZE, "none");
	return 0;
}

int
step_device(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	struct err ignored;

	if (rootspec_parse(b->options.root, &b->spec, e) < 0)
		return -1;
	if (b->spec.kind == ROOT_NFS && handover_is_change_root(b)) {
		text_copy(note, NOTE_SIZE, "an NFS root, mounted by the "
			"kernel");
		return 0;
	}
	/* no disk that could appear while it is waited for */
	if (b->spec.kind == ROOT_NFS || b->spec.kind == ROOT_OTHER)
		return fail(e, 0, "root=%.160s: no kind of root that can be "
			"mounted here", b->options.root);
	have_drivers(b, &ignored);
	if (wait_for_device(b, &at, e) < 0)
		return -1;
	snprintf(note, NOTE_SIZE, "%s%s%s", b->device.name,
		b->device.fstype[0] ? ", " : "", b->device.fstype);
	return 0;
}

/* Mount, loading the driver of each type that the kernel does not know. */
static int
mount_root(struct boot *b, struct err *e)
{
	struct rootfs_types types;
	struct err driver;

	have_drivers(b, &driver);
	if (rootfs_types(&b->options, &b->device, &at, &types, e) < 0)
		return -1;
	snprintf(b->root.dir, sizeof b->root.dir, "%.32s/new-root",
		b->kernfs.base);
	while (rootfs_mount(&b->device, &b->options, &types, &b->root,
	    e) < 0) {
		if (e->code != ENODEV || types.next >= types.count)
			return -1;
		if (drivers_filesystem(types.name[types.next], &driver) == 0)
			continue;
		hint(e, "%s", driver.text);
		types.next++;
	}
	return 0;
}

/* The kernel mounts the root, but cannot load its driver. */
static void
leave_driver(struct boot *b)
{
	struct rootfs_types types;
	struct err ignored;
	unsigned i = 0;

	have_drivers(b, &ignored);
	if (b->device.name[0] && rootfs_types(&b->options, &b->device, &at,
	    &types, &ignored) == 0)
		while (i < types.count && drivers_filesystem(types.name[i],
		    &ignored) < 0)
			i++;
}

int
step_rootfs(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	if (b->contract == CONTRACT_CHROOT) {
		text_copy(note, NOTE_SIZE, "not mounted in a rehearsal");
		return 0;
	}
	if (handover_is_change_root(b)) {
		leave_driver(b);
		text_copy(note, NOTE_SIZE, "left to the kernel");
		return 0;
	}
	if (mount_root(b, e) < 0)
		return -1;
	snprintf(note, NOTE_SIZE, "%s, %s, %s", b->device.name,
		b->root.fstype, b->root.flags & 1 ? "ro" : "rw");
	return 0;
}

int
step_init(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	if (b->contract == CONTRACT_CHROOT) {
		text_copy(note, NOTE_SIZE, "not looked at in a rehearsal");
		return 0;
	}
	if (handover_is_change_root(b)) {
		text_copy(note, NOTE_SIZE, "left to the kernel");
		return 0;
	}
	if (init_check(b->switched ? NULL : b->root.dir, b->options.init,
	    b->init, e) < 0)
		return -1;
	text_copy(note, NOTE_SIZE, b->init);
	return 0;
}
