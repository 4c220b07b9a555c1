/* SPDX-License-Identifier: MIT */
/*
 * dhcpclient.c - see dhcpclient.h.
 */
#include <string.h>

#include "lib/dhcpclient.h"

enum {
	FIRST_MS = 2000, FIRST_JITTER_MS = 1000,
	JITTER_MS = 1000,	/* half of it either way */
	MOST_MS = 30000,
	REQUESTS_MAX = 3,	/* of one offer: then its server is gone */
	REFUSED_MS = 1000	/* at least, before it begins again */
};

void
dhcpclient_begin(struct dhcp_client *c, int64_t now_ms, uint32_t random)
{
	c->state = DHCP_SELECTING;
	c->xid = random ^ (uint32_t)now_ms << 8;
	c->began_ms = c->next_ms = now_ms;
	c->wait_ms = 0;
	c->sent = c->requests = c->refusals = 0;
	memset(&c->reply, 0, sizeof c->reply);
}

/* When the packet that goes out now is to be repeated. */
static void
schedule(struct dhcp_client *c, int64_t now_ms, uint32_t random)
{
	int jitter = (int)(random % JITTER_MS) - JITTER_MS / 2;

	if (c->wait_ms == 0) {
		c->wait_ms = FIRST_MS + (int)(random % FIRST_JITTER_MS);
		jitter = 0;
	} else {
		c->wait_ms = c->wait_ms * 7 / 4;
	}
	if (c->wait_ms > MOST_MS)
		c->wait_ms = MOST_MS;
	c->next_ms = now_ms + c->wait_ms + jitter;
}

/* Nobody acknowledges what was offered: look for another offer. */
static void
give_up_offer(struct dhcp_client *c, uint32_t random)
{
	c->state = DHCP_SELECTING;
	c->requests = 0;
	c->xid += random | 1;
}

size_t
dhcpclient_send(struct dhcp_client *c, const struct dhcp_settings *s,
	int64_t now_ms, uint32_t random,
	uint8_t packet[static DHCP_SEND_SIZE])
{
	int64_t secs = (now_ms - c->began_ms) / 1000;
	struct dhcp_ask ask = { .wanted = s->wanted, .host = s->host,
		.vendor_class = s->vendor_class, .client_id = s->client_id,
		.client_id_type = s->client_id_type,
		.hardware_type = c->hardware_type,
		.hardware_len = c->hardware_len };

	if (c->state == DHCP_BOUND || now_ms < c->next_ms)
		return 0;
	if (c->state == DHCP_REQUESTING && c->requests == REQUESTS_MAX)
		give_up_offer(c, random);
	schedule(c, now_ms, random);
	memcpy(ask.hardware, c->hardware, sizeof ask.hardware);
	ask.xid = c->xid;
	ask.secs = (uint16_t)(secs > UINT16_MAX ? UINT16_MAX : secs);
	if (c->state == DHCP_REQUESTING) {
		c->requests++;
		ask.type = DHCP_REQUEST;
		ask.wanted = c->reply.address;
		ask.id = c->reply.id;
	} else {
		c->sent++;
		ask.type = s->dhcp ? DHCP_DISCOVER : DHCP_NONE;
	}
	return dhcp_build(&ask, packet);
}

bool
dhcpclient_is_over(const struct dhcp_client *c, unsigned packets_max,
	int64_t now_ms)
{
	return packets_max > 0 && c->state == DHCP_SELECTING &&
		c->sent >= packets_max && now_ms >= c->next_ms;
}

static bool
is_for(const struct dhcp_client *c, const struct dhcp_reply *r)
{
	return r->xid == c->xid && c->state != DHCP_BOUND && c->sent > 0 &&
		r->hardware_len == c->hardware_len &&
		memcmp(r->hardware, c->hardware, c->hardware_len) == 0;
}

/* The first offer is as good as any. */
static enum dhcp_news
take_offer(struct dhcp_client *c, const struct dhcp_reply *r, int64_t now_ms)
{
	c->reply = *r;
	c->state = DHCP_REQUESTING;
	c->requests = 0;
	c->wait_ms = 0;
	c->next_ms = now_ms;
	return DHCP_OFFERED;
}

static enum dhcp_news
take_lease(struct dhcp_client *c, const struct dhcp_reply *r)
{
	c->reply = *r;
	c->state = DHCP_BOUND;
	return DHCP_LEASED;
}

/* A refusal by the server whose offer it was. The waits go on growing, so that
 * who refuses for ever is not asked without end. */
static enum dhcp_news
take_refusal(struct dhcp_client *c, const struct dhcp_reply *r,
	int64_t now_ms)
{
	c->reply = *r;
	c->state = DHCP_SELECTING;
	c->refusals++;
	c->xid += 0x9e3779b9;	/* what was offered no longer counts */
	if (c->wait_ms < REFUSED_MS)
		c->wait_ms = REFUSED_MS;
	c->next_ms = now_ms + (int64_t)c->wait_ms * c->refusals;
	if (c->next_ms > now_ms + MOST_MS)
		c->next_ms = now_ms + MOST_MS;
	return DHCP_REFUSED;
}

enum dhcp_news
dhcpclient_take(struct dhcp_client *c, const struct dhcp_settings *s,
	const struct dhcp_reply *r, int64_t now_ms)
{
	bool ours = r->id == c->reply.id;

	if (!is_for(c, r))
		return DHCP_NO_NEWS;
	if (r->type == DHCP_NONE)
		return s->bootp && c->state == DHCP_SELECTING ?
			take_lease(c, r) : DHCP_NO_NEWS;
	if (!s->dhcp)
		return DHCP_NO_NEWS;
	if (r->type == DHCP_OFFER && c->state == DHCP_SELECTING)
		return take_offer(c, r, now_ms);
	if (c->state != DHCP_REQUESTING || !ours)
		return DHCP_NO_NEWS;
	if (r->type == DHCP_NAK)
		return take_refusal(c, r, now_ms);
	if (r->type == DHCP_ACK && r->address == c->reply.address)
		return take_lease(c, r);
	return DHCP_NO_NEWS;
}
