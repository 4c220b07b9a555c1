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
 * root that was given nowhere is the number that real-root-dev holds. 0; -1
 * when there is no command line to read (absent, or too long), and nothing
 * was typed instead.
 */
int
configure_read(struct boot *b, const struct places *at, struct err *e);

/* Leave in b->panic_s what panic= says, else what the kernel's own setting
 * is; also before the options are read. */
void
configure_panic(struct boot *b, const struct places *at);

#endif
