/* SPDX-License-Identifier: MIT */
/*
 * net.c - see net.h.
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "lib/dhcpclient.h"
#include "lib/dhcpsocket.h"
#include "lib/ipaddr.h"
#include "lib/log.h"
#include "lib/rtnl.h"
#include "lib/text.h"
#include "net.h"
#include "net/say.h"

enum {
	MTU_LEAST = 364		/* as in the kernel's ipconfig.c */
};

static struct net room;

static uint32_t
chance(void)
{
	uint32_t number;

	/* early there may be none; then the addresses tell machines apart */
	if (getrandom(&number, sizeof number, GRND_NONBLOCK) !=
	    (ssize_t)sizeof number)
		number = room.count > 0 ?
			ipaddr_get(room.nic[0].link.mac + 2) : 0;
	return number;
}

/* -------------------------------------------------------------- sockets */

int
net_open(struct err *e)
{
	struct err ignored;

	if (room.open)
		return 0;
	room.udp = -1;
	room.requests = rtnl_open(e);
	if (room.requests < 0)
		return -1;
	room.events = rtnl_open_events(e);
	if (room.events < 0) {
		close(room.requests);
		return -1;
	}
	room.open = true;
	rtnl_up(room.requests, 1, 0, &ignored);	/* lo is the first */
	return 0;
}

static void
set_protocols(const struct ipspec *spec)
{
	room.settings = (struct dhcp_settings){
		.dhcp = spec->how != IPSPEC_BOOTP,
		.bootp = spec->how != IPSPEC_DHCP,
		.wanted = spec->client, .host = spec->host,
		.vendor_class = room.want->vendor_class,
		.client_id = spec->id, .client_id_type = spec->id_type };
}

int
net_begin(const struct net_wanted *w, struct err *e)
{
	const struct ipspec *spec = w->spec;

	net_end();
	room.want = w;
	room.count = 0;
	room.ask = spec->how != IPSPEC_STATIC && spec->client == 0;
	if (spec->how == IPSPEC_RARP && room.ask) {
		fail(e, 0, "RARP is not spoken here, and ip= has no address");
		return hint(e, "use ip=dhcp or ip=bootp");
	}
	set_protocols(spec);
	room.udp = dhcpsocket_open(e);
	return room.udp < 0 ? -1 : 0;
}

void
net_sockets(int fds[static NET_SOCKETS])
{
	fds[0] = room.events;
	fds[1] = room.udp;
}

int
net_requests(void)
{
	return room.requests;
}

void
net_end(void)
{
	if (!room.open)
		return;
	if (room.udp >= 0)
		close(room.udp);
	room.udp = -1;
}

/* ----------------------------------------------------------- interfaces */

/* Can a root come by it at all? As ic_open_devs() of ipconfig.c. */
static bool
is_usable(const struct rtnl_link *l)
{
	return l->type == ARPHRD_ETHER && l->mac_len == IPSPEC_MAC_SIZE &&
		!(l->flags & (IFF_LOOPBACK | IFF_POINTOPOINT)) &&
		(l->flags & IFF_BROADCAST) && l->mtu >= MTU_LEAST &&
		!text_after(l->name, "dummy");
}

static bool
is_wanted(const struct rtnl_link *l)
{
	const struct net_wanted *w = room.want;

	if (w->spec->device[0])
		return strcmp(l->name, w->spec->device) == 0;
	return is_usable(l) && (!w->mac ||
		memcmp(l->mac, w->mac, IPSPEC_MAC_SIZE) == 0);
}

static struct nic *
find_nic(int index)
{
	for (int i = 0; i < room.count; i++)
		if (room.nic[i].link.index == index)
			return &room.nic[i];
	return NULL;
}

static void
set_up(struct nic *n)
{
	struct err e;

	if (n->link.flags & IFF_UP)
		return;
	if (rtnl_up(room.requests, n->link.index, 0, &e) < 0)
		say(LOG_WITHOUT, "%s: %s", n->link.name, e.text);
}

/* What is known of the interface is from now. */
static void
note(const struct rtnl_link *l)
{
	struct nic *n = find_nic(l->index);

	if (!n) {
		if (room.count == NICS_MAX)
			return;
		n = &room.nic[room.count++];
		n->asks = false;
	}
	n->link = *l;
}

static void
forget_lost(int links)
{
	int i, k;

	for (i = 0; i < room.count; ) {
		for (k = 0; k < links; k++)
			if (room.link[k].index == room.nic[i].link.index)
				break;
		if (k < links)
			i++;
		else
			room.nic[i] = room.nic[--room.count];
	}
}

static int
scan(void)
{
	struct err e;
	int links = rtnl_links(room.requests, room.link, LINKS_MAX, &e);

	for (int i = 0; i < links; i++)
		if (is_wanted(&room.link[i]))
			note(&room.link[i]);
	if (links >= 0)
		forget_lost(links);
	else
		say(LOG_WITHOUT, "%s", e.text);
	return links;
}

static void
begin_client(struct nic *n, int64_t now_ms)
{
	struct dhcp_client *c = &n->client;

	c->hardware_type = (uint8_t)n->link.type;
	c->hardware_len = (uint8_t)n->link.mac_len;
	memset(c->hardware, 0, sizeof c->hardware);
	memcpy(c->hardware, n->link.mac, c->hardware_len);
	dhcpclient_begin(c, now_ms, chance());
	n->asks = true;
}

static void
fill(struct net_result *r, const struct nic *n, enum net_protocol protocol)
{
	memset(r, 0, sizeof *r);
	text_copy(r->device, sizeof r->device, n->link.name);
	r->index = n->link.index;
	memcpy(r->mac, n->link.mac, sizeof r->mac);
	r->protocol = protocol;
}

/* Several, and none is named: whoever answers first says which one it is. */
static bool
has_to_ask(void)
{
	enum ipspec_how how = room.want->spec->how;

	return room.ask || (room.count > 1 && how != IPSPEC_STATIC &&
		how != IPSPEC_RARP);
}

bool
net_look(int64_t now_ms, struct net_result *r)
{
	rtnl_take_events(room.events);
	scan();
	for (int i = 0; i < room.count; i++)
		set_up(&room.nic[i]);
	scan();			/* some have a carrier at once */
	for (int i = 0; i < room.count; i++) {
		struct nic *n = &room.nic[i];

		if (!say_has_carrier(n)) {
			n->asks = false;
		} else if (!has_to_ask()) {
			fill(r, n, NET_STATIC);
			if (room.count > 1)
				say(LOG_WITHOUT, "several interfaces, none "
					"named by ip= or BOOTIF=: %s is the "
					"first with a carrier", n->link.name);
			return true;
		} else if (!n->asks) {
			begin_client(n, now_ms);
		}
	}
	return false;
}

bool
net_find_configured(struct net_result *r)
{
	unsigned prefix;

	for (int i = 0; i < room.count; i++) {
		struct nic *n = &room.nic[i];
		uint32_t ip;

		if (!rtnl_address_of(room.requests, n->link.index, &ip,
		    &prefix))
			continue;
		fill(r, n, NET_KERNEL);
		r->lease.address = ip;
		r->lease.netmask = ipaddr_mask(prefix);
		return true;
	}
	return false;
}

/* -------------------------------------------------------------- packets */

static bool
is_over(const struct nic *n, int64_t now_ms)
{
	return dhcpclient_is_over(&n->client, room.want->packets_max, now_ms);
}

int64_t
net_next_ms(int64_t now_ms)
{
	int64_t next = -1;

	for (int i = 0; i < room.count; i++)
		if (room.nic[i].asks && !is_over(&room.nic[i], now_ms) &&
		    (next < 0 || room.nic[i].client.next_ms < next))
			next = room.nic[i].client.next_ms;
	return next;
}

bool
net_is_over(int64_t now_ms)
{
	bool any = false;

	for (int i = 0; i < room.count; i++) {
		if (!room.nic[i].asks)
			continue;
		if (!is_over(&room.nic[i], now_ms))
			return false;
		any = true;
	}
	return any;
}

void
net_send(int64_t now_ms)
{
	uint8_t packet[DHCP_SEND_SIZE];

	for (int i = 0; i < room.count; i++) {
		struct nic *n = &room.nic[i];
		size_t len = !n->asks || is_over(n, now_ms) ? 0 :
			dhcpclient_send(&n->client, &room.settings, now_ms,
				chance(), packet);

		if (len > 0 && dhcpsocket_send(room.udp, n->link.index, packet,
		    len) < 0)
			say(LOG_DEBUG, "%s: a packet could not be sent: %s",
				n->link.name, strerror(errno));
	}
}

static void
say_refusal(const struct nic *n)
{
	char server[IPADDR_TEXT_SIZE];

	say(LOG_WITHOUT, "%s: the DHCP server %s refused%s%s", n->link.name,
		ipaddr_write(n->client.reply.id, server),
		n->client.reply.message[0] ? ": " : "",
		n->client.reply.message);
}

bool
net_take(int64_t now_ms, struct net_result *r)
{
	static uint8_t packet[DHCP_RECEIVE_SIZE];
	static struct dhcp_reply reply;
	enum dhcp_news news;
	struct nic *n;
	ssize_t len;
	int index;

	while ((len = dhcpsocket_receive(room.udp, packet, sizeof packet,
	    &index)) >= 0) {
		n = find_nic(index);
		if (!n || !n->asks || dhcp_parse(packet, (size_t)len,
		    &reply) < 0)
			continue;
		news = dhcpclient_take(&n->client, &room.settings, &reply,
			now_ms);
		if (news == DHCP_REFUSED && n->client.refusals == 1)
			say_refusal(n);
		if (news != DHCP_LEASED)
			continue;
		fill(r, n, reply.type == DHCP_NONE ? NET_BOOTP : NET_DHCP);
		r->lease = n->client.reply;
		return true;
	}
	return false;
}

/* ------------------------------------------------------------ sentences */

enum net_state
net_state(void)
{
	return say_state(&room);
}

void
net_describe(char *text, size_t size)
{
	say_describe(&room, text, size);
}

int
net_fail(int64_t since_ms, int64_t now_ms, struct err *e)
{
	return say_failure(&room, (long long)(now_ms - since_ms) / 1000, e);
}
