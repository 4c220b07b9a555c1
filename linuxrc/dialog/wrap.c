/* SPDX-License-Identifier: MIT */
/*
 * wrap.c - see wrap.h.
 */
#include "dialog/utf8.h"
#include "dialog/wrap.h"

bool
wrap_next(const char **text, unsigned width, const char **line, size_t *len)
{
	const char *p = *text, *blank = NULL;
	unsigned n = 0;

	*line = p;
	if (*p == '\0')
		return false;
	for (; *p && *p != '\n' && n < width; n++) {
		if (*p == ' ')
			blank = p;
		utf8_next(&p);
	}
	if (*p && *p != '\n' && *p != ' ' && blank)
		p = blank;
	*len = (size_t)(p - *line);
	while (*len > 0 && (*line)[*len - 1] == ' ')
		--*len;
	while (*p == ' ')
		p++;
	if (*p == '\n')
		p++;
	*text = p;
	return true;
}

unsigned
wrap_count(const char *text, unsigned width)
{
	const char *line;
	unsigned n = 0;
	size_t len;

	while (text && wrap_next(&text, width, &line, &len))
		n++;
	return n;
}
