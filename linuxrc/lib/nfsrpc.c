/* SPDX-License-Identifier: MIT */
/*
 * nfsrpc.c - see nfsrpc.h.
 */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>

#include "lib/nfsrpc.h"
#include "lib/text.h"

enum { PORTMAP_VERSION = 2, GETPORT = 3, MNT = 1 };
enum {
	HANDLE_SIZE = 32,	/* FHSIZE, of versions 1 and 2 */
	HANDLE_MAX = 64,	/* FHSIZE3 */
	FLAVOURS_SHOWN = 6, SHOWN_MAX = 160
};
enum { AUTH_NONE = 0, AUTH_SYS = 1 };

void
nfsrpc_ask_port(struct rpc_call *c, uint32_t program, uint32_t version,
	bool tcp, struct rpc_message *m)
{
	c->program = RPC_PORTMAP;
	c->version = PORTMAP_VERSION;
	c->procedure = GETPORT;
	c->machine = NULL;
	rpc_begin(m, c);
	rpc_put(m, program);
	rpc_put(m, version);
	rpc_put(m, tcp ? IPPROTO_TCP : IPPROTO_UDP);
	rpc_put(m, 0);
}

int
nfsrpc_port(const struct rpc_call *c, struct rpc_results *r, unsigned *port,
	struct err *e)
{
	uint32_t word;

	if (rpc_get(r, &word) < 0 || word > 65535)
		return rpc_cut(c, e);
	*port = (unsigned)word;
	return 0;
}

int
nfsrpc_ask_mount(struct rpc_call *c, const char *path, struct rpc_message *m,
	struct err *e)
{
	c->program = RPC_MOUNT;
	c->procedure = MNT;
	rpc_begin(m, c);
	if (rpc_put_text(m, path) < 0)
		return fail(e, 0, "the path of the NFS root is too long for "
			"a call of mountd");
	return 0;
}

/* mountstat3, and what those of the older versions have been. The words of
 * strerror(3) fit all but the last. */
static int
code_of(uint32_t status)
{
	switch (status) {
	case 1:		/* MNT3ERR_PERM */
		return EPERM;
	case 2:		/* MNT3ERR_NOENT */
		return ENOENT;
	case 5:		/* MNT3ERR_IO */
		return EIO;
	case 13:	/* MNT3ERR_ACCES */
		return EACCES;
	case 20:	/* MNT3ERR_NOTDIR */
		return ENOTDIR;
	case 22:	/* MNT3ERR_INVAL: we sent nothing that is */
		return EREMOTEIO;
	case 63:	/* MNT3ERR_NAMETOOLONG */
		return ENAMETOOLONG;
	case 10004:	/* MNT3ERR_NOTSUPP */
		return EOPNOTSUPP;
	default:	/* MNT3ERR_SERVERFAULT, 10006 */
		return EREMOTEIO;
	}
}

static int
explain_status(const struct rpc_call *c, const char *path, uint32_t status,
	struct err *e)
{
	int code = code_of(status);

	fail(e, code, "%s refuses %.*s", c->who, SHOWN_MAX, path);
	switch (code) {
	case EPERM:
	case EACCES:
		return hint(e, "the server does not export this directory, or "
			"not to this machine's address");
	case ENOENT:
	case ENOTDIR:
		return hint(e, "the server has no such directory");
	case EREMOTEIO:
		return hint(e, "its status is %u; the server's log says more",
			(unsigned)status);
	default:
		return hint(e, "the server's log says more");
	}
}

/* AUTH_NONE in the list says that credentials are not looked at (RFC 2623,
 * 2.7); an empty list, of old servers, says nothing. */
static int
check_flavours(const struct rpc_call *c, const char *path,
	struct rpc_results *r, struct err *e)
{
	uint32_t count, flavour = AUTH_SYS;
	char list[80] = "";

	if (rpc_get(r, &count) < 0 || count > r->len / 4)
		return rpc_cut(c, e);
	for (uint32_t i = 0; i < count; i++) {
		rpc_get(r, &flavour);
		if (flavour == AUTH_SYS || flavour == AUTH_NONE)
			return 0;
		if (i < FLAVOURS_SHOWN)
			text_add(list, sizeof list, "%s%u", i ? ", " : "",
				(unsigned)flavour);
	}
	if (count == 0)
		return 0;
	fail(e, 0, "%s gives %.*s to none with AUTH_SYS credentials, but for "
		"flavours %s", c->who, SHOWN_MAX, path, list);
	e->code = EACCES;
	return hint(e, "export it with sec=sys as well");
}

int
nfsrpc_mount(const struct rpc_call *c, const char *path, bool any_flavour,
	struct rpc_results *r, struct err *e)
{
	uint32_t status, size;

	if (rpc_get(r, &status) < 0)
		return rpc_cut(c, e);
	if (status != 0)
		return explain_status(c, path, status, e);
	if (c->version < 3)
		return r->len < HANDLE_SIZE ? rpc_cut(c, e) : 0;
	if (rpc_skip(r, HANDLE_MAX, &size) < 0 || size == 0)
		return rpc_cut(c, e);
	return any_flavour ? 0 : check_flavours(c, path, r, e);
}
