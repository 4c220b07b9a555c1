/* SPDX-License-Identifier: MIT */
/*
 * fstab.c - see fstab.h.
 */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "lib/fstab.h"
#include "lib/rootspec.h"
#include "lib/text.h"

static bool
is_octal(char c)
{
	return c >= '0' && c <= '7';
}

/* Copy one field, with its escapes undone. -1: it does not fit. */
static int
decode(const char *field, size_t len, char *dst, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		char c = field[i];

		if (n + 1 >= size)
			return -1;
		if (c == '\\' && len - i > 3 && is_octal(field[i + 1]) &&
		    is_octal(field[i + 2]) && is_octal(field[i + 3])) {
			c = (char)((field[i + 1] - '0') << 6 |
				(field[i + 2] - '0') << 3 |
				(field[i + 3] - '0'));
			i += 3;
		}
		if (c == '\0')		/* no name of anything has one */
			return -1;
		dst[n++] = c;
	}
	dst[n] = '\0';
	return 0;
}

/* The next field of the line, decoded in its place; "" at the end. */
static char *
field_of(char **line)
{
	char *start = *line + strspn(*line, " \t");
	size_t len = strcspn(start, " \t\r");

	*line = start + len + (start[len] != '\0');
	decode(start, len, start, len + 1);
	return start;
}

bool
fstab_next(char **text, struct fstab_line *line)
{
	while (**text) {
		char *rest = *text;
		size_t len = strcspn(rest, "\n");

		*text += len + (rest[len] == '\n');
		rest[len] = '\0';
		line->source = field_of(&rest);
		line->dir = field_of(&rest);
		line->types = field_of(&rest);
		line->words = field_of(&rest);
		if (line->source[0] != '#' && line->types[0])
			return true;
	}
	return false;
}

int
fstab_root(const char *text, char *spec, size_t size)
{
	const char *found = NULL;
	size_t found_len = 0;

	for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
		const char *field = text + strspn(text, " \t");
		size_t len = strcspn(field, " \t\r\n");
		const char *file = field + len + strspn(field + len, " \t");

		if (field[0] == '#' || len == 0 || file[0] != '/' ||
		    !strchr(" \t\r\n", file[1]))
			continue;
		found = field;
		found_len = len;
	}
	if (found && decode(found, found_len, spec, size) == 0)
		return 0;
	spec[0] = '\0';
	return -1;
}

static enum fstab_says
verdict(const char *known, bool same)
{
	return !known[0] ? FSTAB_UNSURE : same ? FSTAB_AGREES : FSTAB_OTHER;
}

/* /dev/NAME: mapper/x, vg0/root and root may be links to anything. */
static enum fstab_says
same_name(const char *name, const char *device)
{
	if (strcmp(name, device) == 0)
		return FSTAB_AGREES;
	return strchr(name, '/') || strcmp(name, "root") == 0 ?
		FSTAB_UNSURE : FSTAB_OTHER;
}

enum fstab_says
fstab_names(const char *spec, const struct fstab_device *device)
{
	struct root_spec s;
	struct err ignored;

	if (!spec[0])
		return FSTAB_NOTHING;
	if (rootspec_parse(spec, "", &s, &ignored) < 0)
		return FSTAB_UNSURE;
	if (s.kind == ROOT_UUID)
		return verdict(device->uuid,
			strcasecmp(s.value, device->uuid) == 0);
	if (s.kind == ROOT_LABEL)
		return verdict(device->label,
			strcmp(s.value, device->label) == 0);
	if (s.kind == ROOT_PARTUUID && s.partnroff == 0)
		return verdict(device->partuuid,
			strcasecmp(s.value, device->partuuid) == 0);
	if (s.kind == ROOT_NAME)
		return same_name(s.value, device->name);
	return FSTAB_UNSURE;
}
