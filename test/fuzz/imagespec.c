/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/imagespec: what is understood, written down again in
 * full, means the same.
 */
#include "lib/imagespec.h"

#include "fuzz.h"

/* A path that is taken whole needs its own #0 when it ends like one. */
static void
check_again(const struct image_spec *spec)
{
	static char text[IMAGESPEC_PATH_SIZE + IMAGESPEC_TYPES_SIZE + 16];
	static struct image_spec again;
	struct err e;

	if (spec->partition == IMAGESPEC_ANY || spec->types[0] == '\0')
		return;
	snprintf(text, sizeof(text), "/%s#%d:%s", spec->path,
		spec->partition, spec->types);
	must(imagespec_parse(text, &again, &e) == 0, "it is understood again");
	must(strcmp(again.path, spec->path) == 0 &&
		strcmp(again.types, spec->types) == 0 &&
		again.partition == spec->partition, "and means the same");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = text_of(data, size);
	struct err e = { 0, "" };
	static struct image_spec spec;

	memset(&spec, 0xff, sizeof(spec));
	if (imagespec_parse(text, &spec, &e) != 0) {
		must(e.text[0] != '\0' && has_end(e.text, sizeof(e.text)),
			"a failure has a sentence");
		free(text);
		return 0;
	}
	must(has_end(spec.path, sizeof(spec.path)), "the path ends");
	must(has_end(spec.types, sizeof(spec.types)), "the types end");
	must(spec.path[0] != '\0' && spec.path[0] != '/',
		"the path is relative");
	must(strstr(text, spec.path) != NULL, "the path is from the text");
	must(spec.partition >= IMAGESPEC_ANY && spec.partition <= 999,
		"the partition is in range");
	check_again(&spec);
	free(text);
	return 0;
}
