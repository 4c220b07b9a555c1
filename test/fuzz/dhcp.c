/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/dhcp: an answer from anybody on the network.
 */
#include "lib/dhcp.h"
#include "lib/hostname.h"
#include "lib/ipaddr.h"

#include "fuzz.h"

static bool
is_clean(const char *text, size_t size)
{
	return has_end(text, size) &&
		(text[0] == '\0' || hostname_is_clean(text));
}

static bool
is_shown(const char *text, size_t size)
{
	if (!has_end(text, size))
		return false;
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 127)
			return false;
	return true;
}

static void
check(const struct dhcp_reply *r)
{
	must(r->type <= DHCP_NAK && r->type != DHCP_DISCOVER &&
		r->type != DHCP_REQUEST, "it is an answer");
	must(r->type == DHCP_NAK || ipaddr_is_host(r->address),
		"an address comes with it");
	must(r->hardware_len <= DHCP_HARDWARE_SIZE, "of some hardware");
	must(r->netmask == 0 || ipaddr_prefix(r->netmask) > 0,
		"the mask has no holes");
	must(r->routes <= DHCP_ROUTES_MAX && (r->routes == 0 ||
		r->router == 0), "routes or a router");
	for (unsigned i = 0; i < r->routes; i++)
		must(r->route[i].prefix <= 32 && (r->route[i].to &
			~ipaddr_mask(r->route[i].prefix)) == 0,
			"a route has no bits behind its prefix");
	must(is_clean(r->host, sizeof(r->host)) &&
		is_clean(r->domain, sizeof(r->domain)) &&
		is_clean(r->nis_domain, sizeof(r->nis_domain)),
		"names are clean");
	must(is_shown(r->search, sizeof(r->search)) &&
		strpbrk(r->search, "'\"$`\\") == NULL, "so is the list");
	must(is_shown(r->root_path, sizeof(r->root_path)) &&
		is_shown(r->boot_file, sizeof(r->boot_file)) &&
		is_shown(r->boot_server, sizeof(r->boot_server)) &&
		is_shown(r->message, sizeof(r->message)),
		"text can be shown");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct dhcp_reply r;
	char *packet = text_of(data, size);	/* a block of its own */

	memset(&r, 0xff, sizeof(r));
	if (dhcp_parse((const uint8_t *)packet, size, &r) == 0)
		check(&r);
	free(packet);
	return 0;
}
