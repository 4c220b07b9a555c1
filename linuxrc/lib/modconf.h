/* SPDX-License-Identifier: MIT */
/*
 * modconf - lines of modprobe.d(5) and of modules.softdep -> a table of what
 * they say. Pure: lib/modprobed reads the files. Follows kmod's parser: a
 * backslash at the end continues a line, a line that begins with # is a
 * comment, remove and weakdep lines concern others.
 *
 * Deviations: blanks may stand before a #, a carriage return before the end
 * of a line is part of that end, and all softdep lines of a module count, not
 * its first alone (depmod writes one for each that the module declares).
 */
#ifndef LINUXRC_LIB_MODCONF_H
#define LINUXRC_LIB_MODCONF_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/err.h"
#include "lib/modindex.h"

enum {
	MODCONF_LINES_MAX = 1024	/* four times what the distribution with
					   the longest blacklists has */
};

enum modconf_command {
	MODCONF_ALIAS,		/* name: pattern; rest: module */
	MODCONF_BLACKLIST,	/* name: module */
	MODCONF_INSTALL,	/* name: pattern; rest: a shell's command */
	MODCONF_OPTIONS,	/* name: module or alias; rest: parameters */
	MODCONF_SOFTDEP,	/* name: pattern; rest: "pre: A post: B" */
	MODCONF_COMMANDS
};

struct modconf_line {
	const char *file;	/* "etc/modprobe.d/a.conf" */
	unsigned number;	/* of the line in it, from 1; of a continued one
				   the first */
	enum modconf_command command;
	const char *name;	/* pieces of the file's text, ended by NUL */
	const char *rest;
};

struct modconf {
	unsigned count;
	struct modconf_line line[MODCONF_LINES_MAX];
};

/*
 * Append what the text of a file says. The text (len bytes and one more that
 * can be written) is cut into pieces, and has to stay, as the file's name has.
 * 0, or -1 with the sentence of the first line that is not used (FILE:NUMBER:
 * WHY) and the number of further ones; all other lines are used.
 */
int
modconf_take(struct modconf *c, const char *file, char *text, size_t len,
	struct err *e);

/*
 * The next line of this command whose name or pattern fits the module's name
 * or alias, from line *at on (start with 0), which is moved behind it. - is _
 * in both. NULL: there is none.
 */
const struct modconf_line *
modconf_next(const struct modconf *c, enum modconf_command command,
	const char *name, unsigned *at);

/* Where modconf_soft() goes on; at first the line's rest, and false. */
struct modconf_soft {
	struct piece rest;
	bool inside;
};

/* The next module or alias that a softdep line wants before (list "pre:") or
 * after ("post:") its own. False: no more. */
bool
modconf_soft(struct modconf_soft *s, const char *list, struct piece *word);

#endif
