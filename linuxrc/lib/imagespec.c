/* SPDX-License-Identifier: MIT */
/*
 * imagespec.c - see imagespec.h.
 */
#include "lib/imagespec.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS_MAX = 3 };	/* GPT tables have 128 entries */

/* Where the mark is that has a suffix of these characters behind it, at least
 * one and up to the end; else the end. */
static size_t
before(const char *text, size_t end, char mark, const char *characters)
{
	size_t at = end;

	while (at > 0 && text[at - 1] != mark)
		at--;
	if (at == 0 || at == end ||
	    strspn(text + at, characters) < end - at)
		return end;
	return at - 1;
}

int
imagespec_parse(const char *text, struct image_spec *spec, struct err *e)
{
	size_t len = strlen(text);
	size_t path = before(text, len, ':',
		"abcdefghijklmnopqrstuvwxyz0123456789_,");
	size_t types = len - path;

	if (types > sizeof spec->types)
		return fail(e, 0, "linuxrc.image=: the types behind its colon "
			"are longer than %zu bytes", sizeof spec->types - 1);
	spec->types[0] = '\0';
	if (types > 0)
		memcpy(spec->types, text + path + 1, types);
	len = path;
	path = before(text, len, '#', "0123456789");
	if (len - path > DIGITS_MAX + 1)
		path = len;
	spec->partition = path < len ? atoi(text + path + 1) : IMAGESPEC_ANY;
	for (; path > 0 && *text == '/'; text++)
		path--;
	if (path == 0)
		return fail(e, 0, "linuxrc.image= names no file: it must be "
			"PATH, PATH#PARTITION or either with :TYPE");
	if (path >= sizeof spec->path)
		return fail(e, 0, "linuxrc.image=: its path is longer than "
			"%zu bytes", sizeof spec->path - 1);
	memcpy(spec->path, text, path);
	spec->path[path] = '\0';
	return 0;
}
