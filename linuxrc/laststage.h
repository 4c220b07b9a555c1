/* SPDX-License-Identifier: MIT */
/*
 * laststage - give back the memory of a RAM disk that nobody needs any more.
 * From Linux 6.12 on brd frees its pages on BLKDISCARD; but our own program
 * file lies on that disk and keeps its file system busy. So the program
 * copies itself into a memfd, goes on from there, discards the disk, and does
 * the last thing there is to do: exec init, or exit.
 */
#ifndef LINUXRC_LASTSTAGE_H
#define LINUXRC_LASTSTAGE_H

#include <stdbool.h>

#include "boot.h"

enum { LASTSTAGE_NAME_SIZE = 256 };	/* far above all its words */

/* The name by which it is entered, with the words of what the failure policy
 * needs: the files and the command line were read, and can be gone. Pure. */
void
laststage_name(const struct boot *b, char name[static LASTSTAGE_NAME_SIZE]);

/*
 * Before the old root is left: a memfd with our program when the RAM disk
 * can be freed that way, else -1. base: where proc and sys lie (kernfs.base).
 */
int
laststage_prepare(const char *base);

/*
 * After the old root was detached: go on from the memfd, in which
 * laststage_main() gets control and runs b->init. exits: exit at the end
 * instead of running init. Returns only when that failed; the caller then goes
 * on without.
 */
void
laststage_enter(int program, const struct boot *b, bool exits, char **argv,
	char **envp);

/* True when main() was entered by laststage_enter(). */
bool
laststage_is(char **argv);

/* The options that count for what is asked from now on, as words. */
const char *
laststage_words(char **argv);

/* The other side. 0: exit now. -1: init (argv[1]) cannot be run after all;
 * e says why, and argv + 1 is its argument list. */
int
laststage_main(char **argv, char **envp, struct err *e);

#endif
