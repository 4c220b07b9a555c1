/* SPDX-License-Identifier: MIT */
/*
 * utf8 - characters of UTF-8 (RFC 3629), one at a time. Pure. What is none
 * becomes U+FFFD, a byte at a time, so that every text can be walked.
 */
#ifndef LINUXRC_DIALOG_UTF8_H
#define LINUXRC_DIALOG_UTF8_H

#include <stddef.h>

enum { UTF8_MAX = 4, UTF8_NONE = 0xfffd };

/* The bytes of the character that begins with this one; 1 if none does. */
unsigned
utf8_length(unsigned char first);

/* The character at *s, which is moved behind it; 0 at the end of the text. */
unsigned
utf8_next(const char **s);

/* Write the character to out, without a NUL; its bytes. */
size_t
utf8_put(unsigned c, char out[static UTF8_MAX]);

/* How many characters the text has. */
unsigned
utf8_count(const char *s);

#endif
