/* SPDX-License-Identifier: MIT */
/*
 * optshow.c - see optshow.h. Where the value lies and what it is stands in the
 * table of lib/optword.
 */
#include "lib/optshow.h"

#include <stdio.h>
#include <string.h>

#include "lib/optword.h"
#include "lib/text.h"

enum { TEXT_LEAST = 64 };	/* bytes of a member that is a text */

/* The nth of "A|B|C". */
static void
add_choice(const char *choices, int n, char *text, size_t size)
{
	for (; n > 0 && strchr(choices, '|'); n--)
		choices = strchr(choices, '|') + 1;
	text_add(text, size, "%.*s", (int)strcspn(choices, "|"), choices);
}

static void
add_seconds(int s, char *text, size_t size)
{
	if (s >= 0 || s == -1)
		text_add(text, size, "%d", s);
}

/* rootwait, and with a number rootwait=N. */
static void
show_rootwait(int s, char *text, size_t size)
{
	if (s == WAIT_FOREVER)
		text_copy(text, size, "rootwait");
	else if (s != NOT_GIVEN)
		text_add(text, size, "rootwait=%d", s);
}

static void
add_value(const struct boot_options *o, const struct optword *k, char *text,
	size_t size)
{
	const void *member = (const char *)o + k->offset;

	if (k->option == OPT_RESUME_OFFSET)
		text_add(text, size, "%llu", (unsigned long long)
			o->resume_offset);
	else if (k->option == OPT_ROOTFALLBACK && o->fallbacks == 0)
		return;
	else if (k->choices && k->size == sizeof(bool))
		add_choice(k->choices, *(const bool *)member, text, size);
	else if (k->choices)
		add_choice(k->choices, *(const int *)member, text, size);
	else if (k->size >= TEXT_LEAST)
		text_add(text, size, "%s", (const char *)member);
	else
		add_seconds(*(const int *)member, text, size);
}

void
optshow_word(const struct boot_options *o, enum option option, char *text,
	size_t size)
{
	const struct optword *k = optword_of(option);
	size_t len = strlen(k->word);

	text[0] = '\0';
	if (option == OPT_RW) {
		text_copy(text, size, o->rw ? "rw" : "ro");
	} else if (option == OPT_ROOTWAIT) {
		show_rootwait(o->rootwait_s, text, size);
	} else if (k->word[len - 1] != '=') {
		if (*(const bool *)((const char *)o + k->offset))
			text_copy(text, size, k->word);
	} else {
		text_copy(text, size, k->word);
		add_value(o, k, text, size);
	}
}
