/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/osrelease and text_clean(): a name of any system fits,
 * and nothing in it steers a terminal.
 */
#include "lib/osrelease.h"
#include "lib/text.h"

#include "fuzz.h"

enum { SHOWN_SIZE = 24 };	/* small, so that its limit is met */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = text_of(data, size);
	char name[SHOWN_SIZE], again[SHOWN_SIZE];

	osrelease_name(text, name, sizeof(name));
	must(has_end(name, sizeof(name)), "the name ends");
	must(name[0] != '\0', "there is a name");
	for (const char *p = name; *p != '\0'; p++)
		must((unsigned char)*p >= 0x20 && *p != 0x7f &&
			(p[0] != '\xc2' || (p[1] & 0xe0) != 0x80),
			"nothing in it steers a terminal");
	text_clean(again, sizeof(again), name);
	must(strcmp(again, name) == 0, "what is clean stays as it is");
	free(text);
	return 0;
}
