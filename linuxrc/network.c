/* SPDX-License-Identifier: MIT */
/*
 * network.c - see network.h. How long is waited is the kernel's (ipconfig.c):
 * 12 s for an interface, carrier_timeout= for a link, six packets for an
 * answer. linuxrc.timeout= ends all of it.
 */
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "drivers.h"
#include "lib/file.h"
#include "lib/log.h"
#include "lib/rundir.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "net.h"
#include "netapply.h"
#include "netconf.h"
#include "network.h"
#include "steps.h"

enum {
	DEVICE_S = 12,		/* CONF_DEVICE_TIMEOUT... of ipconfig.c */
	PACKETS_MAX = 6,	/* CONF_SEND_RETRIES */
	SPEAK_MS = 5000
};

static struct waiting {
	const struct boot *b;
	int uevents;
	int64_t start_ms, speak_ms;
} waiting = { .uevents = -1 };

/* ---------------------------------------------------------- the waiting */

/* -1: not yet. */
static int64_t
deadline(enum net_state state)
{
	const struct boot_options *o = &waiting.b->options;
	int64_t s = o->timeout_s;

	if (s == NOT_GIVEN && state == NET_NO_DEVICE)
		s = DEVICE_S;
	else if (s == NOT_GIVEN && state == NET_NO_LINK)
		s = o->carrier_timeout_s;
	return s == NOT_GIVEN ? -1 : waiting.start_ms + s * 1000;
}

static int
give_up(int64_t now_ms, struct err *e)
{
	char unbound[256];

	net_fail(waiting.start_ms, now_ms, e);
	if (net_state() != NET_NO_DEVICE)
		return -1;
	drivers_unbound(steps_places(), unbound, sizeof unbound);
	return unbound[0] ? hint(e, "%s", unbound) :
		hint(e, "no network card was seen");
}

static void
speak(int64_t now_ms)
{
	char text[384];

	if (now_ms < waiting.speak_ms)
		return;
	waiting.speak_ms = now_ms + SPEAK_MS;
	net_describe(text, sizeof text);
	say(LOG_STEP, "waiting for the network since %lld s: %s",
		(long long)(now_ms - waiting.start_ms) / 1000,
		text[0] ? text : "no interface");
}

static int64_t
until_next(int64_t now_ms, int64_t end_ms)
{
	int64_t next = waiting.speak_ms, packet = net_next_ms(now_ms);

	if (packet >= 0 && packet < next)
		next = packet;
	if (end_ms >= 0 && end_ms < next)
		next = end_ms;
	return next > now_ms ? next - now_ms : 0;
}

/* Cards whose driver was not loaded yet. */
static void
take_uevents(void)
{
	static struct uevent u;
	struct err ignored;
	int got;

	while ((got = uevent_read(waiting.uevents, &u)) > 0)
		drivers_event(&u, &ignored);
	if (got < 0)
		drivers_coldplug(steps_places(), &ignored);
}

/* Wait for anything, and do what came. True: r is filled. */
static bool
wait_once(int64_t end_ms, struct net_result *r)
{
	int sockets[NET_SOCKETS];
	struct pollfd fds[3];
	int64_t now = sys_now_ms();

	net_sockets(sockets);
	fds[0] = (struct pollfd){ .fd = sockets[0], .events = POLLIN };
	fds[1] = (struct pollfd){ .fd = sockets[1], .events = POLLIN };
	fds[2] = (struct pollfd){ .fd = waiting.uevents, .events = POLLIN };
	if (sys_poll(fds, 3, until_next(now, end_ms)) <= 0)
		return false;
	now = sys_now_ms();
	if (fds[2].revents)
		take_uevents();
	if (fds[0].revents && net_look(now, r))
		return true;
	return fds[1].revents && net_take(now, r);
}

static int
wait_for_network(struct net_result *r, struct err *e)
{
	int64_t now, end;

	for (;;) {
		now = sys_now_ms();
		end = deadline(net_state());
		if ((end >= 0 && now >= end) || net_is_over(now))
			return give_up(now, e);
		net_send(now);
		speak(now);
		if (wait_once(end, r))
			return 0;
	}
}

/* -------------------------------------------------------------- drivers */

/* What is slow, or is on USB, only when there is no card without it; then
 * some may come by uevents. */
static bool
look_for_cards(struct net_result *r)
{
	const struct places *at = steps_places();
	struct err e;

	if (waiting.b->options.coldplug != COLDPLUG_NONE)
		drivers_network(at, &e);
	if (net_look(sys_now_ms(), r))
		return true;
	if (net_state() != NET_NO_DEVICE)
		return false;
	if (waiting.uevents < 0)
		waiting.uevents = uevent_open(&e);
	drivers_coldplug(at, &e);
	return net_look(sys_now_ms(), r);
}

/* Somebody was there before us: the kernel, where it has CONFIG_IP_PNP, or
 * the /linuxrc of an old image. What a line of ip= says of the server is all
 * that is missing then. */
static bool
is_configured(const struct ipspec *spec, struct net_result *r)
{
	const struct boot *b = waiting.b;
	char text[1024];
	struct err e;
	bool found = net_find_configured(r);

	if (!found || file_read(steps_places()->proc, "net/pnp", text,
	    sizeof text, &e) < 0 || !netconf_read_pnp(text, r))
		found = found && b->contract == CONTRACT_COMPAT &&
			b->compat.done;
	if (found && r->server == 0)
		r->server = spec->server;
	return found;
}

/* ------------------------------------------------------------- the step */

static int
configure_one(const struct net_wanted *w, struct net_result *r, struct err *e)
{
	bool found;

	if (net_begin(w, e) < 0)
		return -1;
	waiting.start_ms = sys_now_ms();
	waiting.speak_ms = waiting.start_ms + SPEAK_MS;
	found = look_for_cards(r);
	if (is_configured(w->spec, r))
		return 0;
	if (!found && wait_for_network(r, e) < 0)
		return -1;
	netapply_complete(w->spec, r);
	return netapply(net_requests(), r, w->spec->gateway != 0, e);
}

/* The first is the one that b->net tells of. */
static int
configure(struct boot *b, struct ipspec *list, int count, struct err *e)
{
	static struct net_result r;
	const struct boot_options *o = &b->options;
	uint8_t mac[IPSPEC_MAC_SIZE];
	struct net_wanted w = { .vendor_class = o->dhcpclass,
		/* the kernel too asks for ever then */
		.packets_max = b->spec.kind == ROOT_NFS ? 0 : PACKETS_MAX };
	char text[160];

	if (o->bootif[0] && ipspec_bootif(o->bootif, mac, e) < 0)
		return -1;
	if (o->bootif[0] && count == 1)
		w.mac = mac;
	for (int i = 0; i < count; i++) {
		w.spec = &list[i];
		if (list[i].how == IPSPEC_OFF)
			continue;
		if (configure_one(&w, &r, e) < 0)
			return -1;
		if (b->net.device[0] == '\0') {
			b->net = r;
			continue;
		}
		netapply_describe(&r, text, sizeof text);
		say(LOG_STEP, "network: %s", text);
	}
	return 0;
}

/* What an earlier try configured goes first. */
static int
begin(struct boot *b, struct err *e)
{
	waiting.b = b;
	if (net_open(e) < 0)
		return -1;
	if (b->net.device[0] && b->net.protocol != NET_KERNEL)
		netapply_undo(net_requests(), &b->net);
	b->net.device[0] = '\0';
	return 0;
}

int
step_network(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	static struct ipspec list[IPSPEC_MAX];
	int count;

	if (b->contract == CONTRACT_CHROOT) {
		text_copy(note, NOTE_SIZE, "not configured in a rehearsal");
		return 0;
	}
	steps_have_drivers(b, e);
	count = ipspec_parse(b->options.nfsaddrs, list, e);
	if (count == 0)
		list[count++] = (struct ipspec){ .how = IPSPEC_ANY };
	b->net_fault[0] = '\0';
	if (count > 0 && begin(b, e) == 0 &&
	    configure(b, list, count, e) == 0) {
		net_end();
		if (b->net.device[0])
			netapply_describe(&b->net, note, NOTE_SIZE);
		else
			text_copy(note, NOTE_SIZE, "off, as asked");
		return 0;
	}
	net_end();
	text_copy(b->net_fault, sizeof b->net_fault, e->text);
	return -1;
}

bool
network_is_there(const struct boot *b)
{
	return b->net.device[0] && b->root.dir[0];
}

int
step_netconf(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	int dir, result;

	dir = rundir_open(b->root.dir, e);
	if (dir < 0)
		return -1;
	result = netconf_leave(&b->net, dir, e);
	close(dir);
	if (result == 0)
		text_copy(note, NOTE_SIZE, "/run/linuxrc/net.conf and "
			"resolv.conf in the real root");
	return result;
}
