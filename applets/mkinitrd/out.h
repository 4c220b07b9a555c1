/* SPDX-License-Identifier: MIT */
/*
 * out - where -o says. A file is there whole or stays what it was: it is
 * written beside its place under another name, and renamed. A device gets
 * the finished image, if that fits on it.
 */
#ifndef MKINITRD_OUT_H
#define MKINITRD_OUT_H

#include <stdbool.h>

#include "lib/err.h"

struct out {
	const char *path;	/* as given */
	char *place;		/* the file itself, links followed */
	char *temp;		/* the name that it has until it is whole */
	int fd;			/* write the image here */
	int device;		/* fd of the device, or -1 */
};

/* 0, or -1: nothing can be written there. */
int
out_open(struct out *o, const char *path, struct err *e);

/* All is written to o->fd: make it what o->path names. 0 or -1. */
int
out_commit(struct out *o, struct err *e);

#endif
