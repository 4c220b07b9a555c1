/* SPDX-License-Identifier: MIT */
/*
 * netroot - a root on NFS: which one is meant, and mounting it, by the kernel's
 * nfsroot.rst: six tries with pauses of 5, 10, 20, 30 and 30 s, unless
 * linuxrc.timeout= ends them. nfsask.c asks the server first, and no try takes
 * longer than a minute; the kernel's drivers may be modules. An adapter between
 * drivers, nfsask and rootfs.
 */
#ifndef LINUXRC_NETROOT_H
#define LINUXRC_NETROOT_H

#include "boot.h"
#include "rootfs.h"
#include "run.h"

/* Does the kernel that runs /linuxrc mount such a root by itself? */
bool
netroot_is_kernels(const struct places *at);

/* Write SERVER:PATH to b->spec.value, unless the kernel is to mount it. 0, or
 * -1 and the sentence: there is no network, or lib/nfsroot does not understand
 * what was given. */
int
netroot_find(struct boot *b, char note[static NOTE_SIZE], struct err *e);

/* Mount it at root->dir. wish: rw, and the flags that are for this file system.
 * 0, or -1 and the sentence about the last try. */
int
netroot_mount(const struct boot *b, const struct places *at,
	const struct rootfs_wish *wish, struct mounted_root *root,
	struct err *e);

#endif
