/* SPDX-License-Identifier: MIT */
/*
 * scan - vsscanf(3) for words and whole numbers, which is all that we and
 * libblkid read: a twentieth of libc's, which brings floating point along. In
 * the program it is vsscanf() and vfscanf(), so the compiler checks every call
 * as ever.
 */
#ifndef LINUXRC_LIB_SCAN_H
#define LINUXRC_LIB_SCAN_H

#include <stdarg.h>

/*
 * As vsscanf(3): how many values were stored, or -1 when the text ended before
 * the first one. A blank, * and a width; the lengths l ll and j; conversions
 * d i u o x s c, sets as [^\n ] without a range, and %%. Another one ends it.
 */
int
scan_list(const char *text, const char *format, va_list args)
	__attribute__((format(scanf, 2, 0)));

#endif
