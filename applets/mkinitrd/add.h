/* SPDX-License-Identifier: MIT */
/*
 * add - files of this machine become part of the image: --add and --skel.
 * Permissions stay, but nobody except root may write (a directory that is
 * sticky stays open to all); owners and times do not.
 */
#ifndef MKINITRD_ADD_H
#define MKINITRD_ADD_H

#include "lib/err.h"
#include "tree.h"

/*
 * --add SRC[:DEST]. A directory with all that is in it; a link with what it
 * leads to, or, if there is a DEST, only that. Programs bring their loader
 * and their libraries along. 0 or -1.
 */
int
add_argument(struct tree *t, const char *argument, struct err *e);

/* --skel: what is in the directory dir becomes the top of the image, as it
 * is; a .gitkeep, which only keeps a directory for git, stays behind. */
int
add_skeleton(struct tree *t, const char *dir, struct err *e);

/* One file, under this name, with permissions 0755 or 0644, and what it
 * needs if it is a program. */
int
add_program(struct tree *t, const char *source, const char *path,
	struct err *e);

#endif
