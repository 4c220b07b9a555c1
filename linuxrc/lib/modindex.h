/* SPDX-License-Identifier: MIT */
/*
 * modindex - depmod's text indexes, looked up without copying them:
 * modules.dep(5), modules.alias and modules.builtin. Pure. Truncated lines
 * and garbage match nothing. Each lookup reads from the beginning: lib/modmap
 * is for more than a few.
 */
#ifndef LINUXRC_LIB_MODINDEX_H
#define LINUXRC_LIB_MODINDEX_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/file.h"

/* A piece of an index; not NUL-terminated. */
struct piece {
	const char *text;
	size_t len;
};

/* One line of modules.dep: "PATH: PATH PATH ...". */
struct dep_line {
	struct piece path;	/* of the module, below lib/modules/RELEASE */
	struct piece needs;	/* paths, all of them (depmod has resolved
				   what these need); to load last one first */
};

/* The line at byte *at, which is moved behind it. False: no more. */
bool
modindex_line(const struct file_map *map, size_t *at, struct piece *line);

/* True when this line of modules.dep is that of the module of this name. */
bool
modindex_dep_line(struct piece line, const char *name,
	struct dep_line *found);

/* The line of the module of this name. False: there is none. */
bool
modindex_dep(const struct file_map *dep, const char *name,
	struct dep_line *line);

/* Take the last path off the end of a list. False: it is empty. */
bool
modindex_last(struct piece *list, struct piece *path);

/* Take the first word off the beginning of a list. False: it is empty. */
bool
modindex_first(struct piece *list, struct piece *word);

/*
 * The module's name, as the kernel has it, from its path: the last
 * component up to .ko, .ko.gz, .ko.xz or .ko.zst, with - turned into _. 0,
 * or -1: no such suffix, or size is too small.
 */
int
modindex_name(struct piece path, char *name, size_t size);

/*
 * The next module that a line of modules.alias gives for this modalias,
 * from byte *at on (start with 0), which is moved behind that line. False:
 * no more. Patterns are those of fnmatch(3) without flags; - equals _.
 */
bool
modindex_alias(const struct file_map *alias, const char *modalias,
	size_t *at, struct piece *module);

/* True when this line of modules.alias matches; its module. */
bool
modindex_alias_line(struct piece line, const char *modalias,
	struct piece *module);

/* What stands behind "alias " on the next line that has it, from byte *at on
 * (start with 0), which is moved behind that line. False: no more. */
bool
modindex_next(const struct file_map *alias, size_t *at, struct piece *line);

/* Which of the count (at most 32) prefixes the line begins with: bit n stands
 * for prefix n. */
unsigned
modindex_begins(struct piece line, const char *const prefix[],
	unsigned count);

/* True when modules.builtin has a module of this name. */
bool
modindex_builtin(const struct file_map *builtin, const char *name);

/* fnmatch(3) without flags over a piece, where - equals _. */
bool
modindex_match(struct piece pattern, const char *text);

#endif
