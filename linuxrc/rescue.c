/* SPDX-License-Identifier: MIT */
/*
 * rescue.c - see rescue.h. What is large here is touched when it is asked for.
 */
#include <stdio.h>
#include <unistd.h>

#include "console.h"
#include "dialog.h"
#include "lib/log.h"
#include "lib/options.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "menus.h"
#include "policy.h"
#include "rescue.h"
#include "steps.h"
#include "sysroot.h"
#include "system.h"

/* What stands below the systems. */
enum tool { LOOK_AGAIN, SHELL, LOG, HARDWARE, GO_ON, REBOOT, POWER_OFF,
	TOOL_COUNT };

static struct {
	struct boot *boot;
	const struct places *at;
	const struct rootlist *roots;
	unsigned chosen;
	struct page_item item[ROOTLIST_MAX + TOOL_COUNT];
	struct page_answer got;
	struct answer answer;
} menu;

static void
look(struct err *e)
{
	menu.roots = system_list(menu.boot, menu.at, e);
	for (unsigned i = 0; i < menu.roots->count; i++)
		menu.item[i] = (struct page_item){ menu.roots->entry[i].text,
			menu.roots->entry[i].note };
}

static unsigned
offer_tools(unsigned count)
{
	static const char *const tools[TOOL_COUNT] = {
		[LOOK_AGAIN] = "look at the disks again",
		[SHELL] = "shell", [LOG] = "log", [HARDWARE] = "hardware",
		[GO_ON] = "go on with the boot",
		[REBOOT] = "reboot", [POWER_OFF] = "power off",
	};

	for (unsigned i = 0; i < TOOL_COUNT; i++)
		menu.item[count + i] = (struct page_item){ tools[i], NULL };
	return count + TOOL_COUNT;
}

static bool
view(enum request request)
{
	menu.answer.request = request;
	menus_follow(menu.boot, menu.at, &menu.answer);
	if (menu.answer.request != REQUEST_NOBODY)
		return false;
	menu.boot->outcome = OUTCOME_UNATTENDED;
	return true;
}

/* True when the menu is over. */
static bool
use(enum tool tool, struct err *e)
{
	struct boot *b = menu.boot;

	switch (tool) {
	case LOOK_AGAIN:
		look(e);
		return false;
	case SHELL:
		system_shell();
		return false;
	case LOG:
		return view(REQUEST_LOG);
	case HARDWARE:
		return view(REQUEST_HARDWARE);
	case GO_ON:
		b->rescued = true;
		b->outcome = OUTCOME_RETRY;
		break;
	case REBOOT:
		b->outcome = OUTCOME_REBOOT;
		break;
	case POWER_OFF:
		b->outcome = OUTCOME_POWEROFF;
		break;
	case TOOL_COUNT:
		return false;
	}
	return true;
}

/* What became of a page that has no choice. True when the menu is over. */
static bool
is_unanswered(enum page_end end)
{
	if (end != PAGE_TIMEOUT && end != PAGE_NOBODY)
		return false;
	menu.boot->waited = end == PAGE_TIMEOUT;
	menu.boot->outcome = OUTCOME_UNATTENDED;
	return true;
}

static bool
follow(enum page_end end, struct err *e)
{
	unsigned chosen = menu.got.chosen;

	if (end != PAGE_CHOSEN)
		return is_unanswered(end);
	menu.chosen = chosen;
	if (chosen >= menu.roots->count)
		return use((enum tool)(chosen - menu.roots->count), e);
	end = system_page(chosen);
	return end == PAGE_CHOSEN || is_unanswered(end);
}

static void
put(struct boot *b)
{
	char text[ERR_TEXT_SIZE + 128];
	struct page p = { .kind = PAGE_MENU, .top = true, .title = "rescue",
		.text = text, .prompt = "Number, or the name of a system: ",
		.item = menu.item, .deadline_ms = -1,
		.then = policy_words(b) };
	struct err e;

	if (policy_seconds(b) > 0)
		p.deadline_ms = sys_now_ms() + 1000LL * policy_seconds(b);
	dialog_open_consoles(menu.at, b->options.ui);
	look(&e);
	menu.chosen = menu.roots->likely;
	do {
		snprintf(text, sizeof text, "linuxrc.rescue: what is there, "
			"and what can be done%s%s", e.text[0] ? ": " : "",
			e.text);
		p.count = offer_tools(menu.roots->count);
		p.chosen = menu.chosen < p.count ? menu.chosen : 0;
	} while (!follow(dialog_page(&p, &menu.got), &e));
	dialog_close(NULL);
}

bool
rescue_is_asked(const struct boot *b)
{
	return b->options.rescue && !b->rescued;
}

/* The rules of the question: ask.c. */
static bool
somebody_is_there(struct boot *b)
{
	if (!b->console)
		b->console = console_open(menu.at->dev);
	return b->console && b->options.ui != UI_NONE &&
		policy_seconds(b) != 0;
}

int
step_rescue(struct boot *b, char note[static NOTE_SIZE], struct err *e)
{
	menu.boot = b;
	menu.at = steps_places();
	if (b->contract == CONTRACT_CHROOT) {
		text_copy(note, NOTE_SIZE, "not shown in a rehearsal");
		return 0;
	}
	if (b->locked != ORIGIN_DEFAULT) {
		b->rescued = true;
		say(LOG_WITHOUT, "linuxrc.rescue: refused: linuxrc.lock is "
			"set in the %s", options_origin(b->locked));
		text_copy(note, NOTE_SIZE, "refused");
		return 0;
	}
	if (!somebody_is_there(b)) {
		b->outcome = OUTCOME_UNATTENDED;
		text_copy(note, NOTE_SIZE, "nobody can be asked");
		return 0;
	}
	b->asking = true;	/* a crash from now on is the question's */
	setsid();
	if (sysroot_apart(e) < 0)
		return -1;
	if (!b->plugged) {
		b->plugged = true;
		steps_before_question(b);
	}
	put(b);
	text_copy(note, NOTE_SIZE, "left");
	return 0;
}
