/* SPDX-License-Identifier: MIT */
/*
 * ramdisk - what a classic initrd image is, by its first bytes, and where it
 * begins in a blob behind the archives of an initramfs. Pure. Follows
 * identify_ramdisk_image() of init/do_mounts_rd.c and unpack_to_rootfs() of
 * init/initramfs.c.
 */
#ifndef LINUXRC_LIB_RAMDISK_H
#define LINUXRC_LIB_RAMDISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ramdisk_kind {
	RAMDISK_NONE,
	RAMDISK_CPIO,		/* an archive, plain */
	/* compressed: what is in it is not known yet */
	RAMDISK_GZIP, RAMDISK_BZIP2, RAMDISK_LZMA, RAMDISK_XZ, RAMDISK_LZO,
	RAMDISK_LZ4, RAMDISK_ZSTD,
	/* a file system */
	RAMDISK_ROMFS, RAMDISK_CRAMFS, RAMDISK_SQUASHFS, RAMDISK_MINIX,
	RAMDISK_EXT2,
	RAMDISK_KINDS
};

enum { RAMDISK_HEAD_SIZE = 2048 };	/* bytes that tell the kind */

/*
 * The kind of what begins at data, size bytes of which are there (no more
 * than RAMDISK_HEAD_SIZE are looked at); of a file system also its size in
 * KiB, rounded up, 0 when it has none to tell.
 */
enum ramdisk_kind
ramdisk_identify(const char *data, size_t size, uint64_t *kib);

bool
ramdisk_is_compressed(enum ramdisk_kind kind);

/* "gzip", "ext2": the kernel's own names. */
const char *
ramdisk_name(enum ramdisk_kind kind);

/* The program that inflates it, "xz", or NULL: gzip needs none, and what is
 * not compressed. */
const char *
ramdisk_program(enum ramdisk_kind kind);

struct ramdisk_scan {
	const char *data;	/* the blob */
	size_t size;		/* bytes */
	size_t at;		/* begin with 0 */
	unsigned archives;	/* plain ones, passed over so far */
};

/*
 * Pass over plain archives and the NULs between and behind them; but a file
 * initrd.image in one that the kernel cannot have unpacked is the image. What
 * comes then begins at s->at: a compressed stream (an archive, too, or the
 * image: for the caller to find out, who sets s->at behind an archive and calls
 * again) or a file system. RAMDISK_NONE: nothing more, s->at is the size; or
 * something unknown, or a damaged archive, at s->at.
 */
enum ramdisk_kind
ramdisk_next(struct ramdisk_scan *s);

#endif
