/* SPDX-License-Identifier: MIT */
/*
 * opttake - how the values of those options are taken that are numbers, or
 * have the kernel's own idea of a bad value. Belongs to lib/optword, whose
 * table names these functions; nobody else includes it. Pure.
 */
#ifndef LINUXRC_LIB_OPTTAKE_H
#define LINUXRC_LIB_OPTTAKE_H

#include "lib/optword.h"

/* Each as optword_take(): 0, or the option is as it was; a sentence in e. */
int opttake_seconds(struct boot_options *, const struct optword *,
	const struct given *, struct err *);
int opttake_rootdelay(struct boot_options *, const struct optword *,
	const struct given *, struct err *);
int opttake_rootwait(struct boot_options *, const struct optword *,
	const struct given *, struct err *);
int opttake_panic(struct boot_options *, const struct optword *,
	const struct given *, struct err *);
int opttake_resume_offset(struct boot_options *, const struct optword *,
	const struct given *, struct err *);
int opttake_hibernate(struct boot_options *, const struct optword *,
	const struct given *, struct err *);
int opttake_resumewait(struct boot_options *, const struct optword *,
	const struct given *, struct err *);
int opttake_watchdog(struct boot_options *, const struct optword *,
	const struct given *, struct err *);

#endif
