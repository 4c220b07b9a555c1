/* SPDX-License-Identifier: MIT */
/*
 * alive.c - see alive.h.
 */
#include <stddef.h>

#include "lib/alive.h"
#include "lib/sys.h"

static int64_t *until;

void
alive_open(int64_t *until_ms)
{
	until = until_ms;
}

void
alive_for(int seconds)
{
	if (until)
		*until = sys_now_ms() + (int64_t)seconds * 1000;
}
