/* SPDX-License-Identifier: MIT */
/*
 * osrelease.c - see osrelease.h. Lines are NAME=VALUE as a shell reads them:
 * single quotes keep everything, double quotes know a backslash before one of
 * " $ ` \, and the last assignment of a name counts.
 */
#include <string.h>

#include "lib/osrelease.h"
#include "lib/text.h"

enum { VALUE_SIZE = 256 };	/* no line of a screen is as long */

/* The value that stands at s, up to the end of its line, without quotes. */
static void
unquote(const char *s, char value[static VALUE_SIZE])
{
	char quote = '\0';
	size_t len = 0;

	for (; *s && *s != '\n' && len + 1 < VALUE_SIZE; s++) {
		if (quote ? *s == quote : *s == '"' || *s == '\'') {
			quote = quote ? '\0' : *s;
			continue;
		}
		if (!quote && (*s == ' ' || *s == '\t' || *s == '\r'))
			break;
		if (*s == '\\' && quote != '\'' && s[1] && s[1] != '\n' &&
		    (!quote || strchr("\"$`\\", s[1])))
			s++;
		value[len++] = *s;
	}
	value[len] = '\0';
}

/* The last assignment of name; value stays as it is when there is none. */
static void
look_up(const char *text, const char *name, char value[static VALUE_SIZE])
{
	size_t len = strlen(name);

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
		const char *line = text + strspn(text, " \t");

		if (strncmp(line, name, len) == 0 && line[len] == '=')
			unquote(line + len + 1, value);
	}
}

void
osrelease_name(const char *text, char *name, size_t size)
{
	char value[VALUE_SIZE] = "", version[VALUE_SIZE] = "";

	look_up(text, "PRETTY_NAME", value);
	if (!value[0]) {
		look_up(text, "NAME", value);
		look_up(text, "VERSION", version);
		if (value[0] && version[0])
			text_add(value, sizeof value, " %s", version);
	}
	text_clean(name, size, value[0] ? value : "Linux");
}
