/* SPDX-License-Identifier: MIT */
/*
 * netlist.c - see netlist.h.
 */
#include <linux/if.h>
#include <linux/if_arp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/ipaddr.h"
#include "lib/text.h"
#include "netlist.h"

enum { LINKS_MAX = 64 };	/* with all that is no card */

/* class/net/NAME/device/driver is a link to the driver. */
static void
find_driver(int sys, const char *name, char driver[static NETLIST_DRIVER])
{
	char path[64], target[NAME_SIZE];
	const char *slash;
	ssize_t n;

	snprintf(path, sizeof path, "class/net/%s/device/driver", name);
	n = readlinkat(sys, path, target, sizeof target - 1);
	target[n > 0 ? n : 0] = '\0';
	slash = strrchr(target, '/');
	if (!slash || text_copy(driver, NETLIST_DRIVER, slash + 1) < 0)
		text_copy(driver, NETLIST_DRIVER, "-");
}

static bool
is_card(const struct rtnl_link *l)
{
	return l->type == ARPHRD_ETHER && l->mac_len == 6 &&
		!(l->flags & IFF_LOOPBACK);
}

static void
fill(struct netlist_entry *n, const struct rtnl_link *l, int fd, int sys)
{
	text_copy(n->name, sizeof n->name, l->name);
	memcpy(n->mac, l->mac, sizeof n->mac);
	n->link = l->flags & IFF_LOWER_UP;
	n->ip = 0;
	rtnl_address_of(fd, l->index, &n->ip, &n->prefix);
	find_driver(sys, l->name, n->driver);
}

int
netlist_read(struct netlist *l, int sys, struct err *e)
{
	static struct rtnl_link links[LINKS_MAX];
	struct err ignored;
	int fd = rtnl_open(e), n;

	l->count = 0;
	if (fd < 0)
		return -1;
	n = rtnl_links(fd, links, LINKS_MAX, e);
	for (int i = 0; i < n; i++)
		if (is_card(&links[i]) && !(links[i].flags & IFF_UP))
			rtnl_up(fd, links[i].index, 0, &ignored);
	if (n >= 0)
		n = rtnl_links(fd, links, LINKS_MAX, e);
	for (int i = 0; i < n && l->count < NETLIST_MAX; i++)
		if (is_card(&links[i]))
			fill(&l->entry[l->count++], &links[i], fd, sys);
	close(fd);
	return n < 0 ? -1 : 0;
}

void
netlist_line(const struct netlist_entry *n, char text[static NETLIST_TEXT])
{
	char ip[IPADDR_TEXT_SIZE];

	snprintf(text, NETLIST_TEXT, "%-8s %-12s %-8s ", n->name, n->driver,
		n->link ? "link" : "no link");
	if (n->ip)
		text_add(text, NETLIST_TEXT, "%s/%u",
			ipaddr_write(n->ip, ip), n->prefix);
	else
		text_add(text, NETLIST_TEXT, "no address");
}
