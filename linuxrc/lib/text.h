/* SPDX-License-Identifier: MIT */
/*
 * text - the few string operations that everything else needs, each of
 * which says when something does not fit.
 */
#ifndef LINUXRC_LIB_TEXT_H
#define LINUXRC_LIB_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Copy src to dst (size bytes, NUL included). 0, or -1 and dst "" when it
 * does not fit. */
int
text_copy(char *dst, size_t size, const char *src);

/* Append src to dst. 0, or -1 and dst unchanged when it does not fit. */
int
text_append(char *dst, size_t size, const char *src);

/* printf at the end of dst; what does not fit is cut and -1 returned. */
int
text_add(char *dst, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Copy what a disk says to dst, so that it can be shown: a control character,
 * which could steer a terminal, becomes '?', and what does not fit is cut
 * between two characters of UTF-8.
 */
void
text_clean(char *dst, size_t size, const char *src);

/* The rest of s after prefix, or NULL when s does not begin with it. */
const char *
text_after(const char *s, const char *prefix);

/* True when the names are equal, with - equal to _ (kernel parameters). */
bool
text_same_name(const char *a, const char *b);

/* The same for their first len characters; a NUL in both ends them too. */
bool
text_same_start(const char *a, const char *b, size_t len);

/*
 * The whole of s as a decimal, 0x hexadecimal or 0 octal number (base 0) or
 * in the given base, optional sign. 0, or -1 when it is empty, has another
 * character or is outside min..max; *value is written on success only.
 */
int
text_number(const char *s, int base, long min, long max, long *value);

#endif
