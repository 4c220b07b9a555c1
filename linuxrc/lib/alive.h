/* SPDX-License-Identifier: MIT */
/*
 * alive - signs of life of the worker, in memory that the supervisor shares:
 * until when it is no wonder that nothing was heard of it.
 */
#ifndef LINUXRC_LIB_ALIVE_H
#define LINUXRC_LIB_ALIVE_H

#include <stdint.h>

enum {
	ALIVE_S = 60,		/* for what is done in a moment */
	ALIVE_GUEST_S = 86400,	/* for an old image's /linuxrc, which may be an
				   installer */
	ALIVE_MOUNT_S = 600	/* a mount can replay a long journal */
};

/* Leave it there from now on (sys_now_ms() scale). */
void
alive_open(int64_t *until_ms);

/* Something is being done, which takes no longer than this. */
void
alive_for(int seconds);

#endif
