/* SPDX-License-Identifier: MIT */
/*
 * timeline.c - see timeline.h: the spans become a text. timerecord.c records
 * them, timeread.c reads the text.
 */
#include <string.h>

#include "lib/timeline.h"

static const char *const kinds[TIMELINE_KINDS] = {
	[TIMELINE_KERNEL] = "kernel", [TIMELINE_STEP] = "step",
	[TIMELINE_MODULE] = "module", [TIMELINE_WAIT] = "wait",
};

const char *
timeline_kind_name(enum timeline_kind kind)
{
	return kinds[kind];
}

/* Whole spans only, so that the end always fits. */
struct writer {
	char *p, *end;
};

static void
put(struct writer *w, const char *text)
{
	while (*text && w->p < w->end)
		*w->p++ = *text++;
}

static void
put_number(struct writer *w, uint32_t n)
{
	char digits[11], *p = digits + sizeof digits - 1;

	*p = '\0';
	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	put(w, p);
}

static void
put_name(struct writer *w, const char *name)
{
	for (size_t i = 0; i < TIMELINE_NAME_SIZE && name[i]; i++) {
		char c[3] = { name[i], '\0', '\0' };

		if (c[0] == '"' || c[0] == '\\')
			c[1] = c[0], c[0] = '\\';
		else if (c[0] < ' ' || c[0] > '~')
			c[0] = '?';
		put(w, c);
	}
}

static void
put_span(struct writer *w, const struct timeline_span *s)
{
	put(w, "{\"kind\":\"");
	put(w, kinds[s->kind < TIMELINE_KINDS ? s->kind : TIMELINE_STEP]);
	put(w, "\",\"name\":\"");
	put_name(w, s->name);
	put(w, "\",\"start\":");
	put_number(w, s->start_us);
	put(w, ",\"length\":");
	put_number(w, s->length_us);
	put(w, "}");
}

size_t
timeline_write(const struct timeline *t, char *text, size_t size)
{
	struct writer w = { text, text + size };
	uint32_t n = t->count < TIMELINE_SPANS ? t->count : TIMELINE_SPANS;

	if (size < 2 * TIMELINE_SPAN_SIZE)
		return 0;
	put(&w, "{\"timeline\":1,\"unit\":\"us\",\"spans\":[");
	for (uint32_t i = 0; i < n && w.end - w.p > TIMELINE_SPAN_SIZE; i++) {
		put(&w, i ? ",\n" : "\n");
		put_span(&w, &t->span[i]);
	}
	put(&w, "]}\n");
	return (size_t)(w.p - text);
}
