/* SPDX-License-Identifier: MIT */
/*
 * nfsask - asks a server whether it would give a root, before the kernel does:
 * the portmapper for the ports of mountd and of NFS, mountd for the directory,
 * and NFS whether it is there (its procedure 0); of version 4 only the last.
 * Each has an end and a sentence, and with what was found out mount(2) has
 * nobody left to ask but mountd and the server, which have just answered.
 *
 * The kernel asks mountd for the file handle once more. It could be given ours,
 * but only in the binary data of struct nfs_mount_data (version 6 is the last,
 * nfs23_parse_monolithic() of fs/nfs/fs_context.c), which have no place for
 * most of the options that nfsroot= and rootflags= may have (nconnect=,
 * lookupcache=, fsc, proto= other than two); text has them all, and none for a
 * handle. lib/slowmount sees to it that this has an end, too.
 */
#ifndef LINUXRC_NFSASK_H
#define LINUXRC_NFSASK_H

#include "lib/err.h"
#include "lib/nfswords.h"

struct nfsask {
	uint32_t server;	/* in the byte order of this machine */
	unsigned portmap_port;	/* NFSRPC_PORTMAP_PORT but in a test */
	const char *path;
	const char *machine;	/* the name for AUTH_SYS, at most 64 bytes */
	int64_t end_ms;		/* CLOCK_MONOTONIC */
	struct nfswords words;	/* as they were given */
};

/*
 * Ask, and put the ports and the way to mountd into a->words. 0; -1 and the
 * sentence, which says who did not answer, is not registered, refuses, or does
 * not speak the version. e->code is not 0: ECONNREFUSED, EHOSTUNREACH ...,
 * ETIMEDOUT, what lib/rpc and lib/nfsrpc say, or ENOENT when something is not
 * registered.
 */
int
nfsask(struct nfsask *a, struct err *e);

#endif
