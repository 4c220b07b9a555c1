/* SPDX-License-Identifier: MIT */
/*
 * optstep - which step of the boot an option concerns first: after the question
 * that one and those behind it are done again, and no other. Pure.
 */
#ifndef LINUXRC_LIB_OPTSTEP_H
#define LINUXRC_LIB_OPTSTEP_H

#include "boot.h"

/*
 * The first step that one of these words concerns, which have been taken into
 * b->options already; STEP_COUNT: there is no word. A word for modules concerns
 * the drivers.
 */
enum step_number
optstep_first(const struct boot *b, const char *words);

#endif
