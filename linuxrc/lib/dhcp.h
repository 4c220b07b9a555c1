/* SPDX-License-Identifier: MIT */
/*
 * dhcp - packets of DHCP and BOOTP: what we send, and what an answer says.
 * Follows RFC 951, 1542, 2131, 2132, 3396 (long options), 3397 (search list)
 * and 3442 (classless routes). Pure. Addresses are in the byte order of this
 * machine, 0 is none.
 *
 * Deviations: a packet with an option that is cut short is dropped as a whole;
 * an option whose value makes no sense is as if it were not there.
 */
#ifndef LINUXRC_LIB_DHCP_H
#define LINUXRC_LIB_DHCP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	DHCP_SERVER_PORT = 67, DHCP_CLIENT_PORT = 68,
	DHCP_SEND_SIZE = 1088,	/* with the longest class, id and name */
	DHCP_RECEIVE_SIZE = 1500,	/* what we say we take, option 57 */
	DHCP_HARDWARE_SIZE = 16,	/* chaddr */
	DHCP_NAME_SIZE = 256,	/* a domain; a search list */
	DHCP_HOST_SIZE = 65,	/* what the kernel takes */
	DHCP_PATH_SIZE = 256,	/* root path, boot file: one option */
	DHCP_TEXT_SIZE = 128,	/* a server's reason, server's name */
	DHCP_SERVERS_MAX = 3,	/* as the kernel keeps of each kind */
	DHCP_ROUTES_MAX = 16	/* classless; far above any lease seen */
};

enum dhcp_type {		/* option 53 */
	DHCP_NONE,		/* BOOTP */
	DHCP_DISCOVER, DHCP_OFFER, DHCP_REQUEST, DHCP_DECLINE, DHCP_ACK,
	DHCP_NAK
};

struct dhcp_ask {
	enum dhcp_type type;	/* DHCP_NONE: BOOTP */
	uint32_t xid;
	uint16_t secs;		/* since the first one */
	uint32_t wanted;	/* option 50, or 0 */
	uint32_t id;		/* option 54, or 0 */
	uint8_t hardware_type;	/* 1: Ethernet */
	uint8_t hardware_len;	/* at most DHCP_HARDWARE_SIZE */
	uint8_t hardware[DHCP_HARDWARE_SIZE];
	const char *host;	/* option 12, or "" */
	const char *vendor_class;	/* option 60, or "" */
	unsigned char client_id_type;	/* option 61, when client_id is */
	const char *client_id;	/* not "" */
};

struct dhcp_route {
	uint32_t to, gateway;	/* gateway 0: on the link itself */
	unsigned char prefix;	/* bits of to that count */
};

struct dhcp_reply {
	enum dhcp_type type;	/* DHCP_NONE: plain BOOTP */
	uint32_t xid;
	uint8_t hardware_len;
	uint8_t hardware[DHCP_HARDWARE_SIZE];
	uint32_t address;	/* yiaddr */
	uint32_t next_server;	/* siaddr */
	uint32_t id;		/* 54: the server's */
	uint32_t netmask;	/* 1 */
	uint32_t router;	/* 3: the first; 0 when there are routes */
	uint32_t dns[DHCP_SERVERS_MAX], ntp[DHCP_SERVERS_MAX];	/* 6, 42 */
	uint32_t lease_s;	/* 51; 0: not said */
	unsigned mtu;		/* 26; 0: not said */
	unsigned routes;	/* 121 */
	struct dhcp_route route[DHCP_ROUTES_MAX];
	char host[DHCP_HOST_SIZE];	/* 12 */
	char domain[DHCP_NAME_SIZE];	/* 15 */
	char search[DHCP_NAME_SIZE];	/* 119, blanks between */
	char nis_domain[DHCP_HOST_SIZE];	/* 40 */
	char root_path[DHCP_PATH_SIZE];	/* 17 */
	char boot_file[DHCP_PATH_SIZE];	/* 67, or the header's */
	char boot_server[DHCP_TEXT_SIZE];	/* 66, or the header's */
	char message[DHCP_TEXT_SIZE];	/* 56: why not */
};

/* Write the packet; returns its length, DHCP_SEND_SIZE at most. */
size_t
dhcp_build(const struct dhcp_ask *ask, uint8_t packet[static DHCP_SEND_SIZE]);

/*
 * Understand an answer of len bytes. 0; -1: it is none, or not a whole one, and
 * r is of no use. Names and paths hold no control character, and names nothing
 * that lib/hostname refuses. An offer or acknowledgement has an address that a
 * machine can have, and those and a refusal name their server.
 */
int
dhcp_parse(const uint8_t *packet, size_t len, struct dhcp_reply *r);

#endif
