/* SPDX-License-Identifier: MIT */
/*
 * policy - what becomes of a failed step when nobody decides it:
 * linuxrc.onfail=, panic=, linuxrc.timeout=, and what linuxrc.lock leaves of
 * them. ask.c reads it for the question, the supervisor carries it out.
 */
#ifndef LINUXRC_POLICY_H
#define LINUXRC_POLICY_H

#include <stdbool.h>

#include "boot.h"

/* Seconds that a person has for an answer, panic= before linuxrc.timeout=:
 * 0 none at all, -1 no limit. */
int
policy_seconds(const struct boot *b);

/* What linuxrc.onfail= says: OUTCOME_REBOOT, _POWEROFF, _HALT, _EXIT, or
 * OUTCOME_NONE when it leaves it to a person, or cannot be had. */
enum outcome
policy_outcome(const struct boot *b);

/* The kernel runs us as its helper and can be left to try by itself. */
bool
policy_has_kernel(const struct boot *b);

/* What happens when nobody answers, as a person reads it: "reboot". */
const char *
policy_words(const struct boot *b);

/* Only a supervisor that has something to say opens the log. */
void
policy_open_log(const struct boot *b);

/* In the supervisor. Reap for ever: all that is left when nobody may or can
 * answer. */
_Noreturn void
policy_stay(void);

/* Stop the machine: OUTCOME_REBOOT, _POWEROFF or _HALT. Returns only where
 * the machine is not ours to stop: a rehearsal, or not its first process,
 * whatever a broken worker claims. */
void
policy_restart(const struct boot *b, enum outcome how);

/* Nobody answers: the countdown, unless the question was it, and then what
 * linuxrc.onfail= says, else a reboot, or the kernel's own try. Returns the
 * exit status where that means to exit. */
int
policy_unattended(const struct boot *b);

#endif
