/* SPDX-License-Identifier: MIT */
/*
 * timerecord.c - the part of timeline.h that is not pure: it knows the clock,
 * and where to record. Two processes may do so at once.
 */
#include <string.h>

#include "lib/sys.h"
#include "lib/timeline.h"

static struct timeline *timeline;

void
timeline_open(struct timeline *t)
{
	timeline = t;
}

int64_t
timeline_now(void)
{
	return timeline ? sys_now_us() : 0;
}

void
timeline_add(enum timeline_kind kind, const char *name, int64_t start_us,
	int64_t end_us)
{
	struct timeline_span *s;
	uint32_t n;

	if (!timeline)
		return;
	n = __atomic_fetch_add(&timeline->count, 1, __ATOMIC_RELAXED);
	if (n >= TIMELINE_SPANS) {
		timeline->count = TIMELINE_SPANS;
		return;
	}
	s = &timeline->span[n];
	s->start_us = (uint32_t)start_us;
	s->length_us = (uint32_t)(end_us - start_us);
	s->kind = (unsigned char)kind;
	strncat(s->name, name, TIMELINE_NAME_SIZE);
}
