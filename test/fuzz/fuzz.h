/* SPDX-License-Identifier: MIT */
/*
 * What the fuzz targets share. A target NAME.c is linked with libFuzzer
 * (clang -fsanitize=fuzzer), or with replay.c, which runs the files of
 * corpus/NAME through it. It checks what must hold for every input, beyond
 * what the sanitizers see.
 */
#ifndef LINUXRC_TEST_FUZZ_H
#define LINUXRC_TEST_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The target: one input, returns 0. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* End with the sentence when it does not hold. */
static inline void
must(bool holds, const char *sentence)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s\n", sentence);
	abort();
}

/* The input as a string of its own; free() it. */
static inline char *
text_of(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	must(text != NULL, "there is memory");
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	return text;
}

/* True when the text in size bytes has an end. */
static inline bool
has_end(const char *text, size_t size)
{
	return memchr(text, '\0', size) != NULL;
}

#endif
