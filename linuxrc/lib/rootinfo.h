/* SPDX-License-Identifier: MIT */
/*
 * rootinfo - what a directory tree says of itself: which system it is, what
 * kernels it has drivers for, what its fstab calls the root. Reads regular
 * files only; nothing that lies on an unknown disk can make it wait.
 */
#ifndef LINUXRC_LIB_ROOTINFO_H
#define LINUXRC_LIB_ROOTINFO_H

#include <stdbool.h>

enum { ROOTINFO_TEXT = 128 };	/* what is shown of each, in bytes */

struct rootinfo {
	char release[ROOTINFO_TEXT];	/* os-release(5)'s name, or "": it has
					   no os-release */
	char kernel[ROOTINFO_TEXT];	/* newest release with modules, else
					   of boot/vmlinuz-RELEASE, or "" */
	bool modules;			/* it has those of this kernel */
	char fstab[ROOTINFO_TEXT];	/* what its fstab names as /, or "" */
};

/*
 * Fill *info from the tree whose top is open at root; release is that of the
 * running kernel. Links are followed as the process' root directory has it:
 * chroot(2) into the tree before. What is not there, or is no regular file, or
 * is longer than 64 KiB, leaves its field "".
 */
void
rootinfo_read(int root, const char *release, struct rootinfo *info);

#endif
