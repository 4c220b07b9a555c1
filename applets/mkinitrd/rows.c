/* SPDX-License-Identifier: MIT */
/*
 * rows.c - see rows.h.
 */
#include <string.h>

#include "rows.h"

static char
folded(char c)
{
	return c == '-' ? '_' : c;
}

bool
rows_is(struct piece piece, const char *word)
{
	size_t i;

	for (i = 0; i < piece.len && word[i]; i++)
		if (folded(piece.text[i]) != folded(word[i]))
			return false;
	return i == piece.len && !word[i];
}

bool
rows_head(struct piece line, const char *keyword, struct piece *name,
	struct piece *rest)
{
	struct piece word;

	*rest = line;
	return modindex_first(rest, &word) && rows_is(word, keyword) &&
		modindex_first(rest, name);
}

bool
rows_soft_word(struct piece *rest, bool *listed, struct piece *word)
{
	while (modindex_first(rest, word)) {
		if (rows_is(*word, "pre:") || rows_is(*word, "post:"))
			*listed = true;
		else if (*listed)
			return true;
	}
	return false;
}
