/* SPDX-License-Identifier: MIT */
/*
 * rpc.c - see rpc.h. The names of the constants are those of RFC 5531.
 */
#include <errno.h>
#include <string.h>

#include "lib/ipaddr.h"
#include "lib/rpc.h"

enum { CALL = 0, REPLY = 1, RPC_VERSION = 2 };
enum { MSG_ACCEPTED = 0, MSG_DENIED = 1 };
enum { RPC_MISMATCH = 0, AUTH_ERROR = 1 };
enum {
	SUCCESS, PROG_UNAVAIL, PROG_MISMATCH, PROC_UNAVAIL, GARBAGE_ARGS,
	SYSTEM_ERR
};
enum { AUTH_NONE = 0, AUTH_SYS = 1 };
enum { AUTH_TOOWEAK = 5, AUTH_BODY_MAX = 400 };
enum { LAST_FRAGMENT = 0x80 };

static void
write_word(uint8_t *to, uint32_t word)
{
	for (int i = 0; i < 4; i++)
		to[i] = (uint8_t)(word >> (24 - 8 * i));
}

/* XDR fills up to a multiple of four bytes. */
static size_t
padded(size_t len)
{
	return (len + 3) & ~(size_t)3;
}

int
rpc_put(struct rpc_message *m, uint32_t word)
{
	if (m->len + 4 > sizeof m->bytes)
		return -1;
	write_word(m->bytes + m->len, word);
	m->len += 4;
	return 0;
}

int
rpc_put_text(struct rpc_message *m, const char *text)
{
	size_t len = strlen(text);

	if (m->len + 4 + padded(len) > sizeof m->bytes)
		return -1;
	rpc_put(m, (uint32_t)len);
	memcpy(m->bytes + m->len, text, len);
	memset(m->bytes + m->len + len, 0, padded(len) - len);
	m->len += padded(len);
	return 0;
}

/* Stamp, machine, user, group, and no other groups. */
static void
put_root(struct rpc_message *m, const struct rpc_call *c)
{
	rpc_put(m, AUTH_SYS);
	rpc_put(m, (uint32_t)(5 * 4 + padded(strlen(c->machine))));
	rpc_put(m, c->xid);
	rpc_put_text(m, c->machine);
	rpc_put(m, 0);
	rpc_put(m, 0);
	rpc_put(m, 0);
}

void
rpc_begin(struct rpc_message *m, const struct rpc_call *c)
{
	m->len = 0;
	rpc_put(m, c->xid);
	rpc_put(m, CALL);
	rpc_put(m, RPC_VERSION);
	rpc_put(m, c->program);
	rpc_put(m, c->version);
	rpc_put(m, c->procedure);
	if (c->machine) {
		put_root(m, c);
	} else {
		rpc_put(m, AUTH_NONE);
		rpc_put(m, 0);
	}
	rpc_put(m, AUTH_NONE);
	rpc_put(m, 0);
}

/* -------------------------------------------------------------- answers */

int
rpc_get(struct rpc_results *r, uint32_t *word)
{
	if (r->len < 4)
		return -1;
	*word = ipaddr_get(r->at);
	r->at += 4;
	r->len -= 4;
	return 0;
}

int
rpc_skip(struct rpc_results *r, uint32_t max, uint32_t *size)
{
	if (rpc_get(r, size) < 0 || *size > max || padded(*size) > r->len)
		return -1;
	r->at += padded(*size);
	r->len -= padded(*size);
	return 0;
}

bool
rpc_is_answer(const uint8_t *packet, size_t len, uint32_t xid)
{
	return len >= 8 && ipaddr_get(packet) == xid &&
		ipaddr_get(packet + 4) == REPLY;
}

int
rpc_cut(const struct rpc_call *c, struct err *e)
{
	fail(e, 0, "the answer of %s is cut short or makes no sense", c->who);
	e->code = EBADMSG;
	return -1;
}

/* The sentence is in e; it is one of those that a caller tells apart. */
static int
of_code(struct err *e, int code)
{
	e->code = code;
	return -1;
}

static int
explain_denied(const struct rpc_call *c, struct rpc_results *r, struct err *e)
{
	uint32_t why, low, high;

	if (rpc_get(r, &why) < 0 || rpc_get(r, &low) < 0)
		return rpc_cut(c, e);
	if (why == AUTH_ERROR) {
		fail(e, 0, "%s does not take our credentials, %s%s (%u)",
			c->who, c->machine ? "AUTH_SYS" : "AUTH_NONE",
			low == AUTH_TOOWEAK ? ": they are too weak" : "",
			(unsigned)low);
		return of_code(e, EACCES);
	}
	if (why != RPC_MISMATCH || rpc_get(r, &high) < 0)
		return rpc_cut(c, e);
	fail(e, 0, "%s does not speak RPC version 2, but %u to %u", c->who,
		(unsigned)low, (unsigned)high);
	return of_code(e, EPROTONOSUPPORT);
}

static int
explain_status(uint32_t status, const struct rpc_call *c,
	struct rpc_results *r, struct err *e)
{
	uint32_t low, high;

	switch (status) {
	case PROG_UNAVAIL:
		fail(e, 0, "%s is something else: program %u does not run "
			"there", c->who, (unsigned)c->program);
		return of_code(e, EPROTONOSUPPORT);
	case PROG_MISMATCH:
		if (rpc_get(r, &low) < 0 || rpc_get(r, &high) < 0)
			return rpc_cut(c, e);
		fail(e, 0, "%s does not speak version %u, but %u to %u",
			c->who, (unsigned)c->version, (unsigned)low,
			(unsigned)high);
		return of_code(e, EPROTONOSUPPORT);
	case PROC_UNAVAIL:
	case GARBAGE_ARGS:
		fail(e, 0, "%s does not understand procedure %u of version "
			"%u", c->who, (unsigned)c->procedure,
			(unsigned)c->version);
		return of_code(e, EPROTO);
	case SYSTEM_ERR:
		fail(e, 0, "%s has an error of its own: its log says more",
			c->who);
		return of_code(e, EPROTO);
	default:
		return rpc_cut(c, e);
	}
}

int
rpc_answer(const uint8_t *packet, size_t len, const struct rpc_call *c,
	struct rpc_results *r, struct err *e)
{
	uint32_t status, flavour, size;

	*r = (struct rpc_results){ packet, len };
	if (!rpc_is_answer(packet, len, c->xid))
		return rpc_cut(c, e);
	r->at += 8;
	r->len -= 8;
	if (rpc_get(r, &status) < 0)
		return rpc_cut(c, e);
	if (status == MSG_DENIED)
		return explain_denied(c, r, e);
	if (status != MSG_ACCEPTED || rpc_get(r, &flavour) < 0 ||
	    rpc_skip(r, AUTH_BODY_MAX, &size) < 0 || rpc_get(r, &status) < 0)
		return rpc_cut(c, e);
	return status == SUCCESS ? 0 : explain_status(status, c, r, e);
}

/* ------------------------------------------------------- record marking */

void
rpc_mark(uint8_t mark[static RPC_MARK_SIZE], size_t len)
{
	write_word(mark, (uint32_t)len);
	mark[0] |= LAST_FRAGMENT;
}

uint32_t
rpc_fragment(const uint8_t mark[static RPC_MARK_SIZE], bool *last)
{
	*last = mark[0] & LAST_FRAGMENT;
	return ipaddr_get(mark) & 0x7fffffff;
}
