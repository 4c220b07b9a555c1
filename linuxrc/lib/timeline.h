/* SPDX-License-Identifier: MIT */
/*
 * timeline - what took how long: the kernel until we began, each step, each
 * module, each wait. Kept in memory that our processes share, left in
 * /run/linuxrc/timeline.json, and read again by the applet:
 *
 *	{"timeline":1,"unit":"us","spans":[
 *	{"kind":"kernel","name":"Linux 6.1.0","start":0,"length":612000},
 *	{"kind":"step","name":"load drivers","start":640211,"length":168342},
 *
 * start counts from the beginning of CLOCK_MONOTONIC, which is the kernel's.
 * The functions that turn one into the other are pure.
 */
#ifndef LINUXRC_LIB_TIMELINE_H
#define LINUXRC_LIB_TIMELINE_H

#include <stddef.h>
#include <stdint.h>

#include "lib/err.h"

enum {
	TIMELINE_SPANS = 128,	/* ten steps, some tries, a hundred modules */
	TIMELINE_NAME_SIZE = 38,	/* of a module that is the longest
				   name; others are cut */
	TIMELINE_SPAN_SIZE = 256,	/* bytes of the text, at most */
	TIMELINE_TEXT_SIZE = (TIMELINE_SPANS + 1) * TIMELINE_SPAN_SIZE
};

enum timeline_kind {
	TIMELINE_KERNEL, TIMELINE_STEP, TIMELINE_MODULE, TIMELINE_WAIT,
	TIMELINE_KINDS
};

struct timeline_span {
	uint32_t start_us;		/* 71 minutes is the end of time */
	uint32_t length_us;
	unsigned char kind;		/* enum timeline_kind */
	char name[TIMELINE_NAME_SIZE + 1];
};

struct timeline {
	uint32_t count;			/* spans; more: they did not fit */
	struct timeline_span span[TIMELINE_SPANS];
};

/* "kernel", "step", "module", "wait". */
const char *
timeline_kind_name(enum timeline_kind kind);

/* Record in *t from now on; NULL: nowhere, as at first. */
void
timeline_open(struct timeline *t);

/* The time for timeline_add(): 0 when nothing is recorded. */
int64_t
timeline_now(void);

/* What began then has ended. */
void
timeline_add(enum timeline_kind kind, const char *name, int64_t start_us,
	int64_t end_us);

/*
 * The text of all spans, whatever another process left in *t, in text (size
 * bytes). Returns its length; what does not fit is left out. A character of a
 * name that is not printable ASCII becomes '?'.
 */
size_t
timeline_write(const struct timeline *t, char *text, size_t size);

/* Understand such a text of len bytes. 0; -1: where it is something else, or
 * it has more spans than fit. */
int
timeline_parse(const char *text, size_t len, struct timeline *t,
	struct err *e);

#endif
