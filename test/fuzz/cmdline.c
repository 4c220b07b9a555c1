/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/cmdline: words lie in the text, in order, and a text
 * with an end of its own has the same words as a string.
 */
#include "lib/cmdline.h"

#include "fuzz.h"

static void
check_word(const struct word *w, const char *start, const char *end)
{
	must(w->name >= start && w->name + w->name_len <= end,
		"the name lies in the word");
	if (w->value == NULL) {
		must(w->value_len == 0, "no value has no length");
		return;
	}
	must(w->name_len > 0, "what has a value has a name");
	must(w->value > w->name + w->name_len &&
		w->name[w->name_len] == '=', "= is between name and value");
	must(w->value + w->value_len <= end, "the value lies in the word");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = text_of(data, size);
	size_t len = strlen(text);
	const char *string = text;
	char *bytes = malloc(len + (len == 0));	/* nothing behind the last */
	const char *part = bytes;
	struct word w, b;

	must(bytes != NULL, "there is memory");
	memcpy(bytes, text, len);
	while (cmdline_next(&string, &w)) {
		must(cmdline_word(&part, bytes + len, &b),
			"bytes have as many words");
		check_word(&w, text, string);
		check_word(&b, bytes, part);
		must(w.name - text == b.name - bytes &&
			w.name_len == b.name_len &&
			w.value_len == b.value_len, "words are the same");
		must(string - text == part - bytes, "so is what is left");
	}
	must(*string == '\0' || (cmdline_word(&part, bytes + len, &b) &&
		b.name_len == 2 && memcmp(b.name, "--", 2) == 0),
		"a string ends at its end or at --");
	free(bytes);
	free(text);
	return 0;
}
