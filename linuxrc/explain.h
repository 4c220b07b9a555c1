/* SPDX-License-Identifier: MIT */
/*
 * explain - the plan of a boot in print: what linuxrc would do with these
 * options on this machine. For the contract chroot and --explain.
 */
#ifndef LINUXRC_EXPLAIN_H
#define LINUXRC_EXPLAIN_H

#include "boot.h"

/* Print the plan on standard output. */
void
explain_plan(const struct boot *b);

#endif
