/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/modbin: the first line of the input is what is looked
 * for, as a key and as a modalias; the rest is the index, to which the header
 * is given, so that the tries are met and not only the refusal.
 */
#include "lib/modbin.h"

#include "fuzz.h"

enum { HEADER_SIZE = 12 };

static const char *start, *end;

static void
check(struct piece p)
{
	must(p.text >= start && p.text + p.len < end && !p.text[p.len],
		"the value lies in the index and ends there");
}

static void
match_all(const struct modbin *bin, const char *modalias)
{
	struct modbin_search search = { 0 }, before;
	struct piece value;
	struct err e;

	for (before = search; modbin_match(bin, modalias, &search, &value,
	    &e) > 0; before = search) {
		check(value);
		must(before.at == 0 || search.priority > before.priority ||
			(search.priority == before.priority &&
			search.at > before.at), "a search goes on");
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char header[HEADER_SIZE - 4] = "\xb0\x07\xf4\x57\0\2\0\1";
	char *text = text_of(data, size);
	size_t key_len = strcspn(text, "\n");
	size_t from = key_len < size ? key_len + 1 : size;
	size_t rest = size - from;
	struct file_map map = { .size = sizeof header + rest };
	char *index = malloc(map.size);
	struct modbin bin;
	struct piece value;
	struct err e;

	must(index != NULL, "there is memory");
	memcpy(index, header, sizeof header);
	memcpy(index + sizeof header, text + from, rest);
	text[key_len] = '\0';
	map.data = start = index;
	end = index + map.size;
	if (modbin_open(&bin, &map, &e) == 0) {
		if (modbin_find(&bin, text, &value, &e) > 0)
			check(value);
		modbin_begins(&bin, text, &e);
		match_all(&bin, text);
	}
	free(index);
	free(text);
	return 0;
}
