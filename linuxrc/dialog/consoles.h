/* SPDX-License-Identifier: MIT */
/*
 * consoles - which terminals a question is put on: every console of the
 * kernel, and the screen of the machine beside a serial line. What each is
 * decides its front end, and linuxrc.ui=; none of them is asked anything.
 *
 * A virtual terminal (it knows KDGETMODE) gets a full screen; everything
 * else, serial lines first of all, gets lines: nobody knows what is at their
 * other end. TERM says nothing: the kernel sets it to linux for all.
 */
#ifndef LINUXRC_DIALOG_CONSOLES_H
#define LINUXRC_DIALOG_CONSOLES_H

#include "boot.h"
#include "dialog.h"

enum { CONSOLES_MAX = 8 };	/* of /proc/consoles; who has more has a log
				   on them */

struct console_entry {
	char name[16];		/* "ttyS0": a name and a number */
	unsigned major, minor;	/* of its terminal */
	bool preferred;		/* what /dev/console is */
};

/*
 * The text of /proc/consoles (fs/proc/consoles.c) -> those that are in use, no
 * boot console, and have a terminal. Their number, at most max. Pure.
 */
unsigned
consoles_parse(const char *text, struct console_entry *list, unsigned max);

/* Does the text of TERM name a terminal that has colours? Pure. */
bool
consoles_has_colour(const char *term);

struct consoles {
	unsigned count;
	bool noisy;		/* the kernel's log comes out on a full
				   screen, if nobody keeps it away */
	struct dialog_terminal terminal[CONSOLES_MAX];
	char name[CONSOLES_MAX][DEVNAME_SIZE];
	char node[CONSOLES_MAX][DEVNAME_SIZE];	/* what was opened below
						   dev; "": fd 0 and 1 */
	int dev;
};

/* Open them. The first is fd 0 and 1, or the line behind them by its own name,
 * so that it can be seen to hang up; they themselves stay. */
void
consoles_open(struct consoles *c, const struct places *at, enum front_end ui);

/* Open anew, as the same descriptors, those that were opened: the end of a
 * shell hangs up its terminal for whoever else has it. One that cannot be
 * opened any more stays dead. */
void
consoles_renew(const struct consoles *c);

/* Close those that were opened. */
void
consoles_close(struct consoles *c);

#endif
