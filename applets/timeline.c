/* SPDX-License-Identifier: MIT */
/*
 * timeline - what took how long before the real init ran, as text bars: the
 * file that linuxrc leaves in /run/linuxrc/timeline.json.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "lib/applet.h"
#include "lib/file.h"
#include "lib/timeline.h"

enum {
	BAR = 36,		/* columns */
	NAME = 28,
	TEXT_SIZE = 1 << 18
};

static struct timeline t;

/* By their beginning; of those that begin together the longer one first, for
 * the others are parts of it. Insertion: there are a hundred. */
static void
sort(void)
{
	for (unsigned i = 1; i < t.count; i++) {
		struct timeline_span s = t.span[i];
		unsigned k = i;

		for (; k > 0 && (t.span[k - 1].start_us > s.start_us ||
		    (t.span[k - 1].start_us == s.start_us &&
		     t.span[k - 1].length_us < s.length_us)); k--)
			t.span[k] = t.span[k - 1];
		t.span[k] = s;
	}
}

static uint64_t
end_of(const struct timeline_span *s)
{
	return (uint64_t)s->start_us + s->length_us;
}

/* The column for this time, when so many columns are the whole. */
static unsigned
column(uint64_t us, uint64_t whole)
{
	return (unsigned)(us * BAR / whole);
}

static void
print_span(const struct timeline_span *s, uint64_t whole)
{
	bool part = s->kind == TIMELINE_MODULE || s->kind == TIMELINE_WAIT;
	char bar[BAR + 1], name[NAME + 1];
	unsigned from = column(s->start_us, whole);
	unsigned to = column(end_of(s), whole);

	if (from == BAR)
		from--;
	if (to == from)		/* however short, it is to be seen */
		to++;
	for (unsigned i = 0; i < BAR; i++)
		bar[i] = i >= from && i < to ? s->kind == TIMELINE_WAIT ?
			'.' : '#' : ' ';
	bar[BAR] = '\0';
	snprintf(name, sizeof name, "%s%s", part ? "  " : "", s->name);
	applet_print("%-*s |%s| %6llu.%llu ms\n", NAME, name, bar,
		(unsigned long long)s->length_us / 1000,
		(unsigned long long)s->length_us / 100 % 10);
}

int
timeline_main(int argc, char **argv)
{
	static char text[TEXT_SIZE];
	const char *path = argc > 1 ? argv[1] : "/run/linuxrc/timeline.json";
	uint64_t whole = 1;
	struct err e;
	ssize_t len;

	if (argc > 2 || path[0] == '-')
		applet_usage("timeline [FILE]");
	len = file_read(AT_FDCWD, path, text, sizeof text, &e);
	if (len < 0 || timeline_parse(text, (size_t)len, &t, &e) < 0)
		applet_die(&e);
	sort();
	for (unsigned i = 0; i < t.count; i++)
		if (end_of(&t.span[i]) > whole)
			whole = end_of(&t.span[i]);
	for (unsigned i = 0; i < t.count; i++)
		print_span(&t.span[i], whole);
	return 0;
}
