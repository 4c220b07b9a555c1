/* SPDX-License-Identifier: MIT */
/*
 * nfsask.c - see nfsask.h.
 */
#include <errno.h>
#include <stdio.h>

#include "lib/ipaddr.h"
#include "lib/log.h"
#include "lib/nfsrpc.h"
#include "lib/rpcsocket.h"
#include "lib/sys.h"
#include "nfsask.h"

enum { SECOND_MS = 3000 };

struct talk {
	const struct nfsask *a;
	struct rpc_peer to;
	struct rpc_call call;
	struct rpc_message message;
	struct rpc_results results;
	uint8_t answer[RPC_ANSWER_SIZE];
	int64_t start_ms;
};

static const char *
way_name(bool tcp)
{
	return tcp ? "TCP" : "UDP";
}

static void
begin(struct talk *t, const char *name, uint32_t ip, unsigned port, bool tcp)
{
	static uint32_t xid;
	char text[IPADDR_TEXT_SIZE];

	t->to = (struct rpc_peer){ .ip = ip, .port = port, .tcp = tcp,
		.end_ms = t->a->end_ms };
	t->start_ms = sys_now_ms();
	/* not the numbers of a boot a moment ago */
	xid = xid ? xid + 1 : (uint32_t)sys_now_us();
	t->call = (struct rpc_call){ .xid = xid };
	snprintf(t->call.who, sizeof t->call.who, "%s of %s (%s port %u)", name,
		 ipaddr_write(ip, text), way_name(tcp), port);
}

/* What the ways of a network to fail mean. */
static int
explain(const struct talk *t, int code, struct err *e)
{
	const char *who = t->call.who;
	long long s = (sys_now_ms() - t->start_ms + 500) / 1000;

	switch (code) {
	case ETIMEDOUT:
		fail(e, 0, "%s does not answer within %lld s", who, s);
		hint(e, "the server is off or hangs, its address is wrong, or "
			"a filter lies between");
		break;
	case ETIME:
		fail(e, 0, "%s takes calls, but has not answered within %lld "
			"s", who, s);
		hint(e, "it hangs: its log may say why");
		break;
	case EHOSTUNREACH:
	case ENETUNREACH:
	case EHOSTDOWN:
		fail(e, code, "%s cannot be reached", who);
		hint(e, "the server is off, its address is wrong, or there is "
			"no route to it");
		break;
	case ECONNREFUSED:
		fail(e, code, "%s is not there", who);
		break;
	case ECONNRESET:
		fail(e, code, "%s has not answered", who);
		break;
	default:
		fail(e, code, "ask %s", who);
		break;
	}
	e->code = code == ETIME ? ETIMEDOUT : code;
	return -1;
}

static int
talk(struct talk *t, struct err *e)
{
	ssize_t n = rpcsocket_call(&t->to, &t->message, t->answer);

	if (n < 0)
		return explain(t, errno, e);
	say(LOG_DEBUG, "%s answers in %lld ms", t->call.who,
		(long long)(sys_now_ms() - t->start_ms));
	return rpc_answer(t->answer, (size_t)n, &t->call, &t->results, e);
}

/* ----------------------------------------------------------- portmapper */

struct program {
	const char *name;	/* "mountd" */
	const char *instead;	/* what to do without it */
	uint32_t server, number, version;
};

static int
ask_by(struct talk *t, const struct program *p, bool tcp, unsigned *port,
	struct err *e)
{
	nfsrpc_ask_port(&t->call, p->number, p->version, tcp, &t->message);
	return talk(t, e) < 0 ? -1 :
		nfsrpc_port(&t->call, &t->results, port, e);
}

/* By the way that is asked for, and where nobody listens there by the other:
 * that has to answer soon. */
static int
ask_port(struct talk *t, const struct program *p, bool tcp, unsigned *port,
	struct err *e)
{
	struct err second;

	begin(t, "the portmapper", p->server, t->a->portmap_port, tcp);
	if (ask_by(t, p, tcp, port, e) == 0)
		return 0;
	if (e->code != ECONNREFUSED)
		return -1;
	begin(t, "the portmapper", p->server, t->a->portmap_port, !tcp);
	if (t->to.end_ms > t->start_ms + SECOND_MS)
		t->to.end_ms = t->start_ms + SECOND_MS;
	if (ask_by(t, p, tcp, port, &second) == 0)
		return 0;
	return hint(e, "start rpcbind there, or %s", p->instead);
}

/* *way: by which it is to be, or has been found. */
static int
find_port(struct talk *t, const struct program *p, enum nfs_way *way,
	unsigned *port, struct err *e)
{
	bool both = *way == NFS_WAY_ANY;
	char text[IPADDR_TEXT_SIZE];

	if (both)
		*way = NFS_WAY_TCP;
	if (*port)
		return 0;
	if (ask_port(t, p, *way == NFS_WAY_TCP, port, e) < 0)
		return -1;
	if (*port == 0 && both) {
		*way = NFS_WAY_UDP;
		if (ask_port(t, p, false, port, e) < 0)
			return -1;
	}
	if (*port)
		return 0;
	fail(e, 0, "%s is not registered with the portmapper of %s for "
		"version %u%s%s", p->name, ipaddr_write(p->server, text),
		(unsigned)p->version, both ? "" : " and ",
		both ? "" : way_name(*way == NFS_WAY_TCP));
	e->code = ENOENT;
	return hint(e, "it does not run there, or is told not to speak this "
		"version; else %s", p->instead);
}

/* ------------------------------------------------------- mountd and NFS */

static int
ask_mountd(struct talk *t, struct nfswords *w, struct err *e)
{
	const struct nfsask *a = t->a;
	const struct program mountd = { "mountd", "give mountport=, or vers=4 "
		"for a server that speaks it", w->mount_server ?
		w->mount_server : a->server, RPC_MOUNT, w->mount_version };

	if (w->mount_way == NFS_WAY_ANY && w->way == NFS_WAY_UDP)
		w->mount_way = NFS_WAY_UDP;
	if (w->mount_way == NFS_WAY_RDMA)
		w->mount_way = NFS_WAY_TCP;
	if (find_port(t, &mountd, &w->mount_way, &w->mount_port, e) < 0)
		return -1;
	begin(t, "mountd", mountd.server, w->mount_port,
		w->mount_way == NFS_WAY_TCP);
	t->to.reserved = true;
	t->call.version = w->mount_version;
	t->call.machine = a->machine;
	if (nfsrpc_ask_mount(&t->call, a->path, &t->message, e) < 0)
		return -1;
	if (talk(t, e) == 0)
		return nfsrpc_mount(&t->call, a->path, w->any_flavour,
			&t->results, e);
	return e->code == ECONNREFUSED ? hint(e, "mountd does not run, or on "
		"another mountport=") : -1;
}

static int
ask_nfs(struct talk *t, struct nfswords *w, struct err *e)
{
	const struct nfsask *a = t->a;
	const struct program nfs = { "the NFS server", "give port=2049",
		a->server, RPC_NFS, w->version };
	enum nfs_way way = w->way == NFS_WAY_UDP ? NFS_WAY_UDP : NFS_WAY_TCP;

	if (w->version == 4 && !w->port)
		w->port = NFSRPC_NFS_PORT;
	if (find_port(t, &nfs, &way, &w->port, e) < 0)
		return -1;
	begin(t, "the NFS server", a->server, w->port, way == NFS_WAY_TCP);
	t->call.program = RPC_NFS;
	t->call.version = w->version;
	t->call.procedure = RPC_NULL;
	rpc_begin(&t->message, &t->call);
	if (talk(t, e) == 0)
		return 0;
	if (e->code == EPROTONOSUPPORT)
		hint(e, "give another vers=");
	return e->code == ECONNREFUSED ? hint(e, "it does not run, or on "
		"another port=") : -1;
}

/* By RDMA it is the kernel's to ask. */
int
nfsask(struct nfsask *a, struct err *e)
{
	static struct talk t;
	struct nfswords *w = &a->words;

	t.a = a;
	if (w->version != 4 && ask_mountd(&t, w, e) < 0)
		return -1;
	return w->way == NFS_WAY_RDMA ? 0 : ask_nfs(&t, w, e);
}
