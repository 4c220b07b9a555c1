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

#include "compat.h"
#include "configure.h"
#include "console.h"
#include "contract.h"
#include "drivers.h"
#include "findroot.h"
#include "handover.h"
#include "init.h"
#include "inspect.h"
#include "kernfs.h"
#include "layers.h"
#include "lib/alive.h"
#include "lib/blockdev.h"
#include "lib/log.h"
#include "lib/options.h"
#include "lib/rootspec.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "netroot.h"
#include "resume.h"
#include "steps.h"
#include "wait.h"

static struct places at = { -1, -1, -1, -1 };

const struct places *
steps_places(void)
{
	return &at;
}

/* What a worker was looking at when it crashed. */
static void
leave_disks_alone(struct boot *b)
{
	const struct blockdevs devices = { at.proc, at.sys, at.dev, false };

	inspect_undo(&devices, b->held);
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
	leave_disks_alone(b);
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
	snprintf(note, NOTE_SIZE, "Linux %s", u.release);
	timeline_add(TIMELINE_KERNEL, note, 0, b->start_ms * 1000);
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
	if (b->contract == CONTRACT_LINUXRC)
		kernfs_show_firmware(&b->kernfs);
	log_open(at.dev);
	if (!b->console)
		b->console = console_open(at.dev);
	if (b->kernfs.base_ours)
		snprintf(note, NOTE_SIZE, "in a tmpfs on %s, the initrd "
			"being read-only", b->kernfs.base);
	return 0;
}

int
step_options(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	int result = configure_read(b, &at, e);

	compat_decide(b, &at);
	log_debug(b->options.debug);
	if (b->options.root[0])
		snprintf(note, NOTE_SIZE, "root=%.256s from the %s",
			b->options.root, options_origin(
			(enum origin)b->options.origin[OPT_ROOT]));
	return result;
}

void
steps_learn_policy(struct boot *b)
{
	if (at.root < 0)
		at.root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	configure_early(b, &at);
}

int
steps_have_drivers(struct boot *b, struct err *e)
{
	static bool opened;

	if (opened)
		return 0;
	opened = true;
	return drivers_open(&at, b, e);
}

/* nfsroot= alone is a root on NFS, as to the kernel; which mounts it, if it can
 * and nobody has asked for the other way. */
static int
parse_root(struct boot *b, struct err *e)
{
	const char *root = b->options.root;

	if (rootspec_parse(root[0] || !b->options.nfsroot[0] ? root :
	    "/dev/nfs", b->options.rootfstype, &b->spec, e) < 0)
		return -1;
	b->kernel_nfs = b->spec.kind == ROOT_NFS &&
		b->contract == CONTRACT_LINUXRC &&
		b->options.origin[OPT_HANDOVER] == ORIGIN_DEFAULT &&
		netroot_is_kernels(&at);
	return 0;
}

/* A root= with a fault is another step's to tell. */
void
steps_understand_root(struct boot *b)
{
	struct err ignored;

	if (parse_root(b, &ignored) < 0)
		b->spec.kind = ROOT_NONE;
}

int
step_drivers(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	steps_understand_root(b);
	if (b->contract == CONTRACT_CHROOT) {
		text_copy(note, NOTE_SIZE, "none in a rehearsal");
		return 0;
	}
	if (steps_have_drivers(b, e) < 0)
		return -1;
	drivers_list(b->options.modules);
	if (b->options.coldplug != COLDPLUG_NONE)
		wait_load_drivers(b, &at);
	drivers_describe(note, NOTE_SIZE);
	if (!note[0])
		text_copy(note, NOTE_SIZE, b->options.coldplug ==
			COLDPLUG_NONE ? "none, as asked" : "none");
	return 0;
}

void
steps_before_question(struct boot *b)
{
	struct err ignored;

	if (b->switched || b->contract == CONTRACT_CHROOT)
		return;
	if (steps_have_drivers(b, &ignored) == 0)
		drivers_coldplug(&at, &ignored);
}

/* root=fd0 is hexadecimal, and root=vda with a rootfstype= a tag of 9p, to the
 * kernel too; hardly anybody means that. */
static void
warn_of_word(const struct boot *b)
{
	const struct blockdevs devices = { at.proc, at.sys, at.dev, true };
	const char *root = b->options.root;
	unsigned major, minor;
	char means[32];

	if ((b->spec.kind != ROOT_NUMBER && b->spec.kind != ROOT_NODEV) ||
	    strlen(root) >= DEVNAME_SIZE || strchr(root, '/') ||
	    !blockdev_find(&devices, root, &major, &minor))
		return;
	text_copy(means, sizeof means, "no device");
	if (b->spec.kind == ROOT_NUMBER)
		snprintf(means, sizeof means, "the number %u:%u",
			b->spec.major, b->spec.minor);
	say(LOG_WITHOUT, "root=%s is %s to the kernel; for the device say "
		"root=/dev/%s", root, means, root);
}

static int
understand_root(struct boot *b, struct err *e)
{
	if (parse_root(b, e) < 0)
		return -1;
	/* no room is built for it: no disk that could appear is waited for */
	if (b->spec.kind == ROOT_OTHER)
		return fail(e, 0, "root=%.160s: no kind of root that can be "
			"mounted here", b->options.root);
	return 0;
}

int
step_device(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	struct err ignored;
	int found;

	if (understand_root(b, e) < 0) {
		if (b->options.fallbacks == 0)
			return -1;
		say(LOG_WITHOUT, "%s", e->text);
		b->spec.kind = ROOT_NONE;
	}
	if (b->spec.kind == ROOT_NFS)
		return netroot_find(b, note, e);
	steps_have_drivers(b, &ignored);
	if (b->spec.kind == ROOT_MTD || b->spec.kind == ROOT_NODEV) {
		b->device = (struct root_device){ 0 };
		warn_of_word(b);
		snprintf(note, NOTE_SIZE, "%.256s, no block device",
			b->spec.value);
		return 0;
	}
	found = findroot_device(b, &at, e);
	warn_of_word(b);
	if (found < 0)
		return -1;
	snprintf(note, NOTE_SIZE, "%s%s%s", b->device.name,
		b->device.fstype[0] ? ", " : "", b->device.fstype);
	return 0;
}

/* A device that has gone for good must not keep the machine from booting, so
 * rootwait does not count here. */
static int
wait_for_resume(const struct boot *b, const struct root_spec *spec,
	struct root_device *d, struct err *e)
{
	struct wanted w = { .word = "resume", .text = b->options.resume,
		.spec = spec, .device = d, .swap = true,
		.least_s = RESUME_QUIET_S, .quiet_s = RESUME_QUIET_S,
		.most_s = RESUME_MOST_S };
	struct err ignored;

	if (w.least_s < b->options.resumedelay_s)
		w.least_s = b->options.resumedelay_s;
	/* the root may have been there before all disks were: a twin of this
	 * device may be on any of them */
	while (b->contract != CONTRACT_CHROOT && drivers_next(&at,
	    DRIVERS_FOR_STORAGE, &ignored) > 0)
		continue;
	return wait_for(&w, b, &at, e);
}

/* What /linuxrc cannot do, it can as the initrd's init. */
static int
resume_as_init(struct boot *b, const struct root_device *d,
	char note[static NOTE_SIZE], struct err *e)
{
	struct err why;

	if (handover_prepare_again(b, &why) < 0) {
		fail(e, 0, "the suspended system on %s stays there: the "
			"kernel cannot go on with it while it runs /linuxrc",
			d->name);
		return hint(e, "%s", why.text);
	}
	b->outcome = OUTCOME_READY;
	snprintf(note, NOTE_SIZE, "a suspended system is on %s: the kernel is "
		"asked by us as init, when /linuxrc has ended", d->name);
	return 0;
}

int
step_resume(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	static struct root_spec spec;
	struct root_device d = { .name = "" };
	struct err ignored;
	int found;

	if (b->options.noresume) {
		text_copy(note, NOTE_SIZE, "not asked for: noresume or "
			"nohibernate was given");
		return 0;
	}
	steps_have_drivers(b, &ignored);
	if (resume_prepare(b, &at, &spec, e) < 0 ||
	    wait_for_resume(b, &spec, &d, e) < 0)
		return -1;
	if (b->contract == CONTRACT_CHROOT) {
		snprintf(note, NOTE_SIZE, "%s (%u:%u), not asked in a "
			"rehearsal", d.name, d.major, d.minor);
		return 0;
	}
	snprintf(note, NOTE_SIZE, "no suspended system on %s", d.name);
	found = resume_from(&d, b, &at, e);
	return found > 0 ? resume_as_init(b, &d, note, e) : found;
}

int
step_rootfs(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	struct err ignored;

	if (b->contract == CONTRACT_CHROOT) {
		text_copy(note, NOTE_SIZE, "not mounted in a rehearsal");
		return 0;
	}
	steps_have_drivers(b, &ignored);
	if (!handover_is_change_root(b)) {
		b->mounted = true;
		alive_for(ALIVE_MOUNT_S);
		return layers_mount(b, &at, note, e);
	}
	text_copy(note, NOTE_SIZE, "left to the kernel");
	return layers_leave(b, &at, e);
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
