/* SPDX-License-Identifier: MIT */
/*
 * realroot - the number in /proc/sys/kernel/real-root-dev: how the kernel
 * reads what is written there, and what it does, once /linuxrc has ended,
 * with the number that it finds. Both sides of it: what a /linuxrc writes, and
 * what it means to whoever ran that. Pure. Follows proc_dointvec() and
 * proc_get_long() of kernel/sysctl.c and handle_initrd() of
 * init/do_mounts_initrd.c (Linux 6.12).
 */
#ifndef LINUXRC_LIB_REALROOT_H
#define LINUXRC_LIB_REALROOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Read one write of len bytes to that file: its first word, a decimal, 0x
 * hexadecimal or 0 octal number from -2147483648 to 2147483647, with blanks
 * around it; the words after it are not looked at. 0 and *number, which
 * rootspec_decode() splits; or -1 and *number as it was, where the kernel says
 * EINVAL and keeps the old value.
 */
int
realroot_parse(const char *text, size_t len, uint32_t *number);

enum realroot_kind {
	REALROOT_PIVOTED,	/* what /linuxrc left at "/" is the root */
	REALROOT_INITRD,	/* the same, and that is the initrd itself */
	REALROOT_OPTION,	/* root= decides: the number is still that
				   one, or none was known for it before */
	REALROOT_NFS,		/* 0xff, and root= was something else */
	REALROOT_CIFS,
	REALROOT_NONE,		/* 0, though root= had a number: no device */
	REALROOT_DEVICE		/* the device with this number */
};

/*
 * What the number that /linuxrc left means: preset is the one that it found
 * there, the number of root= or 0; pivoted, that it changed "/" with
 * pivot_root. Then every kind but the first two is mounted on top, as by the
 * kernel, and the pivoted tree is the old root that moves to /initrd.
 */
enum realroot_kind
realroot_judge(uint32_t number, uint32_t preset, bool pivoted);

/*
 * The number that means kind: for REALROOT_DEVICE, and for REALROOT_OPTION
 * that of root=, it is device (rootspec_encode()). realroot_judge() makes kind
 * of it again, unless device is one of the numbers that mean something else:
 * 1:0 is the initrd, and the number of root= is root=.
 */
uint32_t
realroot_number(enum realroot_kind kind, uint32_t device);

#endif
