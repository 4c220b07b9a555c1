/* SPDX-License-Identifier: MIT */
/*
 * nearest.c - see nearest.h.
 */
#include <ctype.h>
#include <limits.h>
#include <string.h>

#include "lib/nearest.h"
#include "lib/rootspec.h"
#include "lib/text.h"

/* How many characters differ, of two texts of the same length. */
static unsigned
differing(const char *a, const char *b)
{
	unsigned n = 0;

	if (strlen(a) != strlen(b))
		return UINT_MAX;
	for (; *a; a++, b++)
		n += tolower((unsigned char)*a) != tolower((unsigned char)*b);
	return n;
}

static void
one(const struct root_spec *spec, const struct seen_device *p, char *text,
	size_t size)
{
	const char *found = spec->kind == ROOT_UUID ? p->uuid : p->label;
	const char *name = rootspec_prefix(spec->kind);

	if (differing(p->partuuid, spec->value) == 0 && p->partuuid[0])
		text_add(text, size, "; that is the PARTUUID of %s", p->name);
	if (!found[0] || (spec->kind != ROOT_UUID && spec->kind != ROOT_LABEL))
		return;
	if (p->usage != BLK_FILESYSTEM && strcmp(found, spec->value) == 0)
		text_add(text, size, "; %s has this tag, but %s is never "
			"taken by a tag", p->name, p->type);
	else if (spec->kind == ROOT_LABEL && strcmp(found, spec->value) != 0 &&
	    differing(found, spec->value) == 0)
		text_add(text, size, "; the LABEL of %s is %s, in other "
			"letters", p->name, found);
	else if (differing(found, spec->value) == 1)
		text_add(text, size, "; the %.*s differs from that of %s in "
			"one character", (int)strlen(name) - 1, name, p->name);
}

void
nearest_match(const struct root_spec *spec, const struct seen *seen,
	char *text, size_t size)
{
	for (unsigned i = 0; i < seen->count; i++)
		one(spec, &seen->device[i], text, size);
}
