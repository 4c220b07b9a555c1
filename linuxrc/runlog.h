/* SPDX-License-Identifier: MIT */
/*
 * runlog - leave /run/linuxrc/log and /run/linuxrc/timeline.json for the real
 * system, in its /run: what the image has mounted there, else a tmpfs as
 * init would mount it. linuxrc.log= in linuxrc.conf(5). The only mount of
 * ours that stays behind.
 */
#ifndef LINUXRC_RUNLOG_H
#define LINUXRC_RUNLOG_H

#include "boot.h"

/*
 * With the new root mounted at b->root.dir, and everything moved there that is
 * to be: leave both, as linuxrc.log= says; by itself on each boot, but after an
 * old initrd image, and where a tmpfs would hide directories of /run. The
 * timeline gets the hand-over as far as here, from start_us on
 * (timeline_now()). What cannot be done is said, and no failure.
 */
void
runlog_leave(const struct boot *b, int64_t start_us);

#endif
