/* SPDX-License-Identifier: MIT */
/*
 * guest - the old image's own /linuxrc, run as the kernel ran it until 6.19:
 * handle_initrd() and init_linuxrc() of init/do_mounts_initrd.c. Starts it,
 * waits for it, and reads what it left; what follows from that is others' to
 * do. Where the kernel has lost /proc/sys/kernel/real-root-dev, the guest gets
 * one in every procfs that it mounts (compat/trace.h).
 */
#ifndef LINUXRC_COMPAT_GUEST_H
#define LINUXRC_COMPAT_GUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "boot.h"

/* Where the old image is mounted while its /linuxrc runs: a directory of
 * rootfs, so that pivot_root works in it. */
#define GUEST_DIR "/initrd-guest"

enum { GUEST_NFS_SIZE = 256 };	/* NFS_ROOT_NAME_LEN of Linux 2.0 */

struct guest {
	const char *dir;	/* GUEST_DIR: a mount point */
	uint32_t preset;	/* the number of root= (rootspec_encode()), 0 if
				   it has none yet, REALROOT_IS_NFS */
	char *const *envp;	/* as the kernel gave it to us */
};

/* What it left. */
struct guest_result {
	int code;		/* errno: /linuxrc could not be run, and what
				   follows is as if it had ended; else 0 */
	int status;		/* its end, as waitpid(2) has it */
	uint32_t number;	/* real-root-dev: realroot_judge() */
	bool pivoted;		/* something else is mounted on dir now */
	char nfs_name[GUEST_NFS_SIZE], nfs_addrs[GUEST_NFS_SIZE];
				/* nfs-root-name, nfs-root-addrs or "" */
};

/*
 * Run dir/linuxrc and wait for it alone: processes that it leaves behind live
 * on, untraced; those whose parent has ended are process 1's to reap. The
 * caller is no process 1 and has no children of its own. at->proc is a procfs
 * mounted outside dir, at->dev has the console that becomes its fds 0 to 2
 * (closed when there is none). Whatever helps it is gone afterwards, with its
 * mounts. 0 and *r, also when there is no /linuxrc or it crashed; -1: no
 * process could be started, or dir is gone.
 */
int
guest_run(const struct guest *g, const struct places *at,
	struct guest_result *r, struct err *e);

#endif
