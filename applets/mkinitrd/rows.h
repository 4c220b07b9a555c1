/* SPDX-License-Identifier: MIT */
/*
 * rows - what stands in the lines of depmod's text indexes, as modindex_line()
 * gives them; pure.
 */
#ifndef MKINITRD_ROWS_H
#define MKINITRD_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/file.h"
#include "lib/modindex.h"

/* True when the piece is this word, "-" equal to "_". */
bool
rows_is(struct piece piece, const char *word);

/*
 * The next word that a line of modules.softdep ("softdep NAME pre: A B post:
 * C") or modules.weakdep ("weakdep NAME A B") names for the module NAME, from
 * the rest of the line behind NAME on. False: no more. As in kmod, words of a
 * softdep before the first "pre:" or "post:" are none.
 */
bool
rows_soft_word(struct piece *rest, bool *listed, struct piece *word);

/* The keyword and the first name of a line ("softdep NAME rest", "alias
 * PATTERN rest"). False: it has no such keyword. */
bool
rows_head(struct piece line, const char *keyword, struct piece *name,
	struct piece *rest);

#endif
