/* SPDX-License-Identifier: MIT */
/*
 * rpcsocket - carries one call of lib/rpc to a server and its answer back, by
 * UDP (sent again after 0.5, 1, 2, 4 s, and then each 5 s) or TCP (in records,
 * RFC 5531, 11), and no longer than it may take.
 */
#ifndef LINUXRC_LIB_RPCSOCKET_H
#define LINUXRC_LIB_RPCSOCKET_H

#include <sys/types.h>

#include "lib/rpc.h"

struct rpc_peer {
	uint32_t ip;		/* in the byte order of this machine */
	unsigned port;
	bool tcp;
	bool reserved;		/* from a port below 1024, as servers ask of
				   root; if one is to be had */
	int64_t end_ms;		/* CLOCK_MONOTONIC */
};

/*
 * The length of the answer to m, which may be anybody's that has its number;
 * or -1 and errno: what socket(2), connect(2), send(2) or recv(2) say,
 * ETIMEDOUT: nothing came back; ETIME: a connection was taken, but nothing came
 * by it; ECONNRESET: it was closed; EMSGSIZE: the answer is too long.
 */
ssize_t
rpcsocket_call(const struct rpc_peer *to, const struct rpc_message *m,
	uint8_t answer[static RPC_ANSWER_SIZE]);

#endif
