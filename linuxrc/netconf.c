/* SPDX-License-Identifier: MIT */
/*
 * netconf.c - see netconf.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/hostname.h"
#include "lib/ipaddr.h"
#include "lib/text.h"
#include "netconf.h"

static const char *const protocols[] = { "none", "kernel", "dhcp", "bootp" };

/* One line, unless the value is empty. */
static void
add(char *text, const char *key, const char *value)
{
	if (!value[0])
		return;
	text_add(text, NETCONF_SIZE, "%s='", key);
	for (; *value; value++)
		text_add(text, NETCONF_SIZE, *value == '\'' ? "'\\''" : "%c",
			*value);
	text_add(text, NETCONF_SIZE, "'\n");
}

static void
add_number(char *text, const char *key, uint32_t number)
{
	char digits[16];

	snprintf(digits, sizeof digits, "%u", number);
	add(text, key, number ? digits : "");
}

static void
add_ip(char *text, const char *key, uint32_t ip)
{
	char words[IPADDR_TEXT_SIZE];

	add(text, key, ip ? ipaddr_write(ip, words) : "");
}

static void
add_list(char *text, const char *key, const uint32_t list[])
{
	char name[16];

	for (int i = 0; i < DHCP_SERVERS_MAX; i++) {
		snprintf(name, sizeof name, "%s%d", key, i);
		add_ip(text, name, list[i]);
	}
}

void
netconf_write(const struct net_result *r, char text[static NETCONF_SIZE])
{
	const struct dhcp_reply *l = &r->lease;
	char mac[IPADDR_MAC_SIZE];

	text[0] = '\0';
	add(text, "DEVICE", r->device);
	add(text, "HWADDR", ipaddr_write_mac(r->mac, mac));
	add(text, "PROTO", protocols[r->protocol]);
	add_ip(text, "IPV4ADDR", l->address);
	add_ip(text, "IPV4BROADCAST", l->address | ~l->netmask);
	add_ip(text, "IPV4NETMASK", l->netmask);
	add_ip(text, "IPV4GATEWAY", l->router);
	add_list(text, "IPV4DNS", l->dns);
	add_list(text, "IPV4NTP", l->ntp);
	add(text, "HOSTNAME", l->host);
	add(text, "DNSDOMAIN", l->domain);
	add(text, "DOMAINSEARCH", l->search);
	add(text, "NISDOMAIN", l->nis_domain);
	add_ip(text, "ROOTSERVER", r->server);
	add(text, "ROOTPATH", l->root_path);
	add(text, "BOOTSERVER", l->boot_server);
	add(text, "filename", l->boot_file);
	add_number(text, "MTU", l->mtu);
	add_number(text, "DHCPLEASETIME", l->lease_s);
	add_ip(text, "DHCPSERVER", l->id);
}

void
netconf_resolv(const struct net_result *r, char text[static NETCONF_SIZE])
{
	static const char *const heads[] = { "#MANUAL\n", "#KERNEL\n",
		"#PROTO: DHCP\n", "#PROTO: BOOTP\n" };
	const struct dhcp_reply *l = &r->lease;
	char ip[IPADDR_TEXT_SIZE];

	text_copy(text, NETCONF_SIZE, heads[r->protocol]);
	if (l->domain[0])
		text_add(text, NETCONF_SIZE, "domain %s\n", l->domain);
	if (l->search[0])
		text_add(text, NETCONF_SIZE, "search %s\n", l->search);
	for (int i = 0; i < DHCP_SERVERS_MAX; i++)
		if (l->dns[i])
			text_add(text, NETCONF_SIZE, "nameserver %s\n",
				ipaddr_write(l->dns[i], ip));
	if (r->server)
		text_add(text, NETCONF_SIZE, "bootserver %s\n",
			ipaddr_write(r->server, ip));
}

/* Never through a link that lies there already. */
static int
create(int dir, const char *name, const char *text, struct err *e)
{
	size_t len = strlen(text);
	int fd = openat(dir, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW |
		O_CLOEXEC, 0644);

	if (fd < 0)
		return fail(e, errno, "create %s", name);
	if (write(fd, text, len) != (ssize_t)len) {
		fail(e, errno, "write %s", name);
		close(fd);
		return -1;
	}
	close(fd);
	return 0;
}

int
netconf_leave(const struct net_result *r, int dir, struct err *e)
{
	static char text[NETCONF_SIZE];

	netconf_write(r, text);
	if (create(dir, "net.conf", text, e) < 0)
		return -1;
	netconf_resolv(r, text);
	return create(dir, "resolv.conf", text, e);
}

/* The address behind a word, or 0. */
static uint32_t
address_after(const char *line, const char *word)
{
	const char *value = text_after(line, word);
	char digits[IPADDR_TEXT_SIZE] = "";
	uint32_t ip = 0;

	if (value && text_add(digits, sizeof digits, "%.*s",
	    (int)strcspn(value, "\n"), value) == 0)
		ipaddr_read(digits, &ip);
	return ip;
}

bool
netconf_read_pnp(const char *text, struct net_result *r)
{
	struct dhcp_reply *l = &r->lease;
	const char *domain, *line;
	unsigned servers = 0;
	uint32_t ip;

	if (!text_after(text, "#PROTO") && !text_after(text, "#MANUAL"))
		return false;
	for (line = text; *line; line += strcspn(line, "\n"),
	    line += *line == '\n') {
		ip = address_after(line, "nameserver ");
		if (ip && servers < DHCP_SERVERS_MAX)
			l->dns[servers++] = ip;
		ip = address_after(line, "bootserver ");
		if (ip)
			r->server = ip;
		domain = text_after(line, "domain ");
		if (!domain)
			continue;
		l->domain[0] = '\0';
		text_add(l->domain, sizeof l->domain, "%.*s",
			(int)strcspn(domain, "\n"), domain);
		if (!hostname_is_clean(l->domain))
			l->domain[0] = '\0';
	}
	return true;
}
