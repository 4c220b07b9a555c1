/* SPDX-License-Identifier: MIT */
/*
 * rtnl.c - see rtnl.h.
 */
#include <errno.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lib/ipaddr.h"
#include "lib/rtnl.h"

enum {
	ANSWER_SIZE = 16384,	/* what the kernel fills at most, 8 KiB pages
				   of a dump */
	REQUEST_SIZE = 256
};

struct request {
	struct nlmsghdr head;
	union {
		struct ifinfomsg link;
		struct ifaddrmsg address;
		struct rtmsg route;
	} body;
	char room[REQUEST_SIZE];
};

static char answer[ANSWER_SIZE] __attribute__((aligned(8)));

static int
open_socket(unsigned groups, int flags, struct err *e)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK,
		.nl_groups = groups };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | flags,
		NETLINK_ROUTE);

	if (fd < 0)
		return fail(e, errno, "open a socket for the network's "
			"interfaces");
	if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) {
		fail(e, errno, "bind the socket for the network's interfaces");
		close(fd);
		return -1;
	}
	return fd;
}

int
rtnl_open(struct err *e)
{
	return open_socket(0, 0, e);
}

int
rtnl_open_events(struct err *e)
{
	return open_socket(RTMGRP_LINK, SOCK_NONBLOCK, e);
}

/* Also true when so many came that some were lost. */
bool
rtnl_take_events(int fd)
{
	bool any = false;
	ssize_t n;

	do {
		n = recv(fd, answer, sizeof answer, MSG_DONTWAIT);
		any |= n > 0 || (n < 0 && errno == ENOBUFS);
	} while (n > 0 || (n < 0 && (errno == EINTR || errno == ENOBUFS)));
	return any;
}

static struct request
begin(unsigned type, unsigned flags, size_t body)
{
	struct request r;

	memset(&r, 0, sizeof r);
	r.head.nlmsg_len = (uint32_t)NLMSG_LENGTH(body);
	r.head.nlmsg_type = (uint16_t)type;
	r.head.nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
	return r;
}

static void
add(struct request *r, unsigned type, const void *value, size_t len)
{
	size_t at = NLMSG_ALIGN(r->head.nlmsg_len);
	struct rtattr *a = (struct rtattr *)(void *)((char *)r + at);

	a->rta_type = (unsigned short)type;
	a->rta_len = (unsigned short)RTA_LENGTH(len);
	memcpy(RTA_DATA(a), value, len);
	r->head.nlmsg_len = (uint32_t)(at + RTA_ALIGN(a->rta_len));
}

static void
add_ip(struct request *r, unsigned type, uint32_t ip)
{
	uint8_t bytes[4] = { (uint8_t)(ip >> 24), (uint8_t)(ip >> 16),
		(uint8_t)(ip >> 8), (uint8_t)ip };

	add(r, type, bytes, sizeof bytes);
}

/* Send it and take the answer: 0, or a negative errno. */
static int
talk(int fd, struct request *r)
{
	struct nlmsghdr *h = (struct nlmsghdr *)(void *)answer;
	struct nlmsgerr *result;
	ssize_t n;

	r->head.nlmsg_flags |= NLM_F_ACK;
	if (send(fd, r, r->head.nlmsg_len, 0) < 0)
		return -errno;
	do
		n = recv(fd, answer, sizeof answer, 0);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	if ((size_t)n < NLMSG_LENGTH(sizeof *result) ||
	    h->nlmsg_type != NLMSG_ERROR)
		return -EPROTO;
	result = NLMSG_DATA(h);
	return result->error;
}

/* ----------------------------------------------------------------- look */

/*
 * Ask for all things of a kind and show each to take(), until it says that it
 * has had enough. 0 or -1.
 */
static int
dump(int fd, struct request *r, bool (*take)(const struct nlmsghdr *, void *),
	void *to)
{
	bool more = true;

	r->head.nlmsg_flags |= NLM_F_DUMP;
	if (send(fd, r, r->head.nlmsg_len, 0) < 0)
		return -1;
	for (;;) {
		struct nlmsghdr *h = (struct nlmsghdr *)(void *)answer;
		ssize_t n = recv(fd, answer, sizeof answer, 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		for (; NLMSG_OK(h, n); h = NLMSG_NEXT(h, n)) {
			if (h->nlmsg_type == NLMSG_DONE)
				return 0;
			if (h->nlmsg_type == NLMSG_ERROR)
				return -1;
			if (more)
				more = take(h, to);
		}
	}
}

struct links {
	struct rtnl_link *list;
	int count, max;
};

static void
take_link_attribute(struct rtnl_link *l, const struct rtattr *a)
{
	size_t len = RTA_PAYLOAD(a);

	if (a->rta_type == IFLA_IFNAME && len <= sizeof l->name) {
		memcpy(l->name, RTA_DATA(a), len);
		l->name[sizeof l->name - 1] = '\0';
	} else if (a->rta_type == IFLA_ADDRESS && len <= sizeof l->mac) {
		memcpy(l->mac, RTA_DATA(a), len);
		l->mac_len = (unsigned)len;
	} else if (a->rta_type == IFLA_MTU && len == sizeof l->mtu) {
		memcpy(&l->mtu, RTA_DATA(a), len);
	}
}

static bool
take_link(const struct nlmsghdr *h, void *to)
{
	struct links *all = to;
	const struct ifinfomsg *info = NLMSG_DATA(h);
	struct rtnl_link *l = &all->list[all->count];
	const struct rtattr *a = IFLA_RTA(info);
	int left = (int)IFLA_PAYLOAD(h);

	if (h->nlmsg_type != RTM_NEWLINK || all->count == all->max)
		return true;
	memset(l, 0, sizeof *l);
	l->index = info->ifi_index;
	l->flags = info->ifi_flags;
	l->type = info->ifi_type;
	for (; RTA_OK(a, left); a = RTA_NEXT(a, left))
		take_link_attribute(l, a);
	all->count++;
	return true;
}

int
rtnl_links(int fd, struct rtnl_link *list, int max, struct err *e)
{
	struct links all = { list, 0, max };
	struct request r = begin(RTM_GETLINK, 0, sizeof r.body.link);

	if (dump(fd, &r, take_link, &all) < 0)
		return fail(e, errno, "list the network's interfaces");
	return all.count;
}

struct address {
	int index;
	bool found;
	uint32_t ip;
	unsigned prefix;
};

static bool
take_address(const struct nlmsghdr *h, void *to)
{
	struct address *address = to;
	const struct ifaddrmsg *info = NLMSG_DATA(h);
	const struct rtattr *a = IFA_RTA(info);
	int left = (int)IFA_PAYLOAD(h);

	if (h->nlmsg_type != RTM_NEWADDR || info->ifa_family != AF_INET ||
	    (int)info->ifa_index != address->index)
		return true;
	for (; RTA_OK(a, left); a = RTA_NEXT(a, left)) {
		if (a->rta_type != IFA_LOCAL || RTA_PAYLOAD(a) != 4)
			continue;
		address->ip = ipaddr_get(RTA_DATA(a));
		address->prefix = info->ifa_prefixlen;
		address->found = true;
		return false;
	}
	return true;
}

int
rtnl_address_of(int fd, int index, uint32_t *ip, unsigned *prefix)
{
	struct address address = { .index = index };
	struct request r = begin(RTM_GETADDR, 0, sizeof r.body.address);

	r.body.address.ifa_family = AF_INET;
	if (dump(fd, &r, take_address, &address) < 0 || !address.found)
		return 0;
	*ip = address.ip;
	*prefix = address.prefix;
	return 1;
}

/* --------------------------------------------------------------- change */

int
rtnl_up(int fd, int index, unsigned mtu, struct err *e)
{
	struct request r = begin(RTM_NEWLINK, 0, sizeof r.body.link);
	int error;

	r.body.link.ifi_index = index;
	r.body.link.ifi_flags = r.body.link.ifi_change = IFF_UP;
	if (mtu > 0)
		add(&r, IFLA_MTU, &mtu, sizeof mtu);
	error = talk(fd, &r);
	if (error == 0)
		return 0;
	return mtu > 0 ? fail(e, -error, "set the MTU to %u", mtu) :
		fail(e, -error, "set the interface up");
}

static struct request
about_address(unsigned type, unsigned flags, int index, uint32_t ip,
	unsigned prefix)
{
	struct request r = begin(type, flags, sizeof r.body.address);

	r.body.address.ifa_family = AF_INET;
	r.body.address.ifa_prefixlen = (unsigned char)prefix;
	r.body.address.ifa_index = (unsigned)index;
	add_ip(&r, IFA_LOCAL, ip);
	add_ip(&r, IFA_ADDRESS, ip);
	return r;
}

int
rtnl_add_address(int fd, int index, uint32_t ip, unsigned prefix,
	struct err *e)
{
	struct request r = about_address(RTM_NEWADDR, NLM_F_CREATE |
		NLM_F_REPLACE, index, ip, prefix);
	char text[IPADDR_TEXT_SIZE];
	int error;

	if (prefix < 31)
		add_ip(&r, IFA_BROADCAST, ip | ~ipaddr_mask(prefix));
	error = talk(fd, &r);
	if (error == 0 || error == -EEXIST)
		return 0;
	return fail(e, -error, "add the address %s/%u",
		ipaddr_write(ip, text), prefix);
}

int
rtnl_remove_address(int fd, int index, uint32_t ip, unsigned prefix,
	struct err *e)
{
	struct request r = about_address(RTM_DELADDR, 0, index, ip, prefix);
	char text[IPADDR_TEXT_SIZE];
	int error = talk(fd, &r);

	if (error == 0)
		return 0;
	return fail(e, -error, "remove the address %s/%u",
		ipaddr_write(ip, text), prefix);
}

int
rtnl_add_route(int fd, int index, const struct rtnl_route *route,
	struct err *e)
{
	struct request r = begin(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE,
		sizeof r.body.route);
	char to[IPADDR_TEXT_SIZE], gateway[IPADDR_TEXT_SIZE];
	int error;

	r.body.route.rtm_family = AF_INET;
	r.body.route.rtm_dst_len = (unsigned char)route->prefix;
	r.body.route.rtm_table = RT_TABLE_MAIN;
	r.body.route.rtm_protocol = RTPROT_BOOT;
	r.body.route.rtm_scope = route->gateway ? RT_SCOPE_UNIVERSE :
		RT_SCOPE_LINK;
	r.body.route.rtm_type = RTN_UNICAST;
	if (route->onlink)
		r.body.route.rtm_flags = RTNH_F_ONLINK;
	if (route->prefix > 0)
		add_ip(&r, RTA_DST, route->to);
	if (route->gateway)
		add_ip(&r, RTA_GATEWAY, route->gateway);
	add(&r, RTA_OIF, &index, sizeof index);
	error = talk(fd, &r);
	if (error == 0 || error == -EEXIST)
		return 0;
	return fail(e, -error, "add the route to %s/%u by %s",
		ipaddr_write(route->to, to), route->prefix, route->gateway ?
		ipaddr_write(route->gateway, gateway) : "the link");
}
