/* SPDX-License-Identifier: MIT */
/*
 * modload - one module file into the kernel, and why the kernel did not take
 * it: its error codes mean other things here than strerror(3) says
 * (init_module(2), kernel/module/main.c).
 */
#ifndef LINUXRC_LIB_MODLOAD_H
#define LINUXRC_LIB_MODLOAD_H

#include "lib/err.h"

/*
 * Load the file at path below the directory dir, of the module of this name,
 * with parameters as finit_module(2) takes them. 0 loaded, 1 the kernel had
 * it already, -1.
 */
int
modload_file(int dir, const char *path, const char *name,
	const char *params, struct err *e);

#endif
