/* SPDX-License-Identifier: MIT */
/*
 * libraries - what a dynamically linked program needs beside itself: the
 * loader that it names and the libraries that the loader will look for, each
 * at a place where the loader looks (ld.so(8)). What a program opens itself
 * while it runs (dlopen(3)) nobody can know: --add it.
 */
#ifndef MKINITRD_LIBRARIES_H
#define MKINITRD_LIBRARIES_H

#include "lib/err.h"
#include "tree.h"

/*
 * The file source of this machine is at path in the image. If it is an ELF
 * program with a loader, put the loader and the libraries there, too: those
 * of the root that source lies in, which is the nearest directory above it
 * that has the loader. 0, or -1: one of them is not there.
 */
int
libraries_add(struct tree *t, const char *source, const char *path,
	struct err *e);

#endif
