/* SPDX-License-Identifier: MIT */
/*
 * once.c - see once.h. The hash is FNV-1a.
 */
#include "lib/once.h"

uint64_t
once_hash(const char *a, const char *b)
{
	uint64_t hash = 0xcbf29ce484222325;

	for (; *a; a++)
		hash = (hash ^ (unsigned char)*a) * 0x100000001b3;
	for (; *b; b++)
		hash = (hash ^ (unsigned char)*b) * 0x100000001b3;
	return hash;
}

bool
once_has(const struct once *o, uint64_t hash)
{
	for (unsigned i = 0; i < o->count; i++)
		if (o->hash[i] == hash)
			return true;
	return false;
}

void
once_add(struct once *o, uint64_t hash)
{
	if (o->count < ONCE_MAX)
		o->hash[o->count++] = hash;
}
