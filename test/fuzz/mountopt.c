/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/mountopt: what is left for the file system fits and has
 * no word of the VFS left in it.
 */
#include "lib/mountopt.h"

#include "fuzz.h"

enum { DATA_SIZE = 64 };	/* small, so that its limit is met */

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *words = text_of(data, size);
	char rest[DATA_SIZE], again[DATA_SIZE];
	unsigned long flags = 1, same;
	struct err e = { 0, "" };
	int result = mountopt_parse(words, &flags, rest, sizeof(rest), &e);

	must(has_end(rest, sizeof(rest)), "the data ends");
	must(strlen(rest) <= strlen(words), "the data is from the words");
	must((result == 0) == (e.text[0] == '\0'),
		"a failure, and nothing else, has a sentence");
	must(flags <= UINT32_MAX, "flags are 32 bits");
	same = flags;
	must(mountopt_parse(rest, &same, again, sizeof(again), &e) == 0,
		"the data fits again");
	must(strcmp(rest, again) == 0 && same == flags,
		"the data is all the file system's");
	free(words);
	return 0;
}
