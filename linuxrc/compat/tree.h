/* SPDX-License-Identifier: MIT */
/*
 * tree - an old image that is a cpio archive with /linuxrc and no /init: no
 * kernel has ever run that as an initrd; here it becomes a tmpfs.
 */
#ifndef LINUXRC_COMPAT_TREE_H
#define LINUXRC_COMPAT_TREE_H

#include "boot.h"
#include "compat/unpack.h"

/* Unpack the archive into a tmpfs on dir. 0; -1: it has an /init, so it is an
 * initramfs, or no /linuxrc, or it is damaged. */
int
tree_mount(const struct unpacked *u, const char *dir, struct err *e);

#endif
