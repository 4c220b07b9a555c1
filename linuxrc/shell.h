/* SPDX-License-Identifier: MIT */
/*
 * shell - a shell for a person, of the initrd or of a system that was found
 * (sysroot.h). An adapter: console.c gives it the terminal.
 */
#ifndef LINUXRC_SHELL_H
#define LINUXRC_SHELL_H

#include "boot.h"

/* The initrd's shell; NULL: it has none, or linuxrc.lock is set. */
const char *
shell_find(const struct boot *b);

/* The way into a system that is mounted at root: sysroot_enter(). */
struct shell_system {
	const char *root;
	int (*enter)(const char *base, const char *root);
};

/*
 * Run a shell until it ends: shell_find()'s, or, when system is not NULL, the
 * /bin/sh of that system, with it as its "/". terminal: an fd, or -1: fd 0. 0,
 * or -1: there was none that could be run.
 */
int
shell_run(struct boot *b, const struct places *at, int terminal,
	const struct shell_system *system);

#endif
