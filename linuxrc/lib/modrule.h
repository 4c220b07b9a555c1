/* SPDX-License-Identifier: MIT */
/*
 * modrule - what a person has said about one module: on the command line and
 * at the question (lib/modparam), and in modprobe.d (lib/modconf). Follows
 * modprobe(8), modprobe.d(5) and module_blacklist= of the kernel's parameters.
 */
#ifndef LINUXRC_LIB_MODRULE_H
#define LINUXRC_LIB_MODRULE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/err.h"
#include "lib/modconf.h"

enum {
	MODRULE_WORDS = 3,	/* texts with words about modules */
	MODRULE_WHY_SIZE = 320,	/* a path, a number, a verb */
	MODRULE_PARAMS_SIZE = 2048	/* half of a long command line */
};

struct modrules {
	/* Each in the form of a kernel command line, or NULL; the later ones
	 * win: MODULE.PARAM=VALUE, modprobe.blacklist=, module_blacklist= */
	const char *words[MODRULE_WORDS];
	const struct modconf *conf;	/* or NULL: nothing */
};

/* True when no alias may lead to the module; why then says who wants it so:
 * "etc/modprobe.d/a.conf:3 blacklists it". */
bool
modrule_blacklisted(const struct modrules *r, const char *name,
	char why[MODRULE_WHY_SIZE]);

/* 0, or -1 with the sentence: it must not be loaded by name either, since
 * module_blacklist= or an install line says so. */
int
modrule_allowed(const struct modrules *r, const char *name, struct err *e);

/* True when the command of an install line does nothing (/bin/false,
 * /bin/true, :), which is how a module is forbidden. */
bool
modrule_forbids(const char *command);

/*
 * The module's parameters as finit_module(2) takes them: those of options
 * lines for its name or for the alias (or NULL) that led to it, then those of
 * the words. 0, or -1 with a sentence: they are too long.
 */
int
modrule_params(const struct modrules *r, const char *name, const char *alias,
	char params[MODRULE_PARAMS_SIZE], struct err *e);

#endif
