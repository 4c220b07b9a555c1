/* SPDX-License-Identifier: MIT */
/*
 * form.c - see form.h. A new format is a file of its own and a line here.
 */
#include <string.h>

#include "form.h"
#include "memory.h"

static const struct form forms[] = {
	{ "cpio", SQUEEZE_GZIP, true, form_cpio },
	{ "ext2", SQUEEZE_GZIP, false, form_ext2 },
	{ "minix", SQUEEZE_GZIP, false, form_minix },
	{ "romfs", SQUEEZE_GZIP, false, form_romfs },
	/* compressed in themselves */
	{ "cramfs", SQUEEZE_NONE, false, form_cramfs },
	{ "squashfs", SQUEEZE_NONE, false, form_squashfs },
};

enum { FORMS = sizeof forms / sizeof forms[0] };

const struct form *
form_find(const char *name)
{
	for (unsigned i = 0; name && i < FORMS; i++)
		if (strcmp(name, forms[i].name) == 0)
			return &forms[i];
	return name ? NULL : &forms[0];
}

const char *
form_names(void)
{
	const char *names = forms[0].name;

	for (unsigned i = 1; i < FORMS; i++)
		names = memory_text("%s|%s", names, forms[i].name);
	return names;
}
