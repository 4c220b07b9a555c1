/* SPDX-License-Identifier: MIT */
/*
 * dhcpsocket.c - see dhcpsocket.h.
 */
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lib/dhcp.h"
#include "lib/dhcpsocket.h"

int
dhcpsocket_open(struct err *e)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons(DHCP_CLIENT_PORT) };
	int on = 1;
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return fail(e, errno, "open a socket for DHCP");
	if (setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &on, sizeof on) < 0 ||
	    setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
	    bind(fd, (struct sockaddr *)&address, sizeof address) < 0) {
		fail(e, errno, "listen on UDP port %d", DHCP_CLIENT_PORT);
		close(fd);
		return -1;
	}
	return fd;
}

int
dhcpsocket_send(int fd, int index, uint8_t *packet, size_t len)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons(DHCP_SERVER_PORT),
		.sin_addr.s_addr = htonl(INADDR_BROADCAST) };
	struct iovec part = { packet, len };
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(struct in_pktinfo))];
	} control;
	struct msghdr m = { .msg_name = &to, .msg_namelen = sizeof to,
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control,
		.msg_controllen = sizeof control };
	struct in_pktinfo info = { .ipi_ifindex = index };

	memset(&control, 0, sizeof control);
	control.head.cmsg_level = IPPROTO_IP;
	control.head.cmsg_type = IP_PKTINFO;
	control.head.cmsg_len = CMSG_LEN(sizeof info);
	memcpy(CMSG_DATA(&control.head), &info, sizeof info);
	return sendmsg(fd, &m, 0) < 0 ? -1 : 0;
}

ssize_t
dhcpsocket_receive(int fd, uint8_t *packet, size_t size, int *index)
{
	struct iovec part = { packet, size };
	union {
		struct cmsghdr head;
		char room[256];
	} control;
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof control };
	struct in_pktinfo info;
	struct cmsghdr *c;
	ssize_t n;

	do
		n = recvmsg(fd, &m, MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	*index = 0;
	for (c = CMSG_FIRSTHDR(&m); n >= 0 && c; c = CMSG_NXTHDR(&m, c)) {
		if (c->cmsg_level != IPPROTO_IP || c->cmsg_type != IP_PKTINFO)
			continue;
		memcpy(&info, CMSG_DATA(c), sizeof info);
		*index = info.ipi_ifindex;
	}
	/* what was cut is no whole packet */
	return m.msg_flags & MSG_TRUNC ? 0 : n;
}
