/* SPDX-License-Identifier: MIT */
/*
 * applet - what the tools in applets/ share. A tool is one process that says
 * why it failed and ends; so, other than in a room, these functions exit.
 * Exit statuses: 0, 1 failed, 2 wrong usage; 126 and 127 as env(1) has them.
 */
#ifndef LINUXRC_LIB_APPLET_H
#define LINUXRC_LIB_APPLET_H

#include <stdnoreturn.h>

#include "lib/err.h"

/* int NAME_main(int argc, char **argv) of every file applets/NAME.c: returns
 * the exit status. */
#define APPLET(name) int name##_main(int argc, char **argv);
#include "applets.def"
#undef APPLET

/* The name that stands before every sentence; to be set first. */
void
applet_begin(const char *name);

/* "NAME: sentence" to fd 2, and exit 1. */
noreturn void
applet_die(const struct err *e);

/* The same with a sentence made here: errno code (or 0) as fail() takes it. */
noreturn void
applet_fail(int code, const char *what, ...)
	__attribute__((format(printf, 2, 3)));

/* "NAME: sentence" to fd 2, and go on: several operands, one failed. */
void
applet_warn(const struct err *e);

/* "usage: TEXT" to fd 2, and exit 2; TEXT without a newline at its end. */
noreturn void
applet_usage(const char *text);

/* A line of output, from a format with its newline; a write that fails ends
 * in applet_die(), for half an answer is none. */
void
applet_print(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* Run the program argv[0], looked for in PATH as execvp(3) does. Exit 127
 * when it is not there, 126 when it cannot be run. */
noreturn void
applet_exec(char *const argv[]);

#endif
