/* SPDX-License-Identifier: MIT */
/*
 * nfswords - which of the data of mount(2) for NFS say whom to ask by which
 * way (nfs(5); fs/nfs/fs_context.c of the kernel), and how what was found out
 * is added to them. Pure. A word with a value that makes no sense is passed
 * over: the kernel refuses it.
 */
#ifndef LINUXRC_LIB_NFSWORDS_H
#define LINUXRC_LIB_NFSWORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum nfs_way { NFS_WAY_ANY, NFS_WAY_TCP, NFS_WAY_UDP, NFS_WAY_RDMA };

struct nfswords {
	unsigned version;	/* 2, 3 or 4 */
	enum nfs_way way;	/* proto=, tcp, udp, rdma */
	unsigned port;		/* port=; 0: to be asked for */
	enum nfs_way mount_way;	/* mountproto= */
	unsigned mount_port;	/* mountport=; 0: to be asked for */
	unsigned mount_version;	/* mountvers=, else what fits version */
	uint32_t mount_server;	/* mountaddr=, or 0 */
	bool any_flavour;	/* sec= */
};

/* Later words win, as in the kernel. */
void
nfswords_read(const char *data, struct nfswords *w);

/* Append port=, mountport= and mountproto= as far as w has them, so that the
 * kernel asks no portmapper. 0, or -1: they do not fit. */
int
nfswords_add(const struct nfswords *w, char *data, size_t size);

#endif
