/* SPDX-License-Identifier: MIT */
/*
 * modwhy - why the kernel did not take a module, and what helps: its error
 * codes mean other things here than strerror(3) says (init_module(2),
 * kernel/module/main.c and signing.c), and the module's own file knows more.
 */
#ifndef LINUXRC_LIB_MODWHY_H
#define LINUXRC_LIB_MODWHY_H

#include "lib/err.h"
#include "lib/modload.h"

/* The sentence for this errno value of finit_module(2) or init_module(2);
 * e->code is the value. Returns -1. */
int
modwhy_refused(const struct modload *l, int error, struct err *e);

#endif
