/* SPDX-License-Identifier: MIT */
/*
 * place - names below a directory of this machine, and nowhere else: links
 * are followed as if that directory were "/", and what a path has become is
 * opened without following any.
 */
#ifndef MKINITRD_PLACE_H
#define MKINITRD_PLACE_H

#include <stdbool.h>

#include "lib/err.h"
#include "path.h"

/* As path_resolve(), for the tree below the directory open at root. */
int
place_resolve(int root, const char *path, bool follow_last, char *result,
	struct err *e);

/*
 * The directory in which path, a result of place_resolve(), has its last
 * component, *name. make: directories that are missing come to be, with mode
 * 0755. An fd of its own or -1, without a sentence (errno).
 */
int
place_parent(int root, const char *path, bool make, const char **name);

#endif
