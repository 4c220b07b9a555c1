/* SPDX-License-Identifier: MIT */
/*
 * menus.c - in place of the part menus: menus.h and rescue.h. The question
 * stays, with an option that is typed, the shell and the end of the machine.
 */
#include "lib/log.h"
#include "lib/text.h"
#include "menus.h"
#include "rescue.h"
#include "without/without.h"

bool
menus_are_there(void)
{
	return false;
}

bool
menus_follow(struct boot *b, const struct places *at, struct answer *a)
{
	(void)b, (void)at, (void)a;
	return false;
}

bool
rescue_is_asked(const struct boot *b)
{
	return b->options.rescue && !b->rescued;
}

/* Once: who tries again boots. */
int
step_rescue(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	b->rescued = true;
	without("linuxrc.rescue", "menus", "menus", e);
	if (b->locked == ORIGIN_DEFAULT)
		return -1;
	say(LOG_WITHOUT, "%s", e->text);
	text_copy(note, NOTE_SIZE, "not there");
	return 0;
}
