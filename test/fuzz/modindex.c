/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/modindex: the input is an index of every kind at once,
 * and its first line is the name (or modalias) that is looked for. Pieces lie
 * in the index, and every walk over it ends.
 */
#include "lib/modindex.h"

#include "fuzz.h"

enum { NAME_SIZE = 64 };

static const char *start, *end;
static size_t walked;	/* lines seen by one walk */

static void
check(struct piece p)
{
	must(p.text >= start && p.text + p.len <= end,
		"the piece lies in the index");
}

static void
step(size_t before, size_t after)
{
	must(after > before, "a walk goes on");
	must(++walked <= (size_t)(end - start) + 1, "a walk ends");
}

static void
look_up_dependencies(const struct file_map *map, const char *name)
{
	struct dep_line line;
	struct piece path;
	char text[NAME_SIZE];

	if (!modindex_dep(map, name, &line))
		return;
	check(line.path);
	check(line.needs);
	while (modindex_last(&line.needs, &path)) {
		check(path);
		if (modindex_name(path, text, sizeof(text)) == 0)
			must(has_end(text, sizeof(text)) &&
				!strchr(text, '-'), "a name is the kernel's");
	}
}

static void
walk_aliases(const struct file_map *map, const char *name)
{
	static const char *const prefixes[] = { "pci:", "virtio:", "" };
	struct piece module, line;
	size_t at = 0, before = 0;

	for (walked = 0; modindex_alias(map, name, &at, &module);
	    before = at) {
		step(before, at);
		check(module);
	}
	at = before = 0;
	for (walked = 0; modindex_next(map, &at, &line); before = at) {
		step(before, at);
		check(line);
		must(modindex_begins(line, prefixes, 3) & 4,
			"every line begins with nothing");
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = text_of(data, size);
	size_t name_len = strcspn(text, "\n");
	struct file_map map = { .size = size - name_len };
	char *index = malloc(map.size + (map.size == 0));

	must(index != NULL, "there is memory");
	memcpy(index, text + name_len, map.size);	/* nothing behind it */
	text[name_len] = '\0';
	map.data = map.size ? index : NULL;
	start = index;
	end = index + map.size;
	look_up_dependencies(&map, text);
	walk_aliases(&map, text);
	modindex_builtin(&map, text);
	free(index);
	free(text);
	return 0;
}
