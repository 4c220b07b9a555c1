/* SPDX-License-Identifier: MIT */
/*
 * emptyroot - give back the memory of the kernel's rootfs before it is left:
 * since 7.0 a copy of its mount may live on and would keep what is in it
 * (kdevtmpfs has one: drivers/base/devtmpfs.c).
 */
#ifndef LINUXRC_LIB_EMPTYROOT_H
#define LINUXRC_LIB_EMPTYROOT_H

#include <stdint.h>

/*
 * Delete everything on "/", if its st_dev is rootfs_dev: the caller has seen
 * that this is the kernel's rootfs. Never across a mount; what cannot be
 * deleted stays.
 */
void
emptyroot(uint64_t rootfs_dev);

#endif
