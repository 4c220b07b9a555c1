/* SPDX-License-Identifier: MIT */
/*
 * err - one failure, one sentence. A function that can fail takes a struct
 * err * last and returns 0 or -1. The sentence is WHAT: WHY -- HINT; the
 * step's name is put before it where it is shown (run.c). strerror(3) gives
 * the words for a code, as users of the C library know them.
 */
#ifndef LINUXRC_LIB_ERR_H
#define LINUXRC_LIB_ERR_H

enum { ERR_TEXT_SIZE = 800 };	/* with step and prefix under the 900 bytes
				   of one kmsg line */

struct err {
	int code;			/* errno value, or 0 */
	char text[ERR_TEXT_SIZE];	/* no newline, no step name */
};

/*
 * Store "WHAT" or, when code is not 0, "WHAT: strerror(code)" in e; a
 * sentence that does not fit ends in "...". Returns -1, so that a function
 * can say `return fail(e, errno, "mount %s", dir);`.
 */
int
fail(struct err *e, int code, const char *what, ...)
	__attribute__((format(printf, 3, 4)));

/* Append " -- HINT" to a sentence. Returns -1, as fail() does. */
int
hint(struct err *e, const char *what, ...)
	__attribute__((format(printf, 2, 3)));

#endif
