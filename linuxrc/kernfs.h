/* SPDX-License-Identifier: MIT */
/*
 * kernfs - /proc, /sys and /dev, and the directory for the new root, also
 * on an initrd that is read-only or lacks the directories (then they lie in
 * a tmpfs over a directory that it has). Remembers what was mounted here, so
 * that handover.c unmounts just that.
 */
#ifndef LINUXRC_KERNFS_H
#define LINUXRC_KERNFS_H

#include "boot.h"

/*
 * Mount what is not mounted yet and open all four places. at->proc may hold
 * a detached procfs, which is attached then. 0, or -1: one of them cannot
 * be had. Safe to call again.
 */
int
kernfs_mount(struct kernfs *k, struct places *at, struct err *e);

/*
 * For the kernel's helper, contract linuxrc: Linux looks for firmware below
 * the root of its first process, which the initrd covers, not below ours. If
 * the initrd has lib/firmware, a link is put there through which it gets to
 * it. It stays in the kernel's own rootfs, which nobody sees afterwards.
 */
void
kernfs_show_firmware(const struct kernfs *k);

/*
 * Open the places that are mounted, and /proc as a detached mount if it is
 * not; -1 where there is none. For the first facts and a fresh worker.
 */
void
kernfs_open(const struct kernfs *k, struct places *at);

/* For a rehearsal: what is still missing as detached mounts, which nobody
 * sees and which vanish with this process. */
void
kernfs_borrow(struct places *at);

#endif
