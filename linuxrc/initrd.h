/* SPDX-License-Identifier: MIT */
/*
 * initrd - the old image: found where the boot loader or the kernel has left
 * it, inflated, put on a RAM disk and mounted, as init/do_mounts_rd.c did. An
 * adapter between the rooms in compat/, the drivers and the search for devices.
 */
#ifndef LINUXRC_INITRD_H
#define LINUXRC_INITRD_H

#include "run.h"

/* The image that the kernel or a second archive has left in the initramfs. */
#define INITRD_FILE "initrd.image"

/*
 * Mount it at GUEST_DIR, writable if it can be, and as the root itself when
 * as_root says so. Its file in the initramfs is deleted. Fills note and
 * b->compat. 0; -1: e->code is ENOENT when there is no image at all.
 */
int
initrd_mount(struct boot *b, const struct places *at, bool as_root,
	char note[static NOTE_SIZE], struct err *e);

#endif
