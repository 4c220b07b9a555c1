/* SPDX-License-Identifier: MIT */
/*
 * claims - what a worker leaves in struct boot, which it may have written
 * anything into before it crashed, is believed only within its bounds. Knows
 * what the supervisor and the hand-over read; to them it is safe afterwards.
 */
#ifndef LINUXRC_CLAIMS_H
#define LINUXRC_CLAIMS_H

#include "boot.h"

/* Texts end, flags are 0 or 1, contract, outcome and the lock's origin are one
 * of theirs: CONTRACT_NONE, OUTCOME_NONE and a lock that holds otherwise. */
void
claims_check(struct boot *b);

#endif
