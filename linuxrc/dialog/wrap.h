/* SPDX-License-Identifier: MIT */
/*
 * wrap - a text in lines of a width. Pure. A line ends at a newline, else
 * before the word that does not fit, else where it is full.
 */
#ifndef LINUXRC_DIALOG_WRAP_H
#define LINUXRC_DIALOG_WRAP_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Take the next line of *text, at most width characters: where it begins and
 * its bytes; *text is moved behind it. False at the end. A text that ends in a
 * newline has no empty line behind it.
 */
bool
wrap_next(const char **text, unsigned width, const char **line, size_t *len);

/* How many lines that are. */
unsigned
wrap_count(const char *text, unsigned width);

#endif
