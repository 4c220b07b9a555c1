/* SPDX-License-Identifier: MIT */
/*
 * nfsrpc - what has to be asked before a root on NFS can be mounted: the
 * portmapper for a port (RFC 1833, 3: version 2, GETPORT) and mountd for the
 * directory (RFC 1813, appendix I: version 3, MNT; RFC 1094, appendix A:
 * versions 1 and 2). Pure.
 *
 * The file handle is passed over: who mounts asks for it again, see nfsask.h.
 */
#ifndef LINUXRC_LIB_NFSRPC_H
#define LINUXRC_LIB_NFSRPC_H

#include "lib/rpc.h"

enum { NFSRPC_PORTMAP_PORT = 111, NFSRPC_NFS_PORT = 2049 };

/* Make c a call of the portmapper for the port of a program of that version.
 * c->xid and c->who are the caller's. */
void
nfsrpc_ask_port(struct rpc_call *c, uint32_t program, uint32_t version,
	bool tcp, struct rpc_message *m);

/* Its results: *port, 0 when the program is not registered. 0; -1 and the
 * sentence: that is no port. */
int
nfsrpc_port(const struct rpc_call *c, struct rpc_results *r, unsigned *port,
	struct err *e);

/* Make c a call of mountd for this directory; c->version and c->machine too
 * are the caller's. 0; -1 and the sentence: it does not fit. */
int
nfsrpc_ask_mount(struct rpc_call *c, const char *path, struct rpc_message *m,
	struct err *e);

/* Its results. any_flavour: do not insist on AUTH_SYS. 0; -1 and the sentence:
 * mountd refuses it (e->code is the errno for its status), or the directory is
 * exported, but not for AUTH_SYS (EACCES). */
int
nfsrpc_mount(const struct rpc_call *c, const char *path, bool any_flavour,
	struct rpc_results *r, struct err *e);

#endif
