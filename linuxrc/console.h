/* SPDX-License-Identifier: MIT */
/*
 * console - file descriptors 0, 1 and 2. The kernel may start us without
 * them ("unable to open an initial console"); then the next open() would
 * return 0 and a message would be written into that file.
 */
#ifndef LINUXRC_CONSOLE_H
#define LINUXRC_CONSOLE_H

#include <stdbool.h>

/* Make 0, 1 and 2 refer to something that can do no harm when they are
 * closed: no later open() returns them. */
void
console_hold(void);

/*
 * Have a console on 0, 1 and 2: the one that is there, else "console" in
 * the directory dev. True when somebody could answer on it.
 */
bool
console_open(int dev);

/* Put "dev/console", relative to the current directory, on 0, 1 and 2
 * (initrd.txt: "<dev/console >dev/console 2>&1"). 0, or -1 with errno and
 * the old ones kept. */
int
console_reopen(void);

/*
 * In a child that is about to run a shell: a session of its own with the
 * terminal behind the console as its controlling terminal, so that job
 * control and Ctrl-C work (/dev/console itself can be none).
 */
void
console_take_terminal(int sys, int dev);

#endif
