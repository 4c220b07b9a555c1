/* SPDX-License-Identifier: MIT */
/*
 * dhcpoption - the options in a packet of DHCP or BOOTP: where they are (the
 * field for them, and with option 52 those for two names), and the value of
 * one. Belongs to lib/dhcp. Pure.
 */
#ifndef LINUXRC_LIB_DHCPOPTION_H
#define LINUXRC_LIB_DHCPOPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {				/* the header, RFC 2131, 2 */
	DHCP_OP = 0, DHCP_HTYPE = 1, DHCP_HLEN = 2, DHCP_XID = 4,
	DHCP_SECS = 8, DHCP_FLAGS = 10, DHCP_YIADDR = 16, DHCP_SIADDR = 20,
	DHCP_CHADDR = 28, DHCP_SNAME = 44, DHCP_FILE = 108,
	DHCP_COOKIE = 236, DHCP_OPTIONS = 240,
	DHCP_SNAME_SIZE = 64, DHCP_FILE_SIZE = 128
};

enum {				/* RFC 2132 */
	DHCP_OPT_PAD = 0, DHCP_OPT_NETMASK = 1, DHCP_OPT_ROUTER = 3,
	DHCP_OPT_DNS = 6, DHCP_OPT_HOST = 12, DHCP_OPT_DOMAIN = 15,
	DHCP_OPT_ROOT_PATH = 17, DHCP_OPT_MTU = 26, DHCP_OPT_NIS_DOMAIN = 40,
	DHCP_OPT_NTP = 42, DHCP_OPT_WANTED = 50, DHCP_OPT_LEASE = 51,
	DHCP_OPT_OVERLOAD = 52, DHCP_OPT_TYPE = 53, DHCP_OPT_ID = 54,
	DHCP_OPT_LIST = 55, DHCP_OPT_MESSAGE = 56, DHCP_OPT_MAX_SIZE = 57,
	DHCP_OPT_CLASS = 60, DHCP_OPT_CLIENT_ID = 61,
	DHCP_OPT_SERVER_NAME = 66, DHCP_OPT_BOOT_FILE = 67,
	DHCP_OPT_SEARCH = 119, DHCP_OPT_ROUTES = 121, DHCP_OPT_END = 255
};

enum { DHCP_PLACES = 3 };	/* the field, file, sname: in that order */

struct dhcp_options {
	struct dhcp_place {
		const uint8_t *data;
		size_t len;
	} place[DHCP_PLACES];	/* len 0: none there */
};

/* Find the places. 0; -1: an option is cut short, or option 52 makes no
 * sense. A packet without the magic cookie has none. */
int
dhcpoption_find(const uint8_t *packet, size_t len, struct dhcp_options *o);

/*
 * The value of an option; one that stands there several times is put together
 * (RFC 3396). Returns its length, at most size; -1 when it is not there, -2
 * when it is longer.
 */
int
dhcpoption_get(const struct dhcp_options *o, unsigned char code,
	uint8_t *value, size_t size);

#endif
