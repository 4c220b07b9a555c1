/* SPDX-License-Identifier: MIT */
/*
 * dhcp.c - see dhcp.h.
 */
#include <string.h>

#include "lib/dhcp.h"
#include "lib/dhcpoption.h"
#include "lib/hostname.h"
#include "lib/ipaddr.h"
#include "lib/text.h"

enum {
	REQUEST = 1, REPLY = 2,	/* op */
	BROADCAST = 0x80,	/* flags: we hear no packet to an address that
				   we do not have yet */
	LEAST_SIZE = 300,	/* of a packet of BOOTP, RFC 1542, 2.1 */
	MTU_LEAST = 68,		/* RFC 2132, 5.1 */
	LONG_SIZE = 512		/* of an option that comes in parts */
};

/* -------------------------------------------------------------- sending */

struct out {
	uint8_t *packet;
	size_t len;
};

static void
add(struct out *o, uint8_t code, const void *value, size_t len)
{
	if (len > 255 || o->len + len + 3 > DHCP_SEND_SIZE)
		return;
	o->packet[o->len] = code;
	o->packet[o->len + 1] = (uint8_t)len;
	memcpy(o->packet + o->len + 2, value, len);
	o->len += len + 2;
}

static void
put(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 24);
	p[1] = (uint8_t)(value >> 16);
	p[2] = (uint8_t)(value >> 8);
	p[3] = (uint8_t)value;
}

static void
add_address(struct out *o, uint8_t code, uint32_t ip)
{
	uint8_t value[4];

	put(value, ip);
	if (ip != 0)
		add(o, code, value, sizeof value);
}

static void
add_text(struct out *o, uint8_t code, const char *text)
{
	if (text[0])
		add(o, code, text, strlen(text));
}

static void
add_client_id(struct out *o, const struct dhcp_ask *ask)
{
	uint8_t id[255] = { ask->client_id_type };
	size_t len = strlen(ask->client_id);

	if (len == 0 || len >= sizeof id)
		return;
	memcpy(id + 1, ask->client_id, len);
	add(o, DHCP_OPT_CLIENT_ID, id, len + 1);
}

static void
add_options(struct out *o, const struct dhcp_ask *ask)
{
	static const uint8_t size[] = { DHCP_RECEIVE_SIZE >> 8,
		DHCP_RECEIVE_SIZE & 255 };
	/* routes before the router: RFC 3442 */
	static const uint8_t list[] = { DHCP_OPT_NETMASK, DHCP_OPT_ROUTES,
		DHCP_OPT_ROUTER, DHCP_OPT_DNS, DHCP_OPT_HOST, DHCP_OPT_DOMAIN,
		DHCP_OPT_ROOT_PATH, DHCP_OPT_MTU, DHCP_OPT_NIS_DOMAIN,
		DHCP_OPT_NTP, DHCP_OPT_SERVER_NAME, DHCP_OPT_BOOT_FILE,
		DHCP_OPT_SEARCH };
	uint8_t type = (uint8_t)ask->type;

	if (ask->type != DHCP_NONE) {
		add(o, DHCP_OPT_TYPE, &type, 1);
		add_address(o, DHCP_OPT_ID, ask->id);
		add_address(o, DHCP_OPT_WANTED, ask->wanted);
		add(o, DHCP_OPT_LIST, list, sizeof list);
		add(o, DHCP_OPT_MAX_SIZE, size, sizeof size);
	}
	add_text(o, DHCP_OPT_HOST, ask->host);
	add_text(o, DHCP_OPT_CLASS, ask->vendor_class);
	add_client_id(o, ask);
}

size_t
dhcp_build(const struct dhcp_ask *ask, uint8_t packet[static DHCP_SEND_SIZE])
{
	struct out o = { packet, DHCP_OPTIONS };

	memset(packet, 0, DHCP_SEND_SIZE);
	packet[DHCP_OP] = REQUEST;
	packet[DHCP_HTYPE] = ask->hardware_type;
	packet[DHCP_HLEN] = ask->hardware_len;
	put(packet + DHCP_XID, ask->xid);
	packet[DHCP_SECS] = (uint8_t)(ask->secs >> 8);
	packet[DHCP_SECS + 1] = (uint8_t)ask->secs;
	packet[DHCP_FLAGS] = BROADCAST;
	memcpy(packet + DHCP_CHADDR, ask->hardware, DHCP_HARDWARE_SIZE);
	put(packet + DHCP_COOKIE, 0x63825363);
	add_options(&o, ask);
	packet[o.len++] = DHCP_OPT_END;
	return o.len < LEAST_SIZE ? LEAST_SIZE : o.len;
}

/* ------------------------------------------------------------ receiving */

/* An option of one address or more: as many as fit into list. */
static void
get_addresses(const struct dhcp_options *o, uint8_t code, uint32_t *list,
	unsigned max)
{
	uint8_t value[LONG_SIZE];
	int len = dhcpoption_get(o, code, value, sizeof value);
	unsigned found = 0;

	for (int at = 0; at + 4 <= len && found < max; at += 4)
		if (ipaddr_is_host(ipaddr_get(value + at)))
			list[found++] = ipaddr_get(value + at);
}

static uint32_t
get_number(const struct dhcp_options *o, uint8_t code, int size)
{
	uint8_t value[4] = { 0 };
	uint32_t number = 0;

	if (dhcpoption_get(o, code, value, sizeof value) != size)
		return 0;
	for (int i = 0; i < size; i++)
		number = number << 8 | value[i];
	return number;
}

/* Text of a packet, which may end with NULs; what holds a control character
 * or does not fit is as if it were not there. */
static void
set_text(char *text, size_t size, const uint8_t *value, size_t len)
{
	text[0] = '\0';
	while (len > 0 && value[len - 1] == '\0')
		len--;
	if (len >= size)
		return;
	for (size_t i = 0; i < len; i++)
		if (value[i] < ' ' || value[i] == 127)
			return;
	memcpy(text, value, len);
	text[len] = '\0';
}

static void
get_text(const struct dhcp_options *o, uint8_t code, char *text, size_t size)
{
	uint8_t value[LONG_SIZE];
	int len = dhcpoption_get(o, code, value, sizeof value);

	set_text(text, size, value, len < 0 ? 0 : (size_t)len);
}

static void
get_name(const struct dhcp_options *o, uint8_t code, char *text, size_t size)
{
	get_text(o, code, text, size);
	if (!hostname_is_clean(text))
		text[0] = '\0';
}

/* RFC 3442: bits, as many bytes of the address as have them, a gateway. */
static void
get_routes(const struct dhcp_options *o, struct dhcp_reply *r)
{
	uint8_t v[LONG_SIZE];
	int len = dhcpoption_get(o, DHCP_OPT_ROUTES, v, sizeof v);
	int at = 0, bytes;

	while (at < len && r->routes < DHCP_ROUTES_MAX) {
		struct dhcp_route *route = &r->route[r->routes];

		bytes = (v[at] + 7) / 8;
		if (v[at] > 32 || bytes + 5 > len - at)
			break;
		route->prefix = v[at++];
		route->to = 0;
		for (int i = 0; i < bytes; i++)
			route->to |= (uint32_t)v[at++] << (24 - 8 * i);
		route->to &= ipaddr_mask(route->prefix);
		route->gateway = ipaddr_get(v + at);
		at += 4;
		if (route->gateway == 0 || ipaddr_is_host(route->gateway))
			r->routes++;
	}
	if (at != len)
		r->routes = 0;
}

static void
get_search(const struct dhcp_options *o, struct dhcp_reply *r)
{
	uint8_t value[LONG_SIZE];
	int len = dhcpoption_get(o, DHCP_OPT_SEARCH, value, sizeof value);

	if (len > 0)
		hostname_decode(value, (size_t)len, r->search,
			sizeof r->search);
}

/* The header's names count where they are no room for options. */
static void
get_boot(const struct dhcp_options *o, const uint8_t *packet,
	struct dhcp_reply *r)
{
	get_text(o, DHCP_OPT_BOOT_FILE, r->boot_file, sizeof r->boot_file);
	if (!r->boot_file[0] && o->place[1].len == 0)
		set_text(r->boot_file, sizeof r->boot_file,
			packet + DHCP_FILE, strnlen((const char *)packet +
			DHCP_FILE, DHCP_FILE_SIZE));
	get_text(o, DHCP_OPT_SERVER_NAME, r->boot_server,
		sizeof r->boot_server);
	if (!r->boot_server[0] && o->place[2].len == 0)
		set_text(r->boot_server, sizeof r->boot_server,
			packet + DHCP_SNAME, strnlen((const char *)packet +
			DHCP_SNAME, DHCP_SNAME_SIZE));
}

static void
get_options(const struct dhcp_options *o, struct dhcp_reply *r)
{
	get_addresses(o, DHCP_OPT_ID, &r->id, 1);
	r->netmask = get_number(o, DHCP_OPT_NETMASK, 4);
	if (ipaddr_prefix(r->netmask) <= 0)
		r->netmask = 0;
	get_routes(o, r);
	if (r->routes == 0)
		get_addresses(o, DHCP_OPT_ROUTER, &r->router, 1);
	get_addresses(o, DHCP_OPT_DNS, r->dns, DHCP_SERVERS_MAX);
	get_addresses(o, DHCP_OPT_NTP, r->ntp, DHCP_SERVERS_MAX);
	r->lease_s = get_number(o, DHCP_OPT_LEASE, 4);
	r->mtu = get_number(o, DHCP_OPT_MTU, 2);
	if (r->mtu < MTU_LEAST)
		r->mtu = 0;
	get_name(o, DHCP_OPT_HOST, r->host, sizeof r->host);
	get_name(o, DHCP_OPT_DOMAIN, r->domain, sizeof r->domain);
	get_name(o, DHCP_OPT_NIS_DOMAIN, r->nis_domain, sizeof r->nis_domain);
	get_search(o, r);
	get_text(o, DHCP_OPT_ROOT_PATH, r->root_path, sizeof r->root_path);
	get_text(o, DHCP_OPT_MESSAGE, r->message, sizeof r->message);
}

/* Is it an answer that a client can do something with? */
static bool
is_answer(const struct dhcp_reply *r)
{
	switch (r->type) {
	case DHCP_NAK:
		return r->id != 0;
	case DHCP_OFFER:
	case DHCP_ACK:
		return r->id != 0 && ipaddr_is_host(r->address);
	case DHCP_NONE:
		return ipaddr_is_host(r->address);
	case DHCP_DISCOVER:
	case DHCP_REQUEST:
	case DHCP_DECLINE:
		break;
	}
	return false;
}

/* False when there is an option 53 and it is none that we know. */
static bool
get_type(const struct dhcp_options *o, enum dhcp_type *type)
{
	uint8_t value = DHCP_NONE;
	int len = dhcpoption_get(o, DHCP_OPT_TYPE, &value, 1);

	*type = DHCP_NONE;
	if (len == -1)
		return true;
	*type = value <= DHCP_NAK ? (enum dhcp_type)value : DHCP_NONE;
	return len == 1 && *type != DHCP_NONE;
}

int
dhcp_parse(const uint8_t *packet, size_t len, struct dhcp_reply *r)
{
	struct dhcp_options o;

	if (len < DHCP_COOKIE || packet[DHCP_OP] != REPLY ||
	    packet[DHCP_HLEN] > DHCP_HARDWARE_SIZE ||
	    dhcpoption_find(packet, len, &o) < 0)
		return -1;
	memset(r, 0, sizeof *r);
	if (!get_type(&o, &r->type))
		return -1;
	r->xid = ipaddr_get(packet + DHCP_XID);
	r->hardware_len = packet[DHCP_HLEN];
	memcpy(r->hardware, packet + DHCP_CHADDR, DHCP_HARDWARE_SIZE);
	r->address = ipaddr_get(packet + DHCP_YIADDR);
	r->next_server = ipaddr_get(packet + DHCP_SIADDR);
	if (!ipaddr_is_host(r->next_server))
		r->next_server = 0;
	get_options(&o, r);
	get_boot(&o, packet, r);
	return is_answer(r) ? 0 : -1;
}
