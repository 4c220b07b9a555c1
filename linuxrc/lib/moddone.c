/* SPDX-License-Identifier: MIT */
/*
 * moddone.c - see moddone.h. What a worker that crashed left in the table is
 * believed only within its bounds.
 */
#include <stddef.h>

#include "lib/moddone.h"

/* FNV-1a. Of 64 names two are taken for one in one boot of two million. */
static uint32_t
hash_of(const char *name)
{
	uint32_t hash = 0x811c9dc5;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)(*name == '-' ? '_' : *name)) *
			0x01000193;
	return hash;
}

bool
moddone_has_failed(const struct module_failures *f, const char *name)
{
	uint32_t hash;

	if (!f || f->count == 0)
		return false;
	hash = hash_of(name);
	for (uint32_t i = 0; i < f->count && i < FAILURES_MAX; i++)
		if (f->name[i] == hash)
			return true;
	return false;
}

void
moddone_failed(struct module_failures *f, const char *name)
{
	if (f && f->count < FAILURES_MAX && !moddone_has_failed(f, name))
		f->name[f->count++] = hash_of(name);
}

void
moddone_forget(struct module_failures *f)
{
	f->count = 0;
}
