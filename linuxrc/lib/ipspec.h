/* SPDX-License-Identifier: MIT */
/*
 * ipspec - the grammar of ip= (and nfsaddrs=) and of BOOTIF=. Follows the
 * kernel's nfsroot.rst and net/ipv4/ipconfig.c. Pure.
 *
 * Deviations: what is no address is a fault, where the kernel makes an address
 * of any text; a netmask may be a number of bits; two lines that name two
 * devices are two configurations, where the kernel mixes them into one.
 */
#ifndef LINUXRC_LIB_IPSPEC_H
#define LINUXRC_LIB_IPSPEC_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/err.h"

enum {
	IPSPEC_NAME_SIZE = 65,	/* __NEW_UTS_LEN of the kernel, and a NUL */
	IPSPEC_DEVICE_SIZE = 16,	/* IFNAMSIZ */
	IPSPEC_ID_SIZE = 253,	/* dhcp_client_identifier of the kernel */
	IPSPEC_DNS_MAX = 2,
	IPSPEC_MAX = 4,		/* devices with a line of their own */
	IPSPEC_MAC_SIZE = 6	/* bytes of an Ethernet address */
};

/* How what is not given is found out. */
enum ipspec_how {
	IPSPEC_ANY,		/* nothing said, on, any: DHCP, or BOOTP */
	IPSPEC_DHCP,
	IPSPEC_BOOTP,		/* also for both: BOOTP and RARP */
	IPSPEC_RARP,
	IPSPEC_STATIC,		/* off or none, with an address */
	IPSPEC_OFF		/* no network is configured */
};

struct ipspec {			/* addresses: 0 is none */
	uint32_t client, server, gateway, netmask;
	uint32_t dns[IPSPEC_DNS_MAX], ntp;
	enum ipspec_how how;
	unsigned char id_type;	/* of the client identifier, RFC 2132 9.14 */
	char id[IPSPEC_ID_SIZE];	/* "" when not given */
	char host[IPSPEC_NAME_SIZE];	/* up to the first dot */
	char nis_domain[IPSPEC_NAME_SIZE];	/* and behind it */
	char device[IPSPEC_DEVICE_SIZE];	/* "": any */
};

/*
 * Understand the lines in text, separated by blanks: the values of ip= in
 * their order. A field that a line leaves empty, or 0.0.0.0, is as an earlier
 * line had it. A line without a device goes on with the line before it, and so
 * does one that names the same device or the first one. Returns how many
 * configurations there are in list (0 only without any line), or -1 and the
 * sentence. IPv6 and VLANs are refused by name.
 */
int
ipspec_parse(const char *text, struct ipspec list[static IPSPEC_MAX],
	struct err *e);

/* BOOTIF= as PXELINUX gives it, 01-88-99-AA-BB-CC-DD (the type of hardware
 * first), or without the type; colons are as good. 0, or -1 and the
 * sentence. */
int
ipspec_bootif(const char *text, uint8_t mac[static IPSPEC_MAC_SIZE],
	struct err *e);

#endif
