/* SPDX-License-Identifier: MIT */
/*
 * optshow - an option as the word that would be typed for it: "root=LABEL=x",
 * "ro", "linuxrc.handover=pivot_root". Pure.
 */
#ifndef LINUXRC_LIB_OPTSHOW_H
#define LINUXRC_LIB_OPTSHOW_H

#include <stddef.h>

#include "boot.h"

/* Write the word of the option, as o has it, to text; with an empty value, or
 * "" for a word without one, when it was not given. Cut if it does not fit. */
void
optshow_word(const struct boot_options *o, enum option option, char *text,
	size_t size);

#endif
