/* SPDX-License-Identifier: MIT */
/*
 * dhcpclient - what a client of DHCP or BOOTP does on one interface, up to the
 * lease: RFC 2131, 3.1 and 4.4.1. Pure: the clock and chance come from the
 * caller, packets go through its buffers; so a test takes no time.
 *
 * Deviations: the first repetition comes after 2 to 3 s and each next one 7/4
 * times as late, up to 30 s, as the kernel's ipconfig.c has it, and with a
 * jitter of half a second; nobody's ARP is asked whether the address is free;
 * a lease is not renewed, that is for the real system to do.
 */
#ifndef LINUXRC_LIB_DHCPCLIENT_H
#define LINUXRC_LIB_DHCPCLIENT_H

#include "lib/dhcp.h"

enum dhcp_state {
	DHCP_SELECTING,		/* an offer is wanted */
	DHCP_REQUESTING,	/* one was taken */
	DHCP_BOUND
};

struct dhcp_settings {		/* the same for all interfaces */
	bool dhcp, bootp;	/* which answers count; both: either */
	uint32_t wanted;	/* the address to ask for, or 0 */
	const char *host, *vendor_class, *client_id;	/* as dhcp_ask */
	unsigned char client_id_type;
};

struct dhcp_client {
	enum dhcp_state state;
	uint32_t xid;
	uint8_t hardware_type, hardware_len;	/* the caller's to fill */
	uint8_t hardware[DHCP_HARDWARE_SIZE];
	int64_t began_ms, next_ms;	/* when to send again */
	int wait_ms;		/* before that */
	unsigned sent;		/* discoveries, or requests of BOOTP */
	unsigned requests;	/* of this offer */
	unsigned refusals;
	struct dhcp_reply reply;	/* the offer, then the lease; or the
					   refusal */
};

enum dhcp_news {
	DHCP_NO_NEWS,		/* nothing for us */
	DHCP_OFFERED,		/* there is something to send at once */
	DHCP_LEASED,		/* c->reply is the lease */
	DHCP_REFUSED		/* c->reply.message may say why; it begins
				   again after a while */
};

/* Begin at now_ms. random: any number. The hardware's fields stay. */
void
dhcpclient_begin(struct dhcp_client *c, int64_t now_ms, uint32_t random);

/* The packet that is due, and its length; 0: none is before c->next_ms. */
size_t
dhcpclient_send(struct dhcp_client *c, const struct dhcp_settings *s,
	int64_t now_ms, uint32_t random,
	uint8_t packet[static DHCP_SEND_SIZE]);

/* It has sent that many packets (0: there is no limit), and the last one has
 * had its time. */
bool
dhcpclient_is_over(const struct dhcp_client *c, unsigned packets_max,
	int64_t now_ms);

/* Take what came in on this interface. */
enum dhcp_news
dhcpclient_take(struct dhcp_client *c, const struct dhcp_settings *s,
	const struct dhcp_reply *r, int64_t now_ms);

#endif
