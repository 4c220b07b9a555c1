/* SPDX-License-Identifier: MIT */
/*
 * choice.c - see choice.h.
 */
#include "auto.h"
#include "choice.h"
#include "lib/log.h"

#define NAME_IT "name the root: root=/dev/NAME or root=UUID=..."
enum { NAME_IT_SIZE = sizeof NAME_IT + 4 };	/* with " -- " */

static bool
is_auto(const struct wanted *want)
{
	return want->spec->kind == ROOT_AUTO;
}

static int
judge(const struct wanted *want, struct device_search *s, unsigned which,
	bool drained, struct err *e)
{
	struct root_device *d = want->device;
	int found = 0;

	if (s->spec[which]->kind != ROOT_AUTO)
		found = device_judge(s, which, d, e);
	else if (drained)
		found = auto_judge(s, which, want->whole, d, e);
	return found <= 0 || !want->whole ? found :
		whole_judge(want->whole, s, d, drained, e);
}

int
choice_make(struct wanted *want, struct device_search *s, bool drained,
	struct err *e)
{
	struct err ignored;
	int found;

	want->taken = 0;
	e->text[0] = '\0';
	found = judge(want, s, 0, drained, e);
	if (found > 0 || want->fallbacks == 0)
		return found;
	while (drained && want->taken++ < want->fallbacks)
		if (judge(want, s, want->taken, true, &ignored) > 0)
			return 1;
	want->taken = 0;
	return drained ? found : 0;
}

bool
choice_awaits_drain(const struct wanted *want)
{
	return want->fallbacks || is_auto(want) ||
		(want->whole && want->whole->degraded);
}

const char *
choice_not_there(const struct wanted *want)
{
	if (is_auto(want))
		return auto_none();
	return want->text[0] ? "not there" :
		"no root= was given, and no fallback is there";
}

void
choice_say_missing(const struct wanted *want, struct device_search *s,
	struct err *e)
{
	e->text[0] = '\0';
	if (!is_auto(want))
		judge(want, s, 0, false, e);
}

void
choice_say_no_fallback(const struct wanted *want, struct device_search *s)
{
	struct err e;

	for (unsigned i = 0; i < want->fallbacks; i++) {
		fail(&e, 0, "not there either");
		/* of auto, what is on the disks was looked at */
		judge(want, s, i + 1, want->fallback[i].kind == ROOT_AUTO, &e);
		say(LOG_WITHOUT, "linuxrc.rootfallback=%.200s: %s",
			want->fallback_text[i], e.text);
	}
}

void
choice_describe(const struct wanted *want, struct device_search *s,
	char *text, size_t size)
{
	if (!is_auto(want)) {
		device_describe(s, 0, text, size);
		return;
	}
	text[0] = '\0';
	auto_describe(&s->seen, text, size > NAME_IT_SIZE ? size -
		NAME_IT_SIZE : size);
}

int
choice_say_how(const struct wanted *want, struct err *e)
{
	return is_auto(want) ? hint(e, NAME_IT) : -1;
}
