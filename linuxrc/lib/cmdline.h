/* SPDX-License-Identifier: MIT */
/*
 * cmdline - the kernel's own splitting of a command line (lib/cmdline.c,
 * next_arg(): white space separates, " toggles quoting anywhere, a value
 * wrapped in quotes loses them, no backslash escapes, a bare -- ends the
 * kernel's part). Pure. One deviation: the kernel also splits at byte 0xa0,
 * the no-break space of Latin-1; here it may be part of a UTF-8 label.
 */
#ifndef LINUXRC_LIB_CMDLINE_H
#define LINUXRC_LIB_CMDLINE_H

#include <stdbool.h>
#include <stddef.h>

/* One word: pieces of the text that cmdline_next() was given. */
struct word {
	const char *name;	/* not NUL-terminated, without a quote that
				   wraps the whole word */
	size_t name_len;
	const char *value;	/* after the first =, NULL without one */
	size_t value_len;	/* quotes that wrap it are outside */
};

/*
 * Take the next word from *text and advance *text. False at the end of the
 * text or at a bare "--" (then *text points at what belongs to init).
 */
bool
cmdline_next(const char **text, struct word *w);

/*
 * The same in the text from *text up to end, where -- is a word like any
 * other. A NUL byte ends the text as well; end may be NULL when there is
 * one. False when nothing but white space is left.
 */
bool
cmdline_word(const char **text, const char *end, struct word *w);

/* True when the word's name is this one; - equals _ as in the kernel. */
bool
word_is(const struct word *w, const char *name);

/* Copy the value (or "" without one) to dst. 0, or -1 and dst as it was:
 * it does not fit. */
int
word_value(const struct word *w, char *dst, size_t size);

#endif
