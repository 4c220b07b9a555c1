/* SPDX-License-Identifier: MIT */
/*
 * modbuiltin.c - see modbuiltin.h.
 */
#include <string.h>

#include "lib/file.h"
#include "lib/modbuiltin.h"
#include "lib/modindex.h"

bool
modbuiltin_name(int modules, const char *name)
{
	struct file_map map;
	struct err ignored;
	bool inside;

	if (modules < 0 ||
	    file_map(modules, "modules.builtin", &map, &ignored) < 0)
		return false;
	inside = modindex_builtin(&map, name);
	file_unmap(&map);
	return inside;
}

/* True when the string is MODULE.alias=PATTERN and the pattern fits. */
static bool
is_alias(const char *string, size_t len, const char *alias)
{
	static const char key[] = ".alias=";
	const char *equals = memchr(string, '=', len);
	struct piece pattern;

	if (!equals || (size_t)(equals + 1 - string) < sizeof key ||
	    memcmp(equals + 2 - sizeof key, key, sizeof key - 1) != 0)
		return false;
	pattern.text = equals + 1;
	pattern.len = (size_t)(string + len - pattern.text);
	return modindex_match(pattern, alias);
}

bool
modbuiltin_alias(int modules, const char *alias)
{
	struct file_map map;
	struct err ignored;
	bool inside = false;
	size_t at = 0;

	if (modules < 0 ||
	    file_map(modules, "modules.builtin.modinfo", &map, &ignored) < 0)
		return false;
	while (!inside && at < map.size) {
		const char *string = map.data + at;
		size_t len = strnlen(string, map.size - at);

		inside = is_alias(string, len, alias);
		at += len + 1;
	}
	file_unmap(&map);
	return inside;
}
