/* SPDX-License-Identifier: MIT */
/*
 * optline - the kernel command line with what was typed at a question in it:
 * what to give to the boot loader, so that the next boot asks nothing. Pure.
 */
#ifndef LINUXRC_LIB_OPTLINE_H
#define LINUXRC_LIB_OPTLINE_H

#include <stddef.h>

#include "boot.h"

/*
 * Write cmdline to line, without the words that set an option which typed
 * sets, too, and with those of typed behind the rest, before a bare "--". Under
 * ram0, where the kernel's own word means the initrd, typed words get our
 * prefix. 0, or -1 and "": it does not fit.
 */
int
optline_correct(const char *cmdline, const char *typed,
	enum contract contract, char *line, size_t size);

/* Those words of typed that cmdline does not have, letter by letter: a person
 * may have edited the whole of it. 0, or -1: it does not fit. */
int
optline_changes(const char *cmdline, const char *typed, char *words,
	size_t size);

#endif
