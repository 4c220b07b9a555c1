/* SPDX-License-Identifier: MIT */
/*
 * main.c - the boot as a table, and who walks it. READ boot.h FIRST.
 *
 * The first process is the supervisor; it forks a worker that does the steps
 * of the procedure up to the mounted and checked root, and then does the
 * last one, the hand-over, itself. Follows the kernel's "Using the initial
 * RAM disk (initrd)" (Documentation/admin-guide/initrd.rst) and initrd(4).
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "compat.h"
#include "console.h"
#include "explain.h"
#include "handover.h"
#include "laststage.h"
#include "lib/alive.h"
#include "lib/applet.h"
#include "lib/log.h"
#include "lib/options.h"
#include "lib/optstep.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "network.h"
#include "rescue.h"
#include "resume.h"
#include "run.h"
#include "steps.h"
#include "supervisor.h"

extern char **environ;

/* /linuxrc of an old image mounts what it likes, so a suspended system comes
 * before it. */
static bool
resume_before_initrd(const struct boot *b)
{
	return compat_is_asked(b) && !b->compat.done && resume_is_asked(b);
}

static bool
resume_before_root(const struct boot *b)
{
	return !compat_is_asked(b) && resume_is_asked(b);
}

/* ip= (not off) or BOOTIF= is given, or the root is on NFS, and it is not left
 * to the kernel. */
static bool
network_before_root(const struct boot *b)
{
	const struct boot_options *o = &b->options;
	bool nfs = b->spec.kind == ROOT_NFS;
	bool off = strcmp(o->nfsaddrs, "off") == 0 ||
		strcmp(o->nfsaddrs, "none") == 0;

	if (!compat_wants_root(b) || (b->contract == CONTRACT_LINUXRC &&
	    (o->handover == HANDOVER_CHANGE_ROOT || (nfs && b->kernel_nfs))))
		return false;
	return !off && (nfs || o->nfsaddrs[0] || o->bootif[0]);
}

static const struct step procedure[] = {
	[STEP_CONTRACT] = { "learn the contract", "contract",
		step_contract, CARRY_ON, NULL },
	[STEP_CONSOLE] = { "open the console", "console",
		step_console, CARRY_ON, NULL },
	[STEP_KERNFS] = { "mount /proc, /sys and /dev", "kernfs",
		step_kernfs, ASK, NULL },
	[STEP_OPTIONS] = { "read the boot options", "options",
		step_options, ASK, NULL },
	[STEP_DRIVERS] = { "load drivers", "drivers",
		step_drivers, CARRY_ON, NULL },
	[STEP_RESCUE] = { "rescue menu", "rescue",
		step_rescue, ASK, rescue_is_asked },
	[STEP_RESUME_FIRST] = { "resume from disk", "resume",
		step_resume, CARRY_ON, resume_before_initrd },
	[STEP_UNPACK] = { "unpack the initrd image", "unpack",
		step_unpack, ASK, compat_is_asked },
	[STEP_LINUXRC] = { "run /linuxrc of the initrd", "linuxrc",
		step_linuxrc, ASK, compat_has_initrd },
	[STEP_NETWORK] = { "configure the network", "network",
		step_network, CARRY_ON, network_before_root },
	[STEP_DEVICE] = { "find the root device", "device",
		step_device, ASK, compat_wants_root },
	[STEP_RESUME] = { "resume from disk", "resume",
		step_resume, CARRY_ON, resume_before_root },
	[STEP_ROOTFS] = { "mount the root file system", "rootfs",
		step_rootfs, ASK, compat_wants_root },
	[STEP_INIT] = { "check init", "init",
		step_init, ASK, NULL },
	[STEP_NETCONF] = { "tell the network's configuration", "netconf",
		step_netconf, CARRY_ON, network_is_there },
	/* done by the supervisor: */
	[STEP_HANDOVER] = { "hand over to init", "handover",
		NULL, ASK, NULL },
};

static char **arguments;	/* ours, as the kernel passed them */

static const char *
step_name(const struct boot *b)
{
	return procedure[b->step < STEP_COUNT ? b->step : STEP_HANDOVER].name;
}

/*
 * Where a fresh worker goes on after the question: with the step that failed,
 * or the first one that what was typed concerns. A hand-over that failed may
 * have taken the mounts away, so it begins with those, and with init once that
 * is all there is left to do.
 */
static void
go_back(struct boot *b, const struct failure *f)
{
	enum step_number first = optstep_first(b, f->words);

	if (b->switched) {
		if (first < STEP_INIT)
			first = STEP_INIT;
	} else if (b->step == STEP_HANDOVER) {
		b->step = STEP_KERNFS;
	}
	if (f->unmounted && b->step > STEP_ROOTFS)
		b->step = STEP_ROOTFS;
	if (first < b->step)
		b->step = first;
	if (b->step > STEP_DRIVERS && b->step <= STEP_DEVICE)
		steps_understand_root(b);
}

static void
ask_about(struct boot *b)
{
	char sentence[ERR_TEXT_SIZE + 64];
	struct failure f = { .sentence = sentence, .words = "" };

	b->asking = true;	/* a crash from now on is the question's */
	steps_learn_policy(b);
	run_announce("ask");
	if (b->contract == CONTRACT_NONE)
		log_to_stderr();
	run_sentence(procedure, b, sentence, sizeof sentence);
	/* under linuxrc the kernel starts init: only the root is ours */
	f.typed = b->step < STEP_INIT || b->contract == CONTRACT_LINUXRC ?
		"root" : "init";
	f.drivers = b->step > STEP_DRIVERS;
	ask(b, steps_places(), &f);
	if (b->outcome == OUTCOME_RETRY)
		go_back(b, &f);
}

/* In the worker. */
static void
work(struct boot *b)
{
	steps_begin(b);
	if (b->ask) {
		ask_about(b);
		return;
	}
	if (run_steps(procedure, b) < 0) {
		ask_about(b);
	} else if (b->outcome != OUTCOME_NONE) {
		return;
	} else if (b->contract == CONTRACT_CHROOT) {
		explain_plan(b);
		b->outcome = OUTCOME_DONE;
	} else {
		b->outcome = OUTCOME_READY;
	}
}

/* In the supervisor. */
static int
leave(struct boot *b, struct err *e)
{
	log_open(-1);
	if (handover(b, arguments, environ, e) == 0)
		return 0;
	b->step = STEP_HANDOVER;
	return -1;
}

static int
boot(struct boot *b)
{
	static const struct supervised supervised = { work, leave,
		STEP_COUNT, step_name };
	int status;

	b->pid = (int)getpid();
	b->ppid = (int)getppid();
	b->sid = (int)getsid(0);
	b->start_ms = sys_now_ms();
	log_keep(&b->logbook);
	timeline_open(&b->timeline);
	alive_open(&b->alive_until_ms);
	status = supervisor_run(&supervised, b);
	if (status != 0 && b->contract == CONTRACT_LINUXRC)
		handover_give_up(b);
	return status;
}

/* The old root is gone and its memory freed: init is left to run, and if it
 * cannot be, another one to be asked for. */
static int
last_stage(struct boot *b)
{
	struct err ignored;

	if (laststage_main(arguments, environ, &b->err) == 0)
		return 0;
	options_take(&b->options, laststage_words(arguments), ORIGIN_CMDLINE,
		CONTRACT_INITRAMFS, &ignored);
	if (b->options.lock)
		b->locked = ORIGIN_CMDLINE;
	b->configured = true;	/* the initrd is gone */
	arguments++;
	text_copy(b->init, sizeof b->init, arguments[0]);
	b->contract = CONTRACT_RAM0;
	b->switched = b->ask = true;
	b->step = STEP_HANDOVER;
	return boot(b);
}

static int
usage(void)
{
	static const char text[] =
		"usage: linuxrc                       as /linuxrc or /init\n"
		"       chroot DIR /linuxrc           a rehearsal\n"
		"       linuxrc --explain CMDLINE     what it would do\n"
		"       linuxrc APPLET [ARGUMENT...]  a tool; also by its name"
#define APPLET(name) "\n\t" #name
#include "applets.def"
#undef APPLET
		"\n";

	return write(2, text, sizeof text - 1) < 0 ? 2 : 2;
}

static const struct applet {
	const char *name;
	int (*run)(int argc, char **argv);
} applets[] = {
#define APPLET(name) { #name, name##_main },
#include "applets.def"
#undef APPLET
	{ NULL, NULL }
};

/* The tool that a program's path or name means, or NULL. */
static const struct applet *
find_applet(const char *path)
{
	const char *slash = strrchr(path, '/');
	const struct applet *a;

	for (a = applets; a->name; a++)
		if (strcmp(a->name, slash ? slash + 1 : path) == 0)
			return a;
	return NULL;
}

/*
 * The initrd's init, as /linuxrc has made it to be started once more
 * (handover_prepare_again()): the name of that link is init='s, and can be
 * that of a tool.
 */
static bool
is_linked_init(const char *path)
{
	static const char target[] = "/linuxrc";
	char link[sizeof target];

	return getpid() == 1 &&
		readlink(path, link, sizeof link) == sizeof target - 1 &&
		memcmp(link, target, sizeof target - 1) == 0;
}

/* By what we are called, or by the first argument; but PID 1 has arguments
 * from the kernel, and they are init's. */
static const struct applet *
which_applet(int *argc, char ***argv)
{
	const struct applet *a;

	if (*argc < 1 || is_linked_init((*argv)[0]))
		return NULL;
	a = find_applet((*argv)[0]);
	if (a || *argc < 2 || getpid() == 1)
		return a;
	a = find_applet((*argv)[1]);
	if (a) {
		--*argc;
		++*argv;
	}
	return a;
}

int
main(int argc, char **argv)
{
	const struct applet *applet = which_applet(&argc, &argv);
	struct boot *b;

	if (applet) {
		applet_begin(applet->name);
		return applet->run(argc, argv);
	}

	console_hold();
	b = supervisor_boot();
	if (!b)
		return 1;
	options_defaults(&b->options);
	arguments = argv;
	if (laststage_is(argv))
		return last_stage(b);
	if (argc > 1 && getpid() != 1) {
		if (argc != 3 || strcmp(argv[1], "--explain") != 0 ||
		    text_copy(b->cmdline, sizeof b->cmdline, argv[2]) < 0)
			return usage();
		b->rehearsal = true;
	}
	return boot(b);
}
