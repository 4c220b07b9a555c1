/* SPDX-License-Identifier: MIT */
/*
 * netroot.c - see netroot.h. What an error of mount(2) means here is seen in
 * fs/nfs/mount_clnt.c and fs/nfs/nfs4client.c of the kernel.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "drivers.h"
#include "handover.h"
#include "layers.h"
#include "lib/alive.h"
#include "lib/log.h"
#include "lib/nfskernel.h"
#include "lib/nfsroot.h"
#include "lib/nfsrpc.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "netroot.h"
#include "nfsask.h"

enum {
	DATA_SIZE = ROOTFLAGS_SIZE + 2 * NFSROOT_OPTIONS_SIZE,
	LAST_MS = 3000,		/* enough for a server that is there */
	TRY_S = 60		/* a server that asks itself whom it may serve
				   has answered by then; the kernel too waits
				   60 s for one by TCP (timeo=600) */
};

static int
understand(const struct boot *b, struct nfsroot *n, struct err *e)
{
	struct utsname u;
	const struct nfsroot_said said = { .server = b->net.server,
		.lease = b->net.lease.root_path,
		.nfsroot = b->options.nfsroot, .root = b->options.root,
		.host = u.nodename };

	uname(&u);
	return nfsroot_parse(&said, n, e);
}

bool
netroot_is_kernels(const struct places *at)
{
	return nfskernel_mounts(at->proc, at->sys, getenv("nfsroot") != NULL);
}

static int
find(struct boot *b, struct err *e)
{
	struct nfsroot n;

	if (!b->net.device[0] && strcmp(b->options.nfsaddrs, "off") != 0 &&
	    strcmp(b->options.nfsaddrs, "none") != 0) {
		fail(e, 0, "the root is on NFS, and there is no network");
		return hint(e, "ip=dhcp or ip=CLIENT:SERVER:... configures "
			"it; why it could not be is said above");
	}
	if (understand(b, &n, e) < 0)
		return -1;
	return nfsroot_source(&n, b->spec.value, sizeof b->spec.value, e);
}

int
netroot_find(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	b->device = (struct root_device){ 0 };
	if (handover_is_change_root(b)) {
		text_copy(note, NOTE_SIZE, "an NFS root, mounted by the "
			"kernel");
		return 0;
	}
	if (b->contract == CONTRACT_CHROOT) {
		text_copy(note, NOTE_SIZE, "an NFS root, not asked for in a "
			"rehearsal");
		return 0;
	}
	if (find(b, e) < 0)
		return -1;
	snprintf(note, NOTE_SIZE, "%.300s on NFS", b->spec.value);
	return 0;
}

/* ------------------------------------------------------------ sentences */

static void
explain(const char *source, const char *version, struct err *e)
{
	int code = e->code;

	fail(e, code, "mount %.160s as NFS version %s", source, version);
	switch (code) {
	case EACCES:
	case EPERM:
		hint(e, "the server does not export this directory, or not to "
			"this machine's address");
		break;
	case ENOENT:
	case ENOTDIR:
		hint(e, "the server has or shows no such directory%s",
			version[0] == '4' ? ": of version 4 the path begins "
			"at its pseudo root" : "");
		break;
	case ECONNREFUSED:
	case EOPNOTSUPP:
		hint(e, "no NFS server answers there: it does not run, or on "
			"another port= or mountport=");
		break;
	case ETIMEDOUT:
		hint(e, "the server, which had answered us, does not answer "
			"the kernel any more");
		break;
	case EHOSTUNREACH:
	case ENETUNREACH:
	case EHOSTDOWN:
		hint(e, "the server cannot be reached: it is off, its address "
			"is wrong, or a filter lies between");
		break;
	case EPROTONOSUPPORT:
	case EPROTO:
		hint(e, "the server or the kernel does not speak this version: "
			"give another vers=");
		break;
	case ESTALE:
		hint(e, "the server has replaced this directory meanwhile: "
			"export it anew");
		break;
	case EINVAL:
		hint(e, "the kernel does not take one of the options of "
			"nfsroot= or rootflags=");
		break;
	default:
		break;
	}
}

/* -------------------------------------------------------------- mounting */

/* One call of netroot_mount(). */
struct attempt {
	struct nfsroot root;
	char source[ROOT_TEXT_SIZE];
	const char *flags;	/* rootflags=, or "" */
	uint32_t client;
	const struct places *at;
	int64_t end_ms;		/* -1: the tries are counted only */
	int64_t try_end_ms;
};

static int
too_long(struct err *e)
{
	return fail(e, 0, "the options of the NFS root are longer than %d "
		"bytes", DATA_SIZE - 1);
}

/* The kernel would call modprobe for it, which is not there. */
static void
load_version(const char *version, struct err *e)
{
	char name[] = "nfsv3";

	name[4] = version[0];
	if (drivers_load(name, e) == 0)
		e->text[0] = '\0';
}

/* Those whom the kernel is going to ask, and to data where they are. */
static int
ask_first(const struct attempt *a, char data[static DATA_SIZE], struct err *e)
{
	struct utsname u;
	struct nfsask ask = { .server = a->root.server, .path = a->root.path,
		.portmap_port = NFSRPC_PORTMAP_PORT, .machine = u.nodename,
		.end_ms = a->try_end_ms };

	uname(&u);
	nfswords_read(data, &ask.words);
	if (nfsask(&ask, e) < 0)
		return -1;
	return nfswords_add(&ask.words, data, DATA_SIZE) < 0 ? too_long(e) : 0;
}

static int
mount_version(const struct attempt *a, const char *version,
	struct rootfs_wish *w, struct mounted_root *root, struct err *e)
{
	static char data[DATA_SIZE];
	struct err driver;
	int result = nfsroot_data(&a->root, version, a->client, data,
		sizeof data);

	if (a->flags[0] && result == 0)
		result = text_add(data, sizeof data, ",%s", a->flags);
	if (result < 0)
		return too_long(e);
	load_version(version, &driver);
	if (ask_first(a, data, e) < 0)
		return -1;
	w->flags = data;
	w->end_ms = a->try_end_ms;
	say(LOG_DEBUG, "mount %s as NFS with %s", w->source, data);
	if (layers_mount_device(w, NULL, a->at, root, e) == 0)
		return 0;
	if (e->code != 0)
		explain(a->source, version, e);
	if (driver.text[0] && (e->code == EPROTONOSUPPORT ||
	    e->code == ENODEV))
		hint(e, "%s", driver.text);
	return -1;
}

/* Each version that it may be, the highest first. */
static int
mount_once(struct attempt *a, struct rootfs_wish *w,
	struct mounted_root *root, struct err *e)
{
	const char *version;

	a->try_end_ms = sys_now_ms() + TRY_S * 1000;
	if (a->end_ms >= 0 && a->end_ms < a->try_end_ms)
		a->try_end_ms = a->end_ms;
	for (unsigned i = 0; (version = nfsroot_version(&a->root, i)); i++) {
		alive_for(ALIVE_MOUNT_S);
		if (mount_version(a, version, w, root, e) == 0)
			return 0;
		if (e->code != EPROTONOSUPPORT && e->code != EPROTO)
			return -1;
	}
	return -1;
}

/* Is it worth another try, and was there time to wait for it? It has to be left
 * some itself, else all that it can say is that nobody answers. */
static bool
pause_before(unsigned try, int64_t end_ms, const struct err *e)
{
	static const int pauses_s[] = { 5, 10, 20, 30, 30 };	/* nfsroot.c */
	int64_t pause_ms, now = sys_now_ms();

	if (try >= sizeof pauses_s / sizeof pauses_s[0] || e->code == 0 ||
	    e->code == EINVAL || e->code == ENODEV)
		return false;
	pause_ms = pauses_s[try] * 1000;
	if (end_ms >= 0 && now + pause_ms > end_ms - LAST_MS)
		pause_ms = end_ms - LAST_MS - now;
	if (pause_ms <= 0)
		return false;
	say(LOG_WITHOUT, "%s; the next try is in %d s", e->text,
		(int)((pause_ms + 999) / 1000));
	sys_poll(NULL, 0, pause_ms);
	return true;
}

int
netroot_mount(const struct boot *b, const struct places *at,
	const struct rootfs_wish *wish, struct mounted_root *root,
	struct err *e)
{
	static struct attempt a;
	struct rootfs_wish w = *wish;
	int limit_s = b->options.timeout_s;

	a.flags = wish->flags;
	a.client = b->net.lease.address;
	a.at = at;
	a.end_ms = limit_s == NOT_GIVEN ? -1 : sys_now_ms() + limit_s * 1000;
	if (understand(b, &a.root, e) < 0 || nfsroot_source(&a.root, a.source,
	    sizeof a.source, e) < 0)
		return -1;
	w.device = NULL;
	w.source = a.source;
	w.types = "nfs";
	for (unsigned try = 0; mount_once(&a, &w, root, e) < 0; try++)
		if (!pause_before(try, a.end_ms, e))
			return -1;
	return 0;
}
