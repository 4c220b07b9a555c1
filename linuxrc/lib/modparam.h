/* SPDX-License-Identifier: MIT */
/*
 * modparam - what the kernel command line says about a module. Follows
 * Documentation/admin-guide/kernel-parameters.rst (MODULE.PARAM=VALUE,
 * module_blacklist=) and modprobe(8) (modprobe.blacklist=). Pure.
 */
#ifndef LINUXRC_LIB_MODPARAM_H
#define LINUXRC_LIB_MODPARAM_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Append to params the parameters for the module of this name as
 * finit_module(2) takes them: "PARAM=VALUE PARAM ...", quotes as they were
 * written. cmdline may be NULL. 0, or -1: they do not fit.
 */
int
modparam_add(const char *cmdline, const char *name, char *params,
	size_t size);

/* True when the comma list of some option (OPTION=a,b) has the name. */
bool
modparam_listed(const char *cmdline, const char *option, const char *name);

#endif
