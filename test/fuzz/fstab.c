/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/fstab: the root's line, as the file writes it again.
 */
#include "lib/fstab.h"

#include "fuzz.h"

enum { SPEC_SIZE = 16 };	/* small, so that its limit is met */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = text_of(data, size);
	char spec[SPEC_SIZE], again[SPEC_SIZE];
	char line[SPEC_SIZE * 4 + 8];
	size_t len = 0;
	int found = fstab_root(text, spec, sizeof(spec));

	must(has_end(spec, sizeof(spec)), "the field ends");
	must((found == 0) == (spec[0] != '\0'), "found, or nothing");
	must(strlen(spec) <= size, "it is from the text");
	for (const char *p = spec; *p != '\0'; p++)
		len += (size_t)sprintf(line + len, "\\%03o",
			(unsigned char)*p);
	sprintf(line + len, " / x");
	if (found == 0)
		must(fstab_root(line, again, sizeof(again)) == 0 &&
			strcmp(again, spec) == 0,
			"written in octal it is the same");
	free(text);
	return 0;
}
