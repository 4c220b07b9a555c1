/* SPDX-License-Identifier: MIT */
/*
 * rootlist - every disk and partition with what is on it, for a person to
 * choose the root from; the likely one is marked. An adapter: lib/device finds
 * them, auto.c has each looked at. Nothing is written to any of them.
 */
#ifndef LINUXRC_ROOTLIST_H
#define LINUXRC_ROOTLIST_H

#include "boot.h"

enum {
	ROOTLIST_MAX = 64,	/* of more the first are shown, as a person
				   counts them, and root= can be typed */
	ROOTLIST_TEXT = 160, ROOTLIST_NOTE = 640
};

struct rootlist_entry {
	char text[ROOTLIST_TEXT];	/* "vda2  8.0 GiB  ext4" */
	char tail[ROOTLIST_TEXT];	/* behind: system, LABEL= */
	char note[ROOTLIST_NOTE];	/* UUID, kernel, its faults */
	char words[ROOT_TEXT_SIZE];	/* the root= that names it */
	char name[DEVNAME_SIZE];
	char type[FSTYPE_SIZE];		/* "": it holds no file system */
	int score;
};

struct rootlist {
	unsigned count;
	unsigned likely;	/* the best of them, or count: none */
	struct rootlist_entry entry[ROOTLIST_MAX];
};

/*
 * Look at all that is there now. What may be mounted at new-root is unmounted
 * for it. 0, or -1: there is no block device, or no way to see one.
 */
int
rootlist_make(struct boot *b, const struct places *at, struct rootlist *l,
	struct err *e);

#endif
