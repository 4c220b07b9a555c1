/* SPDX-License-Identifier: MIT */
/*
 * steps - one adapter for each step of the procedure in main.c: calls the
 * room that does it and carries the data from one room to the next. Each can
 * be called again, after a failure or with changed options.
 */
#ifndef LINUXRC_STEPS_H
#define LINUXRC_STEPS_H

#include "run.h"

int step_contract(struct boot *, char note[static NOTE_SIZE], struct err *);
int step_console(struct boot *, char note[static NOTE_SIZE], struct err *);
int step_kernfs(struct boot *, char note[static NOTE_SIZE], struct err *);
int step_options(struct boot *, char note[static NOTE_SIZE], struct err *);
int step_drivers(struct boot *, char note[static NOTE_SIZE], struct err *);
int step_device(struct boot *, char note[static NOTE_SIZE], struct err *);
int step_resume(struct boot *, char note[static NOTE_SIZE], struct err *);
int step_rootfs(struct boot *, char note[static NOTE_SIZE], struct err *);
int step_init(struct boot *, char note[static NOTE_SIZE], struct err *);

/* A fresh worker: open what an earlier one had opened. */
void
steps_begin(struct boot *b);

/* Learn what the options say of a failure; also before they were read. */
void
steps_learn_policy(struct boot *b);

/* Understand root= (or nfsroot= alone) as it is now, in b->spec, for the steps
 * before the one that looks for it: a fault is step_device()'s to tell, and the
 * kind is ROOT_NONE then. */
void
steps_understand_root(struct boot *b);

/* Load the drivers that a root which was there early did not need: a keyboard
 * is needed now. */
void
steps_before_question(struct boot *b);

/* Have the index of the modules; a worker that begins with a later step has
 * none yet, but needs it for what appears and for file systems. 0 or -1. */
int
steps_have_drivers(struct boot *b, struct err *e);

/* The directories that this worker reads through. */
const struct places *
steps_places(void);

#endif
