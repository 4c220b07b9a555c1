/* SPDX-License-Identifier: MIT */
/*
 * rpc - messages of ONC RPC: a call that we make, and what an answer to it
 * says. Follows RFC 5531 (9: the messages, 8.2 and appendix A: AUTH_SYS, 11:
 * record marking) and RFC 4506 (XDR). Pure.
 *
 * Deviation: what a verifier says is passed over, as only AUTH_NONE and
 * AUTH_SYS are spoken.
 */
#ifndef LINUXRC_LIB_RPC_H
#define LINUXRC_LIB_RPC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/err.h"

enum {
	RPC_CALL_SIZE = 1024,	/* AUTH_SYS with a name of 64 bytes and a
				   path of NFSROOT_PATH_SIZE are 680 */
	RPC_ANSWER_SIZE = 2048,	/* of mountd: a handle of 64 bytes, and far
				   more flavours than there are */
	RPC_MARK_SIZE = 4,	/* before each fragment of a record */
	RPC_TEXT_SIZE = 96	/* "mountd of 192.0.2.1 (UDP port 20048)" */
};

enum rpc_program {
	RPC_PORTMAP = 100000, RPC_NFS = 100003, RPC_MOUNT = 100005
};

enum { RPC_NULL = 0 };		/* procedure 0 of every program */

struct rpc_call {
	uint32_t xid;
	uint32_t program, version, procedure;
	const char *machine;	/* AUTH_SYS, root of this machine (at most 64
				   bytes); NULL: AUTH_NONE */
	char who[RPC_TEXT_SIZE];	/* is asked; for the sentences */
};

struct rpc_message {
	size_t len;		/* of bytes */
	uint8_t bytes[RPC_CALL_SIZE];
};

/* What is left of an answer: words and text come one after the other. */
struct rpc_results {
	const uint8_t *at;
	size_t len;
};

/* Write the call up to its arguments. */
void
rpc_begin(struct rpc_message *m, const struct rpc_call *c);

/* Append an argument. 0, or -1: it does not fit. */
int
rpc_put(struct rpc_message *m, uint32_t word);
int
rpc_put_text(struct rpc_message *m, const char *text);

/* True when packet is an answer to the call with this number. */
bool
rpc_is_answer(const uint8_t *packet, size_t len, uint32_t xid);

/* The results in an answer to that call. 0; -1 and the sentence: the server
 * did not do it (e->code EPROTONOSUPPORT for a program or version that is not
 * there, EACCES for credentials, else EPROTO), or the answer is cut short
 * (EBADMSG). */
int
rpc_answer(const uint8_t *packet, size_t len, const struct rpc_call *c,
	struct rpc_results *r, struct err *e);

/* The next word. 0, or -1: there is none. */
int
rpc_get(struct rpc_results *r, uint32_t *word);

/* Pass over bytes that have their length before them, at most max; *size is
 * that. 0, or -1: they are longer, or not there. */
int
rpc_skip(struct rpc_results *r, uint32_t max, uint32_t *size);

/* "the answer of the portmapper ... is cut short". Returns -1. */
int
rpc_cut(const struct rpc_call *c, struct err *e);

/* The mark before a record of len bytes in one fragment. */
void
rpc_mark(uint8_t mark[static RPC_MARK_SIZE], size_t len);

/* The length of the fragment behind this mark; *last: it ends the record. */
uint32_t
rpc_fragment(const uint8_t mark[static RPC_MARK_SIZE], bool *last);

#endif
