/* SPDX-License-Identifier: MIT */
/*
 * contents - what is asked for becomes a tree: the directories and devices
 * of every initrd, the skeleton, linuxrc and its configuration, and what else
 * is to be in it.
 */
#ifndef MKINITRD_CONTENTS_H
#define MKINITRD_CONTENTS_H

#include "lib/err.h"
#include "request.h"
#include "tree.h"

/* Fill the empty tree. 0 or -1. */
int
contents_make(struct tree *t, const struct request *r, struct err *e);

#endif
