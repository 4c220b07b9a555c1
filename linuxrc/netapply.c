/* SPDX-License-Identifier: MIT */
/*
 * netapply.c - see netapply.h.
 */
#include <stdio.h>
#include <string.h>

#include "lib/ipaddr.h"
#include "lib/log.h"
#include "lib/rtnl.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "netapply.h"

static uint32_t
first_of(uint32_t a, uint32_t b, uint32_t c)
{
	return a ? a : b ? b : c;
}

static void
complete_names(const struct ipspec *spec, struct dhcp_reply *l)
{
	if (spec->host[0]) {
		text_copy(l->host, sizeof l->host, spec->host);
		if (spec->nis_domain[0])
			text_copy(l->nis_domain, sizeof l->nis_domain,
				spec->nis_domain);
	}
	if (!l->host[0])
		ipaddr_write(l->address, l->host);
}

void
netapply_complete(const struct ipspec *spec, struct net_result *r)
{
	struct dhcp_reply *l = &r->lease;

	if (l->address == 0)
		l->address = spec->client;
	l->netmask = first_of(spec->netmask, l->netmask,
		ipaddr_class_mask(l->address));
	if (spec->gateway) {
		l->router = spec->gateway;
		l->routes = 0;
	}
	if (l->dns[0] == 0)
		memcpy(l->dns, spec->dns, sizeof spec->dns);
	/* the second may be all that is given */
	if (l->dns[0] == 0) {
		l->dns[0] = l->dns[1];
		l->dns[1] = 0;
	}
	if (l->ntp[0] == 0)
		l->ntp[0] = spec->ntp;
	r->server = first_of(spec->server, l->next_server, l->id);
	complete_names(spec, l);
}

static bool
is_near(const struct dhcp_reply *l, uint32_t ip)
{
	return ((ip ^ l->address) & l->netmask) == 0;
}

/* Those that are on the link come first: others go by them. */
static void
add_routes_of_lease(int requests, const struct net_result *r)
{
	const struct dhcp_reply *l = &r->lease;
	struct err e;

	for (unsigned i = 0; i < 2 * l->routes; i++) {
		const struct dhcp_route *from = &l->route[i % l->routes];
		struct rtnl_route route = { .to = from->to,
			.gateway = from->gateway, .prefix = from->prefix,
			.onlink = from->gateway && !is_near(l, from->gateway) };

		if ((from->gateway == 0) == (i < l->routes) &&
		    rtnl_add_route(requests, r->index, &route, &e) < 0)
			say(LOG_WITHOUT, "%s: %s", r->device, e.text);
	}
}

static int
add_router(int requests, const struct net_result *r, bool given,
	struct err *e)
{
	const struct dhcp_reply *l = &r->lease;
	struct rtnl_route route = { .gateway = l->router,
		.onlink = !is_near(l, l->router) };
	char gateway[IPADDR_TEXT_SIZE], address[IPADDR_TEXT_SIZE];
	struct err why;

	if (l->router == 0)
		return 0;
	if (given && route.onlink)
		return fail(e, 0, "ip=: the gateway %s is not in the network "
			"of %s/%d", ipaddr_write(l->router, gateway),
			ipaddr_write(l->address, address),
			ipaddr_prefix(l->netmask));
	if (rtnl_add_route(requests, r->index, &route, &why) == 0)
		return 0;
	if (given) {
		*e = why;
		return -1;
	}
	say(LOG_WITHOUT, "%s: %s", r->device, why.text);
	return 0;
}

static void
set_names(const struct dhcp_reply *l)
{
	if (sys_sethostname(l->host) < 0)
		say(LOG_WITHOUT, "the machine's name cannot be set to %s",
			l->host);
	if (l->nis_domain[0])
		sys_setdomainname(l->nis_domain);
}

int
netapply(int requests, const struct net_result *r, bool gateway_given,
	struct err *e)
{
	const struct dhcp_reply *l = &r->lease;
	struct err why;

	/* before the address: some drivers lose the carrier over it */
	if (l->mtu && rtnl_up(requests, r->index, l->mtu, &why) < 0)
		say(LOG_WITHOUT, "%s: %s", r->device, why.text);
	if (rtnl_add_address(requests, r->index, l->address,
	    (unsigned)ipaddr_prefix(l->netmask), e) < 0)
		return -1;
	if (l->routes)
		add_routes_of_lease(requests, r);
	else if (add_router(requests, r, gateway_given, e) < 0)
		return -1;
	set_names(l);
	return 0;
}

void
netapply_undo(int requests, const struct net_result *r)
{
	struct err ignored;

	rtnl_remove_address(requests, r->index, r->lease.address,
		(unsigned)ipaddr_prefix(r->lease.netmask), &ignored);
}

void
netapply_describe(const struct net_result *r, char *text, size_t size)
{
	static const char *const from[] = { "as ip= says",
		"as it was already", "from DHCP", "from BOOTP" };
	const struct dhcp_reply *l = &r->lease;
	char ip[IPADDR_TEXT_SIZE];

	text[0] = '\0';
	text_add(text, size, "%s %s/%d", r->device,
		ipaddr_write(l->address, ip), ipaddr_prefix(l->netmask));
	if (l->routes)
		text_add(text, size, " with %u routes", l->routes);
	else if (l->router)
		text_add(text, size, " by %s", ipaddr_write(l->router, ip));
	text_add(text, size, " %s", from[r->protocol]);
	if (l->lease_s && l->lease_s != UINT32_MAX)
		text_add(text, size, ", for %u s: the real system renews it",
			l->lease_s);
}
