/* SPDX-License-Identifier: MIT */
/*
 * compat.c - see compat.h.
 *
 * Deviations from the kernel: the image's own type of file system decides how
 * it is mounted, not rootfstype= and rootflags=, which are the real root's; it
 * may be as large as the memory allows; rootwait counts after /linuxrc as well,
 * and root= is looked up again then.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "compat.h"
#include "compat/guest.h"
#include "compat/source.h"
#include "contract.h"
#include "initrd.h"
#include "lib/alive.h"
#include "lib/device.h"
#include "lib/log.h"
#include "lib/realroot.h"
#include "lib/rootspec.h"
#include "lib/text.h"
#include "steps.h"
#include "wait.h"

extern char **environ;

void
compat_decide(struct boot *b, const struct places *at)
{
	const struct boot_options *o = &b->options;

	if (b->contract == CONTRACT_INITRAMFS && !o->noinitrd)
		b->contract = contract_with_image(b->contract, o->compat,
			source_is_there(at->root, INITRD_FILE));
}

bool
compat_is_asked(const struct boot *b)
{
	return b->contract == CONTRACT_COMPAT;
}

bool
compat_has_initrd(const struct boot *b)
{
	return b->compat.unpacked;
}

bool
compat_wants_root(const struct boot *b)
{
	return !b->compat.is_root;
}

/* root=/dev/ram0, however it is spelt: the initrd itself. */
static bool
is_initrd(const struct root_spec *spec)
{
	return (spec->kind == ROOT_NUMBER && spec->major == 1 &&
		spec->minor == 0) || (spec->kind == ROOT_NAME &&
		(strcmp(spec->value, "ram0") == 0 ||
		 strcmp(spec->value, "ram") == 0));
}

int
step_unpack(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	struct err ignored;

	if (b->compat.unpacked) {
		text_copy(note, NOTE_SIZE, "mounted already");
		return 0;
	}
	steps_have_drivers(b, &ignored);
	if (initrd_mount(b, steps_places(), is_initrd(&b->spec), note, e) == 0)
		return 0;
	/* the kernel keeps all that it was given when the last bytes of it
	 * are no archive: no reason to stop a boot that asked for nothing */
	if (!b->options.compat && e->code == ENOENT) {
		text_copy(note, NOTE_SIZE, "none: an initramfs as any other");
		b->contract = CONTRACT_INITRAMFS;
		return 0;
	}
	if (b->spec.kind == ROOT_NONE || is_initrd(&b->spec))
		return -1;
	say(LOG_WITHOUT, "%s; root= is mounted without it", e->text);
	text_copy(note, NOTE_SIZE, "no initrd");
	return 0;
}

/* --------------------------------------------------------------- /linuxrc */

/* The number of root=, or of nfsroot= alone, if its device is there now, else
 * 0: nothing is waited for, the drivers have had their turn. */
static uint32_t
preset(const struct places *at, const struct root_spec *spec)
{
	static struct device_search search;
	struct root_device d;
	struct err ignored;

	if (spec->kind == ROOT_NFS)
		return realroot_number(REALROOT_NFS, 0);
	if (spec->kind == ROOT_NUMBER)
		return rootspec_encode(spec->major, spec->minor);
	if (!device_can_be(spec->kind))
		return 0;
	device_search_begin(&search, at);
	device_search_add(&search, spec);
	if (device_scan(&search, &ignored) < 0 ||
	    device_judge(&search, 0, &d, &ignored) <= 0)
		return 0;
	return rootspec_encode(d.major, d.minor);
}

static void
describe_end(const struct guest_result *r, char note[static NOTE_SIZE])
{
	if (r->code)
		say(LOG_WITHOUT, "/linuxrc of the initrd cannot be run: %s; "
			"the boot goes on, as the kernel's would",
			strerror(r->code));
	if (r->code)
		text_copy(note, NOTE_SIZE, "not run");
	else if (WIFSIGNALED(r->status))
		snprintf(note, NOTE_SIZE, "ended by signal %d (%s)",
			WTERMSIG(r->status), strsignal(WTERMSIG(r->status)));
	else
		snprintf(note, NOTE_SIZE, "ended with status %d",
			WEXITSTATUS(r->status));
	text_add(note, NOTE_SIZE, ", real-root-dev is %d%s",
		(int)(int32_t)r->number, r->pivoted ? ", pivoted" : "");
}

/* What it wrote about a root on NFS comes before the command line: there is
 * one such name and one such line in the kernel. */
static void
take_nfs(struct boot *b, const struct guest_result *r)
{
	struct boot_options *o = &b->options;

	if (r->nfs_name[0])
		text_copy(o->nfsroot, sizeof o->nfsroot, r->nfs_name);
	if (r->nfs_name[0] && b->spec.kind == ROOT_NFS)
		text_copy(o->root, sizeof o->root, "/dev/nfs");
	if (r->nfs_addrs[0])
		text_copy(o->nfsaddrs, sizeof o->nfsaddrs, r->nfs_addrs);
}

static int
run_linuxrc(struct boot *b, const struct places *at,
	char note[static NOTE_SIZE], struct err *e)
{
	static struct guest_result r;
	struct guest g = { .dir = GUEST_DIR, .envp = environ,
		.preset = preset(at, &b->spec) };

	alive_for(ALIVE_GUEST_S);
	if (guest_run(&g, at, &r, e) < 0)
		return -1;
	b->mounted = true;	/* as far as we know */
	b->compat.done = true;
	b->compat.verdict = realroot_judge(r.number, g.preset, r.pivoted);
	b->compat.number = r.number;
	describe_end(&r, note);
	take_nfs(b, &r);
	return 0;
}

/* What is mounted there now is the root. */
static int
take_current(struct boot *b, struct err *e)
{
	struct stat st;

	text_copy(b->root.dir, sizeof b->root.dir, GUEST_DIR);
	if (stat(GUEST_DIR, &st) < 0)
		return fail(e, errno, "%s", GUEST_DIR);
	b->root.st_dev = st.st_dev;
	b->compat.is_root = true;
	return 0;
}

static void
take_number(struct boot *b)
{
	unsigned major, minor;

	rootspec_decode(b->compat.number, &major, &minor);
	snprintf(b->options.root, sizeof b->options.root, "%u:%u", major,
		minor);
	b->options.origin[OPT_ROOT] = ORIGIN_KERNEL;
	wait_forget();
}

/* What is typed after /linuxrc has ended counts instead. */
static int
follow(struct boot *b, struct err *e)
{
	b->compat.is_root = false;
	if (b->options.origin[OPT_ROOT] == ORIGIN_DIALOG)
		return 0;
	switch ((enum realroot_kind)b->compat.verdict) {
	case REALROOT_PIVOTED:
	case REALROOT_INITRD:
		return take_current(b, e);
	case REALROOT_DEVICE:
		take_number(b);
		break;
	case REALROOT_NFS:
		text_copy(b->options.root, sizeof b->options.root,
			"/dev/nfs");
		break;
	case REALROOT_CIFS:
	case REALROOT_NONE:
		return fail(e, 0, "/linuxrc of the initrd left %u in "
			"real-root-dev, and no root has that number",
			(unsigned)b->compat.number);
	case REALROOT_OPTION:
		break;
	}
	steps_understand_root(b);
	return 0;
}

int
step_linuxrc(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	if (b->compat.as_root) {
		text_copy(note, NOTE_SIZE, "not run: root=/dev/ram0, the "
			"initrd itself is the root");
		b->compat.done = true;
		b->compat.verdict = REALROOT_INITRD;
	}
	if (!b->compat.done && run_linuxrc(b, steps_places(), note, e) < 0)
		return -1;
	return follow(b, e);
}
