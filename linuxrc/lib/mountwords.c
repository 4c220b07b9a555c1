/* SPDX-License-Identifier: MIT */
/*
 * mountwords.c - see mountwords.h.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "lib/mountopt.h"
#include "lib/mountwords.h"
#include "lib/text.h"

/* Words that are mount(2)'s flags for other things than a new mount. */
static const struct operation {
	const char *word;
	unsigned long flags;
} operations[] = {
	{ "remount", MS_REMOUNT }, { "bind", MS_BIND },
	{ "rbind", MS_BIND | MS_REC }, { "move", MS_MOVE },
	{ "shared", MS_SHARED }, { "rshared", MS_SHARED | MS_REC },
	{ "slave", MS_SLAVE }, { "rslave", MS_SLAVE | MS_REC },
	{ "private", MS_PRIVATE }, { "rprivate", MS_PRIVATE | MS_REC },
	{ "unbindable", MS_UNBINDABLE },
	{ "runbindable", MS_UNBINDABLE | MS_REC },
};

static unsigned long
operation_of(const char *word, size_t len)
{
	for (unsigned i = 0; i < sizeof operations / sizeof operations[0]; i++)
		if (strlen(operations[i].word) == len &&
		    memcmp(operations[i].word, word, len) == 0)
			return operations[i].flags;
	return 0;
}

/* A word about the loop device. 1, 0 it is none, -1. */
static int
take_loop_word(struct mountwords *o, const char *word, struct err *e)
{
	const char *value;
	bool offset;
	long n;

	if (strcmp(word, "loop") == 0) {
		o->loop = true;
		return 1;
	}
	value = text_after(word, "offset=");
	offset = value != NULL;
	if (!value)
		value = text_after(word, "sizelimit=");
	if (!value)
		return 0;
	if (text_number(value, 0, 0, LONG_MAX, &n) < 0)
		return fail(e, 0, "%.100s: no number of bytes", word);
	*(offset ? &o->offset : &o->size) = (uint64_t)n;
	return 1;
}

int
mountwords_parse(const char *words, struct mountwords *o, struct err *e)
{
	static char rest[MOUNTWORDS_SIZE], word[MOUNTWORDS_SIZE];
	unsigned long operation;
	int taken;

	memset(o, 0, sizeof *o);
	rest[0] = '\0';
	for (size_t len; *words; words += len + (words[len] == ',')) {
		len = strcspn(words, ",");
		operation = operation_of(words, len);
		o->operation |= operation;
		if (operation)
			continue;
		snprintf(word, sizeof word, "%.*s", (int)len, words);
		taken = take_loop_word(o, word, e);
		if (taken < 0)
			return -1;
		if (len >= sizeof word || (!taken && text_add(rest,
		    sizeof rest, "%s%s", rest[0] ? "," : "", word) < 0))
			return fail(e, 0, "mount options of more than %d "
				"bytes", MOUNTWORDS_SIZE - 1);
	}
	return mountopt_parse(rest, &o->flags, o->data, sizeof o->data, e);
}

bool
mountwords_has(const char *words, const char *word)
{
	size_t len;

	for (; *words; words += len + (words[len] == ',')) {
		len = strcspn(words, ",");
		if (strlen(word) == len && memcmp(words, word, len) == 0)
			return true;
	}
	return false;
}

bool
mountwords_propagation(const char *words)
{
	bool any = false;

	for (size_t len; *words; words += len + (words[len] == ',')) {
		len = strcspn(words, ",");
		if (!(operation_of(words, len) & MOUNTWORDS_PROPAGATION))
			return false;
		any = true;
	}
	return any;
}
