/* SPDX-License-Identifier: MIT */
/*
 * choice - what is wanted, and which of the devices that were seen is taken:
 * what was asked for as soon as it is there, a fallback once events have
 * drained (linuxrc.conf(5), linuxrc.rootfallback).
 */
#ifndef LINUXRC_CHOICE_H
#define LINUXRC_CHOICE_H

#include "boot.h"
#include "lib/device.h"
#include "whole.h"

/* A device that is waited for, and how long. */
struct wanted {
	const char *word;	/* the option that names it: "root" */
	const char *text;	/* its value as spelt */
	const struct root_spec *spec;
	const struct root_spec *fallback;	/* as good when spec is not
					   there once events have drained */
	const char *const *fallback_text;	/* each as spelt */
	unsigned fallbacks;	/* the first of them that is there counts */
	int64_t delay_s;	/* none of them does before */
	const struct whole *whole;	/* NULL: a part of a file system is
					   enough */
	struct root_device *device;	/* filled when one is there */
	unsigned taken;		/* then which: 0 spec, N fallback[N - 1] */
	bool swap;		/* a tag may be that of a swap area */
	int64_t least_s;	/* seconds, WAIT_FOREVER */
	int64_t quiet_s;	/* then until this long after the last event */
	int64_t most_s;		/* but no longer; WAIT_FOREVER: no limit */
};

/*
 * Judge what was seen; spec 0 of the search is want->spec, N is fallback
 * N - 1. As device_judge(), but auto counts when all that could be the root had
 * time to appear, and a part of a file system may not be enough. That two
 * devices fit what is wanted, or not all of its devices are there, is no
 * reason to let a fallback go: then e has the sentence, else it is empty.
 */
int
choice_make(struct wanted *want, struct device_search *s, bool drained,
	struct err *e);

/* Is there anything that counts only when events have drained? */
bool
choice_awaits_drain(const struct wanted *want);

/* For the sentence of a failure: "not there". */
const char *
choice_not_there(const struct wanted *want);

/* Which devices of what is wanted are missing, or which two fit; or "". */
void
choice_say_missing(const struct wanted *want, struct device_search *s,
	struct err *e);

/* Log why each fallback is not taken. */
void
choice_say_no_fallback(const struct wanted *want, struct device_search *s);

/* What was seen; as device_describe(), with room left for what
 * choice_say_how() adds. */
void
choice_describe(const struct wanted *want, struct device_search *s,
	char *text, size_t size);

/* How to go on, behind that, where it is not plain. Always -1. */
int
choice_say_how(const struct wanted *want, struct err *e);

#endif
