/* SPDX-License-Identifier: MIT */
/*
 * logbook - the log as text in memory that all our processes share, so that
 * the one that hands over can leave it in /run/linuxrc/log. A line is the
 * seconds since the kernel began, the level and what was said:
 *
 *	    0.662 6 find the root device: vda, ext2 (4 ms, at 192 ms)
 *
 * What nobody says costs nothing: its pages are not touched. When it is full
 * the first lines stay, and the number of the others is kept.
 */
#ifndef LINUXRC_LIB_LOGBOOK_H
#define LINUXRC_LIB_LOGBOOK_H

#include <stddef.h>
#include <stdint.h>

enum { LOGBOOK_SIZE = 32768 };	/* bytes; a boot says 2 KB, with
				   linuxrc.debug and all modules 20 KB */

struct logbook {
	uint32_t used;			/* bytes of text; more: it is full */
	uint32_t lost;			/* lines that did not fit */
	uint32_t failed;		/* lines of level 3: a step failed */
	char text[LOGBOOK_SIZE];	/* lines, each with its newline */
};

/* Add the line said (len bytes, no newline) at this time. */
void
logbook_add(struct logbook *book, int64_t now_ms, int level,
	const char *said, size_t len);

/* How many bytes of the text are lines; whatever another process left
 * there. */
size_t
logbook_length(const struct logbook *book);

#endif
