/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/timeline: whatever a file says, a timeline that is
 * understood can be written and is understood again, as the same.
 */
#include "lib/timeline.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct timeline t, again;
	static char text[TIMELINE_TEXT_SIZE];
	struct err e;
	size_t len;

	if (timeline_parse((const char *)data, size, &t, &e) < 0)
		return 0;
	must(t.count <= TIMELINE_SPANS, "no more spans than fit");
	len = timeline_write(&t, text, sizeof text);
	must(len > 0 && len <= sizeof text, "it is written");
	must(timeline_parse(text, len, &again, &e) == 0,
		"what is written is understood");
	must(again.count == t.count, "all of it");
	for (unsigned i = 0; i < t.count; i++)
		must(again.span[i].start_us == t.span[i].start_us &&
			again.span[i].kind == t.span[i].kind, "as it was");
	return 0;
}
