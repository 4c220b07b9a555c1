/* SPDX-License-Identifier: MIT */
/*
 * say.c - see say.h.
 */
#include <linux/if.h>

#include "lib/ipaddr.h"
#include "lib/text.h"
#include "net/say.h"

bool
say_has_carrier(const struct nic *n)
{
	return n->link.flags & IFF_LOWER_UP;
}

enum net_state
say_state(const struct net *n)
{
	enum net_state state = n->count > 0 ? NET_NO_LINK : NET_NO_DEVICE;

	for (int i = 0; i < n->count; i++) {
		if (!n->nic[i].asks)
			continue;
		if (n->nic[i].client.refusals > 0)
			return NET_REFUSED;
		state = NET_NO_ANSWER;
	}
	return state;
}

void
say_describe(const struct net *n, char *text, size_t size)
{
	text[0] = '\0';
	for (int i = 0; i < n->count; i++) {
		const struct nic *nic = &n->nic[i];
		const struct dhcp_client *c = &nic->client;

		text_add(text, size, "%s%s ", i ? ", " : "", nic->link.name);
		if (!say_has_carrier(nic))
			text_add(text, size, "has no link");
		else if (nic->asks && c->refusals > 0)
			text_add(text, size, "was refused %u times%s%s",
				c->refusals, c->reply.message[0] ? ": " : "",
				c->reply.message);
		else
			text_add(text, size, "got no answer to %u packets",
				nic->asks ? c->sent : 0);
	}
}

/* "eth0", or which one was to be there. */
static void
add_wanted(const struct net_wanted *w, char *text, size_t size)
{
	char mac[IPADDR_MAC_SIZE];

	if (w->spec->device[0])
		text_add(text, size, " %s", w->spec->device);
	else if (w->mac)
		text_add(text, size, " with the address of BOOTIF=, %s",
			ipaddr_write_mac(w->mac, mac));
}

int
say_failure(const struct net *n, long long s, struct err *e)
{
	char seen[384];

	say_describe(n, seen, sizeof seen);
	switch (say_state(n)) {
	case NET_NO_DEVICE:
		fail(e, 0, "no network interface");
		add_wanted(n->want, e->text, sizeof e->text);
		text_add(e->text, sizeof e->text, " after %lld s", s);
		return -1;
	case NET_NO_LINK:
		fail(e, 0, "no link after %lld s: %s", s, seen);
		return hint(e, "is the cable plugged in at both ends?");
	case NET_NO_ANSWER:
		fail(e, 0, "no answer after %lld s: %s", s, seen);
		return hint(e, "is there a DHCP server? ip= can give the "
			"address instead");
	case NET_REFUSED:
		break;
	}
	fail(e, 0, "refused by the DHCP server: %s", seen);
	return hint(e, "its log says more; ip= can give the address instead");
}
