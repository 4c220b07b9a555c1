/* SPDX-License-Identifier: MIT */
/*
 * mountinfo.c - see mountinfo.h.
 */
#include <stdint.h>
#include <string.h>

#include "lib/mountinfo.h"
#include "lib/text.h"

/* \NNN, octal, stands for a blank, tab, newline, # or backslash. */
static void
decode(char *s)
{
	char *out = s;

	for (; *s; out++) {
		if (s[0] == '\\' && s[1] >= '0' && s[1] <= '3' &&
		    s[2] >= '0' && s[2] <= '7' && s[3] >= '0' && s[3] <= '7') {
			*out = (char)((s[1] - '0') << 6 | (s[2] - '0') << 3 |
				(s[3] - '0'));
			s += 4;
		} else {
			*out = *s++;
		}
	}
	*out = '\0';
}

/* Cut the next word off *line, "" when there is none. */
static char *
word(char **line)
{
	char *start = *line, *end = start + strcspn(start, " ");

	*line = *end ? end + 1 : end;
	*end = '\0';
	return start;
}

static bool
number(const char *text, unsigned *value)
{
	long n;

	if (text_number(text, 10, 0, INT32_MAX, &n) < 0)
		return false;
	*value = (unsigned)n;
	return true;
}

static bool
device(char *text, struct mountinfo *m)
{
	char *colon = strchr(text, ':');

	if (!colon)
		return false;
	*colon = '\0';
	return number(text, &m->major) && number(colon + 1, &m->minor);
}

/* "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw" */
static bool
split(char *line, struct mountinfo *m)
{
	char *text[3];
	const char *tag;

	if (!number(word(&line), &m->id) || !number(word(&line), &m->parent) ||
	    !device(word(&line), m))
		return false;
	m->root = text[0] = word(&line);
	m->dir = text[1] = word(&line);
	m->options = word(&line);
	do
		tag = word(&line);
	while (*tag && strcmp(tag, "-") != 0);
	m->type = word(&line);
	m->source = text[2] = word(&line);
	m->super = line;
	if (!*tag || !*m->type)
		return false;
	for (unsigned i = 0; i < 3; i++)
		decode(text[i]);
	return true;
}

bool
mountinfo_next(char **text, struct mountinfo *m)
{
	char *line;

	while (**text) {
		line = *text;
		*text += strcspn(line, "\n");
		if (**text)
			*(*text)++ = '\0';
		if (split(line, m))
			return true;
	}
	return false;
}
