/* SPDX-License-Identifier: MIT */
/*
 * opttake.c - see opttake.h.
 *
 * Deviations: rootwait=N is understood on every kernel (theirs: 6.7 and
 * later); rootdelay= with anything behind its number counts as 0.
 */
#include "lib/opttake.h"

#include <limits.h>
#include <string.h>

#include "lib/text.h"

enum {
	SECONDS_MAX = INT_MAX / 1000,	/* rootwait= is int milliseconds */
	RESUMEWAIT_S = 60		/* linuxrc.conf(5), resumewait */
};

/* A page's offset in bytes fits off_t on every machine. */
#define RESUME_OFFSET_MAX (UINT64_C(1) << 46)

static int
number(const struct word *w, long min, long max, int *value, struct err *e)
{
	char digits[32];	/* far more than any int has */
	long n;

	if (word_value(w, digits, sizeof(digits)) != 0 ||
	    text_number(digits, 0, min, max, &n) != 0)
		return fail(e, 0, "must be a number from %ld to %ld",
			min, max);
	*value = (int)n;
	return 0;
}

int
opttake_seconds(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	return number(&g->word, 0, SECONDS_MAX, optword_member(o, k), e);
}

int
opttake_rootdelay(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	o->rootdelay_s = 0;	/* the kernel's idea of a bad one */
	opttake_seconds(o, k, g, e);
	return 0;
}

int
opttake_rootwait(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	o->rootwait_s = WAIT_FOREVER;	/* also the kernel's for a bad one */
	if (g->word.value != NULL)
		opttake_seconds(o, k, g, e);
	return 0;
}

int
opttake_panic(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	int seconds;

	(void)k;
	if (number(&g->word, INT_MIN, INT_MAX, &seconds, e) != 0)
		return -1;
	/* all below 0 mean the same, and -2 is NOT_GIVEN */
	o->panic_s = seconds < 0 ? -1 : seconds;
	return 0;
}

/* sscanf("%llu"): what follows the number is passed over. */
int
opttake_resume_offset(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	const char *p = g->word.value, *end = p + g->word.value_len;
	uint64_t n = 0;

	(void)k;
	if (p == end || *p < '0' || *p > '9')
		return fail(e, 0, "must be a number of pages");
	for (; p < end && *p >= '0' && *p <= '9'; p++) {
		n = n * 10 + (unsigned)(*p - '0');
		if (n > RESUME_OFFSET_MAX)
			return fail(e, 0, "too many pages for any disk");
	}
	o->resume_offset = n;
	return 0;
}

/* hibernate_setup() of kernel/power/hibernate.c: the other words are no
 * matter of ours. */
int
opttake_hibernate(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	const struct word *w = &g->word;

	(void)k, (void)e;
	if (w->value_len < 2 || memcmp(w->value, "no", 2) != 0 ||
	    (w->value_len >= 10 && memcmp(w->value, "nocompress", 10) == 0))
		return 1;
	o->noresume = true;
	return 0;
}

int
opttake_resumewait(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	(void)k, (void)g, (void)e;
	if (o->resumedelay_s < RESUMEWAIT_S)
		o->resumedelay_s = RESUMEWAIT_S;
	return 0;
}

/* SECONDS, keep, or both with a comma between them. */
int
opttake_watchdog(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	struct word w = g->word;
	bool keep = w.value_len >= 4 &&
		memcmp(w.value + w.value_len - 4, "keep", 4) == 0;
	int seconds = 0;

	(void)k;
	if (keep)
		w.value_len -= 4;
	if (keep && w.value_len > 0 && w.value[w.value_len - 1] == ',')
		w.value_len--;
	if (w.value_len > 0 && number(&w, 1, SECONDS_MAX, &seconds, e) != 0)
		return -1;
	o->watchdog_s = seconds;
	o->watchdog_keep = keep;
	return 0;
}
