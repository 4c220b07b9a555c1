/* SPDX-License-Identifier: MIT */
/*
 * optcompat.c - see optcompat.h.
 */
#include <limits.h>

#include "lib/optcompat.h"
#include "lib/text.h"

int
optcompat_at(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	if (g->word.value && word_value(&g->word, o->compat_at, k->size) != 0)
		return fail(e, 0, "longer than %zu bytes", k->size - 1);
	o->compat = true;
	return 0;
}

int
optcompat_kib(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	char digits[32];	/* far more than any int has */
	long kib;

	if (word_value(&g->word, digits, sizeof digits) != 0 ||
	    text_number(digits, 0, 0, INT_MAX, &kib) != 0)
		return fail(e, 0, "must be a number of KiB up to %d", INT_MAX);
	*(int *)((char *)o + k->offset) = (int)kib;
	return 0;
}
