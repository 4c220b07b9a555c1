/* SPDX-License-Identifier: MIT */
/*
 * log - one complete line per write to /dev/kmsg, so that it stands in the
 * kernel's log in order and on every console that the kernel shows it on.
 * Lines said before /dev/kmsg can be opened are kept and written then.
 */
#ifndef LINUXRC_LIB_LOG_H
#define LINUXRC_LIB_LOG_H

#include <stdbool.h>

#include "lib/logbook.h"

enum log_level {		/* printk levels, house meaning */
	LOG_FAILED = 3,		/* a step failed */
	LOG_WITHOUT = 4,	/* carried on without something */
	LOG_STEP = 6,		/* what was done */
	LOG_DEBUG = 7		/* only with linuxrc.debug */
};

/*
 * Use kmsg in the directory dev from now on; the lines kept so far are
 * written. dev -1, or no kmsg there: lines go to fd 2 instead.
 */
void
log_open(int dev);

/* Keep what is said in this memory, too, from now on. */
void
log_keep(struct logbook *book);

/* Rehearsals print to fd 2 and leave the host's kernel log alone. */
void
log_to_stderr(void);

void
log_debug(bool on);

/* Say one line (no newline, cut at 900 bytes), with "linuxrc: " before. */
void
say(enum log_level level, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
