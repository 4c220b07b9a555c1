/* SPDX-License-Identifier: MIT */
/*
 * configure - read the boot options from all their sources, the last wins:
 * built-in defaults, /etc/linuxrc.conf, /etc/linuxrc.d/ (sorted), the kernel
 * command line, what was typed at questions. What the words mean is
 * lib/options' to know.
 */
#ifndef LINUXRC_CONFIGURE_H
#define LINUXRC_CONFIGURE_H

#include "boot.h"

/*
 * Fill b->options anew, and b->cmdline and b->panic_s with it. A source with
 * a fault is spoken of and used for the rest of it. Under contract linuxrc a
 * root that was given nowhere is the number that real-root-dev holds. Once
 * linuxrc.lock was in one of them b->locked says so for good, and what it
 * keeps out is spoken of. 0; -1 when there is no command line to read (absent,
 * or too long), and nothing was typed instead; or when the kernel would do
 * what the lock refuses.
 */
int
configure_read(struct boot *b, const struct places *at, struct err *e);

/*
 * For a question: what the options say of it, where no step has read them
 * yet (tried once: what crashes there is not tried again), and b->panic_s:
 * panic=, else the kernel's own setting.
 */
void
configure_early(struct boot *b, const struct places *at);

#endif
