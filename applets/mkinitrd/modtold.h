/* SPDX-License-Identifier: MIT */
/*
 * modtold - what people have said about modules in modprobe.d(5): in the
 * image itself (--skel, --add), and with --host in the system that the modules
 * are of. linuxrc goes by it at boot, so the image gets the lines about its
 * modules, and the modules that those name.
 */
#ifndef MKINITRD_MODTOLD_H
#define MKINITRD_MODTOLD_H

#include <stdbool.h>

#include "lib/err.h"
#include "modules.h"
#include "tree.h"

/* Read what the image says; m->told has it from now on. 0 or -1. */
int
modtold_image(struct modules *m, const struct tree *t, struct err *e);

/* Read what the system around the modules says. One that has no lib above
 * them is none, and says nothing. */
void
modtold_host(struct modules *m);

/* True when no alias may lead to the module. */
bool
modtold_blacklisted(const struct modules *m, const char *name);

/* Put the lines about the image's modules that the system has into the image,
 * and say which. A file of that name that the image has itself is enough. 0
 * or -1. */
int
modtold_put(const struct modules *m, struct tree *t, struct err *e);

#endif
