/* SPDX-License-Identifier: MIT */
/*
 * nfskernel - does the kernel that runs /linuxrc mount a root on NFS by itself
 * (CONFIG_ROOT_NFS), and could it? Told from what user space sees of it. When
 * in doubt it does not: then linuxrc mounts the root, which works with either.
 */
#ifndef LINUXRC_LIB_NFSKERNEL_H
#define LINUXRC_LIB_NFSKERNEL_H

#include <stdbool.h>

/*
 * proc and sys: their directories. word_was_left: nfsroot= stands in our
 * environment, where the kernel puts the words that it does not know
 * (init/main.c, unknown_bootoption()).
 *
 * True for a kernel before 2.4, which has nfs-root-name; else when all of it
 * holds: the kernel can configure a network (/proc/net/pnp, CONFIG_IP_PNP) and
 * has done so (there is a route; the driver of the card may be a module), NFS
 * is built in, nfsroot= is on the command line, and the kernel has taken it.
 */
bool
nfskernel_mounts(int proc, int sys, bool word_was_left);

#endif
