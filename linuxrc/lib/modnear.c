/* SPDX-License-Identifier: MIT */
/*
 * modnear.c - see modnear.h.
 */
#include <string.h>

#include "lib/file.h"
#include "lib/modindex.h"
#include "lib/modnear.h"
#include "lib/similar.h"
#include "lib/text.h"

/* With _ for -, as the names of modules are compared. */
static unsigned
distance(const char *name, const char *other)
{
	char folded[MODULE_NAME_SIZE];

	text_copy(folded, sizeof folded, name);
	for (char *p = folded; *p; p++)
		if (*p == '-')
			*p = '_';
	return similar_distance(folded, other);
}

bool
modnear_find(int modules, const char *name, char near[MODULE_NAME_SIZE])
{
	unsigned best = 2 + (unsigned)strlen(name) / 4, d;
	char other[MODULE_NAME_SIZE];
	const char *line, *end;
	struct file_map dep;
	struct err ignored;

	near[0] = '\0';
	if (file_map(modules, "modules.dep", &dep, &ignored) < 0)
		return false;
	end = dep.data + dep.size;
	for (line = dep.data; line < end; line++) {
		size_t left = (size_t)(end - line);
		const char *newline = memchr(line, '\n', left);
		const char *colon = memchr(line, ':', left);
		struct piece path = { line, 0 };

		if (colon)
			path.len = (size_t)(colon - line);
		if (modindex_name(path, other, sizeof other) == 0 &&
		    (d = distance(name, other)) < best &&
		    text_copy(near, MODULE_NAME_SIZE, other) == 0)
			best = d;
		line = newline ? newline : end;
	}
	file_unmap(&dep);
	return near[0] != '\0';
}
