/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/rootspec: what is understood is what was written.
 */
#include "lib/rootspec.h"

#include "fuzz.h"

static void
check_number(const struct root_spec *spec)
{
	struct root_spec again;
	struct err e;
	unsigned major, minor;
	char text[32];

	must(spec->major <= 4095 && spec->minor <= 1048575,
		"the kernel has such a number");
	rootspec_decode(rootspec_encode(spec->major, spec->minor), &major,
		&minor);
	must(major == spec->major && minor == spec->minor,
		"the number survives encoding");
	snprintf(text, sizeof(text), "%u:%u", spec->major, spec->minor);
	must(rootspec_parse(text, "", &again, &e) == 0 &&
		again.kind == ROOT_NUMBER && again.major == major &&
		again.minor == minor, "a pair means the same");
	snprintf(text, sizeof(text), "0x%x", rootspec_encode(major, minor));
	must(rootspec_parse(text, "", &again, &e) == 0 &&
		again.kind == ROOT_NUMBER && again.major == major &&
		again.minor == minor, "its hexadecimal form means the same");
}

/* With a type of file system a word is never of an unknown form. */
static void
check_word(const char *text)
{
	struct root_spec spec;
	struct err e = { 0, "" };

	if (rootspec_parse(text, "9p", &spec, &e) == 0 &&
	    spec.kind == ROOT_NODEV)
		must(strcmp(spec.value, text) == 0 ||
			(strncmp(text, "/dev/", 5) == 0 &&
			strcmp(spec.value, text + 5) == 0),
			"the source is the text, with /dev/ or without");
	else
		/* a sentence repeats what was given */
		must(strstr(e.text, "none of the forms") == NULL ||
			strstr(text, "none of the") != NULL,
			"every word may be a source");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = text_of(data, size);
	struct err e = { 0, "" };
	struct root_spec spec;

	check_word(text);
	memset(&spec, 0xff, sizeof(spec));
	if (rootspec_parse(text, "", &spec, &e) != 0) {
		must(e.text[0] != '\0' && has_end(e.text, sizeof(e.text)),
			"a failure has a sentence");
		free(text);
		return 0;
	}
	must(spec.kind <= ROOT_OTHER, "the kind is in range");
	must(has_end(spec.value, sizeof(spec.value)), "the value ends");
	must(strlen(spec.value) <= strlen(text), "the value is from the text");
	must((spec.kind == ROOT_NONE) == (text[0] == '\0'),
		"nothing is nothing");
	must(spec.partnroff == 0 || spec.kind == ROOT_PARTUUID,
		"only a PARTUUID has a PARTNROFF");
	if (spec.kind == ROOT_NAME)
		must(strlen(spec.value) < DEVNAME_SIZE ||
			strncmp(spec.value, "mapper/", 7) == 0,
			"the name fits");
	if (spec.kind == ROOT_NUMBER)
		check_number(&spec);
	else if (spec.kind != ROOT_NONE && spec.kind != ROOT_NFS)
		must(spec.value[0] != '\0', "there is a value");
	free(text);
	return 0;
}
