/* SPDX-License-Identifier: MIT */
/*
 * nfsroot - which directory of which server is the root, from nfsroot=,
 * root=nfs:, root=nfs4: and the root path of a lease; and the source and the
 * data of mount(2) for it. Follows the kernel's nfsroot.rst, fs/nfs/nfsroot.c
 * and the text options of fs/nfs/fs_context.c. Pure.
 *
 * Deviations: rsize and wsize are what the server and the kernel agree upon,
 * not 4096; what is no address of a server is a fault; without a version it is
 * 3 for nfsroot= and nfs:, and for nfs4: and vers=4 the highest that is spoken.
 */
#ifndef LINUXRC_LIB_NFSROOT_H
#define LINUXRC_LIB_NFSROOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/err.h"

enum {
	NFSROOT_PATH_SIZE = 512,	/* of the server; with its address
					   it has to fit into root= */
	NFSROOT_OPTIONS_SIZE = 256,	/* as the kernel: nfs_root_options */
	NFSROOT_VERSIONS = 3	/* 4.2, 4.1, 4.0 */
};

/* Where it is said; later ones win. */
struct nfsroot_said {
	uint32_t server;	/* ip= or the lease's next server, or 0 */
	const char *lease;	/* option 17, [SERVER:]DIR[,OPTIONS], or "" */
	const char *nfsroot;	/* nfsroot=, or "" */
	const char *root;	/* root=: nfs: and nfs4: count */
	const char *host;	/* what %s stands for */
};

struct nfsroot {
	uint32_t server;	/* in the byte order of this machine */
	char path[NFSROOT_PATH_SIZE];
	char options[NFSROOT_OPTIONS_SIZE];	/* without the version's */
	char version[4];	/* "3", "4", "4.1", or "" when not given */
};

/* 0, or -1 and the sentence: no server, an address that is none, a version
 * that no kernel has, a limit. */
int
nfsroot_parse(const struct nfsroot_said *said, struct nfsroot *n,
	struct err *e);

/* Is it root=nfs: or root=nfs4:? */
bool
nfsroot_is_spelt(const char *root);

/* The version to try after i others: "3", "4.2"; NULL when there is none. */
const char *
nfsroot_version(const struct nfsroot *n, unsigned i);

/* "192.0.2.1:/srv/root" */
int
nfsroot_source(const struct nfsroot *n, char *text, size_t size,
	struct err *e);

/* "vers=3,nolock,addr=192.0.2.1,OPTIONS", for 4 with clientaddr= unless client
 * is 0. */
int
nfsroot_data(const struct nfsroot *n, const char *version, uint32_t client,
	char *data, size_t size);

#endif
