/* SPDX-License-Identifier: MIT */
/*
 * timeread.c - the other half of timeline.h: the text understood. RFC 8259,
 * as far as our own text needs it: the members of a span come in any order,
 * and those that are not known are passed over when they are a string or a
 * number.
 */
#include <stdbool.h>
#include <string.h>

#include "lib/timeline.h"

struct reader {
	const char *text, *p, *end;
	struct err *e;
};

static int
expected(const struct reader *r, const char *what)
{
	return fail(r->e, 0, "no timeline: %s expected at byte %zu", what,
		(size_t)(r->p - r->text));
}

static void
skip_blanks(struct reader *r)
{
	while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' ||
	    *r->p == '\n' || *r->p == '\r'))
		r->p++;
}

/* True when this character is next, which is then passed. */
static bool
take(struct reader *r, char c)
{
	skip_blanks(r);
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

/* A string, cut to what fits. Of escapes only \" \\ and \/ are ours. */
static int
take_string(struct reader *r, char *text, size_t size)
{
	size_t len = 0;

	if (!take(r, '"'))
		return expected(r, "a string");
	for (; r->p < r->end && *r->p != '"'; r->p++) {
		if (*r->p == '\\' && r->end - r->p > 1)
			r->p++;
		if ((unsigned char)*r->p < ' ')
			return expected(r, "a printable character");
		if (len + 1 < size)
			text[len++] = *r->p;
	}
	text[len] = '\0';
	if (r->p == r->end)
		return expected(r, "the end of a string");
	r->p++;
	return 0;
}

static int
take_number(struct reader *r, uint32_t *number)
{
	uint64_t n = 0;
	const char *start;

	skip_blanks(r);
	for (start = r->p; r->p < r->end && *r->p >= '0' && *r->p <= '9';
	    r->p++) {
		n = n * 10 + (uint64_t)(*r->p - '0');
		if (n > UINT32_MAX)
			return expected(r, "a smaller number");
	}
	*number = (uint32_t)n;
	return r->p > start ? 0 : expected(r, "a number");
}

static int
take_kind(struct reader *r, struct timeline_span *s)
{
	char name[16];

	if (take_string(r, name, sizeof name) < 0)
		return -1;
	for (unsigned i = 0; i < TIMELINE_KINDS; i++)
		if (strcmp(name, timeline_kind_name(i)) == 0) {
			s->kind = (unsigned char)i;
			return 0;
		}
	return expected(r, "kernel, step, module or wait");
}

static int
skip_value(struct reader *r)
{
	uint32_t number;
	char text[2];

	skip_blanks(r);
	return r->p < r->end && *r->p == '"' ?
		take_string(r, text, sizeof text) : take_number(r, &number);
}

static int
take_member(struct reader *r, struct timeline_span *s)
{
	char key[16];

	if (take_string(r, key, sizeof key) < 0)
		return -1;
	if (!take(r, ':'))
		return expected(r, "a colon");
	if (strcmp(key, "kind") == 0)
		return take_kind(r, s);
	if (strcmp(key, "name") == 0)
		return take_string(r, s->name, sizeof s->name);
	if (strcmp(key, "start") == 0)
		return take_number(r, &s->start_us);
	if (strcmp(key, "length") == 0)
		return take_number(r, &s->length_us);
	return skip_value(r);
}

static int
take_span(struct reader *r, struct timeline *t)
{
	struct timeline_span *s = &t->span[t->count];

	if (t->count == TIMELINE_SPANS)
		return fail(r->e, 0, "no timeline: more than %d spans",
			TIMELINE_SPANS);
	memset(s, 0, sizeof *s);
	s->kind = TIMELINE_STEP;
	if (!take(r, '{'))
		return expected(r, "a span");
	do
		if (take_member(r, s) < 0)
			return -1;
	while (take(r, ','));
	if (!take(r, '}'))
		return expected(r, "the end of a span");
	t->count++;
	return 0;
}

static int
take_spans(struct reader *r, struct timeline *t)
{
	if (!take(r, '['))
		return expected(r, "a list of spans");
	if (take(r, ']'))
		return 0;
	do
		if (take_span(r, t) < 0)
			return -1;
	while (take(r, ','));
	return take(r, ']') ? 0 : expected(r, "the end of the spans");
}

int
timeline_parse(const char *text, size_t len, struct timeline *t, struct err *e)
{
	struct reader r = { text, text, text + len, e };
	char key[16];

	t->count = 0;
	if (!take(&r, '{'))
		return expected(&r, "an opening brace");
	do {
		if (take_string(&r, key, sizeof key) < 0)
			return -1;
		if (!take(&r, ':'))
			return expected(&r, "a colon");
		if ((strcmp(key, "spans") == 0 ? take_spans(&r, t) :
		    skip_value(&r)) < 0)
			return -1;
	} while (take(&r, ','));
	if (!take(&r, '}'))
		return expected(&r, "a closing brace");
	skip_blanks(&r);
	return r.p == r.end ? 0 : expected(&r, "the end");
}
