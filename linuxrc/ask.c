/* SPDX-License-Identifier: MIT */
/*
 * ask.c - see ask.h.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ask.h"
#include "console.h"
#include "dialog.h"
#include "lib/log.h"
#include "lib/optline.h"
#include "lib/options.h"
#include "lib/optshow.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "menus.h"
#include "policy.h"
#include "shell.h"
#include "steps.h"

/*
 * linuxrc.lock: whatever the front end offers, nothing that is typed counts,
 * there is no shell, and the kernel does not try what its command line says.
 */
static bool
lock_refuses(const struct boot *b, const struct answer *a)
{
	char why[128];
	bool refused = a->request == REQUEST_SHELL ||
		a->request == REQUEST_KERNEL ||
		(a->request == REQUEST_RETRY && a->words[0]);

	if (b->locked == ORIGIN_DEFAULT || !refused)
		return false;
	snprintf(why, sizeof why, "linuxrc.lock is set in the %s",
		options_origin(b->locked));
	say(LOG_WITHOUT, "the question: refused: %s", why);
	dialog_tell(why);
	return true;
}

/* The words in place of those that set the same options before. */
static int
take_words(struct boot *b, const char *words, char typed[static TYPED_SIZE],
	struct err *e)
{
	static char root[ROOT_TEXT_SIZE];
	struct boot_options *o = &b->options;

	if (optline_correct(b->typed, words, CONTRACT_NONE, typed,
	    TYPED_SIZE) < 0)
		return fail(e, 0, "too much has been typed, no more than %d "
			"bytes are kept", TYPED_SIZE - 1);
	text_copy(root, sizeof root, o->root);
	o->unknown[0] = '\0';	/* those of the command line */
	if (options_take(o, words, ORIGIN_DIALOG, b->contract, e) < 0)
		return -1;
	if (o->unknown[0])
		return fail(e, 0, "%s: no option of that name", o->unknown);
	if (b->switched && strcmp(o->root, root) != 0)
		return fail(e, 0, "the root is / already and stays it; "
			"another init= can still be given");
	return 0;
}

bool
ask_take_typed(struct boot *b, const char *words)
{
	static struct boot_options before;
	static char typed[TYPED_SIZE];
	struct err e;

	before = b->options;
	if (take_words(b, words, typed, &e) < 0) {
		b->options = before;
		dialog_tell(e.text);
		return false;
	}
	text_copy(b->typed, sizeof b->typed, typed);
	moddone_forget(&b->failed_modules);
	return true;
}

/* True when the question is over. */
static bool
decide(struct boot *b, const struct places *at, const struct answer *a,
	struct failure *f)
{
	if (lock_refuses(b, a))
		return false;
	switch (a->request) {
	case REQUEST_RETRY:
		if (a->words[0] && !ask_take_typed(b, a->words))
			return false;
		f->words = a->words;
		b->outcome = OUTCOME_RETRY;
		return true;
	case REQUEST_SHELL:
		shell_run(b, at, dialog_lend(), NULL);
		dialog_take_back();
		return false;
	case REQUEST_REBOOT:
		b->outcome = OUTCOME_REBOOT;
		return true;
	case REQUEST_POWEROFF:
		b->outcome = OUTCOME_POWEROFF;
		return true;
	case REQUEST_KERNEL:
		b->outcome = OUTCOME_EXIT;
		return true;
	case REQUEST_TIMEOUT:
		b->waited = true;
		/* fall through */
	case REQUEST_NOBODY:
		break;
	case REQUEST_BACK:
	case REQUEST_ROOTS:
	case REQUEST_OPTIONS:
	case REQUEST_MODULES:
	case REQUEST_NETWORK:
	case REQUEST_LOG:
	case REQUEST_HARDWARE:
		return false;
	}
	b->outcome = OUTCOME_UNATTENDED;
	return true;
}

/*
 * linuxrc.onfail= other than the question. With a countdown the question is
 * put all the same, and what onfail= says is what happens at its end.
 */
static bool
decide_at_once(struct boot *b, const struct places *at)
{
	int s = policy_seconds(b);

	if (!b->console || b->options.ui == UI_NONE || s == 0)
		b->outcome = OUTCOME_UNATTENDED;
	else if (s < 0)
		b->outcome = policy_outcome(b);
	if (b->options.onfail == ONFAIL_SHELL && b->console && s < 0)
		shell_run(b, at, -1, NULL);
	return b->outcome != OUTCOME_NONE;
}

/* A worker that crashed before it knew the contract: who was started as the
 * kernel starts /init or /linuxrc asks. */
static bool
is_rehearsal(const struct boot *b)
{
	return b->contract == CONTRACT_CHROOT || b->rehearsal ||
		(b->contract == CONTRACT_NONE && b->pid != 1 &&
		 b->pid != b->sid);
}

/* What "try again" would do, from the options as they are now. */
static void
describe_plan(const struct boot *b, char *plan, size_t size)
{
	const struct boot_options *o = &b->options;
	char word[ROOT_TEXT_SIZE + 16];

	optshow_word(o, OPT_ROOT, word, sizeof word);
	plan[0] = '\0';
	text_add(plan, size, "%.300s (%s), %s, init: %.200s",
		o->root[0] ? word : "no root=",
		options_origin((enum origin)o->origin[OPT_ROOT]),
		o->rw ? "rw" : "ro", o->init[0] ? o->init :
		"the first of /sbin/init, /etc/init, /bin/init, /bin/sh");
}

/* What to tell the boot loader so that nothing has to be typed next time; NULL
 * when nothing was. */
static const char *
corrected_line(const struct boot *b)
{
	static char line[CMDLINE_SIZE], text[CMDLINE_SIZE + 32];

	if (b->outcome != OUTCOME_RETRY || !b->typed[0] ||
	    optline_correct(b->cmdline, b->typed, b->contract, line,
	    sizeof line) < 0)
		return NULL;
	say(LOG_STEP, "for the boot loader: %s", line);
	snprintf(text, sizeof text, "For the boot loader: %s", line);
	return text;
}

void
ask(struct boot *b, const struct places *at, struct failure *f)
{
	char plan[NAME_SIZE * 3];
	bool free = b->locked == ORIGIN_DEFAULT;
	struct question q = {
		.typed = free ? f->typed : "",
		.shell = shell_find(b) != NULL,
		.kernel = free && policy_has_kernel(b),
		.deadline_ms = -1, .then = policy_words(b),
		.plan = plan, .menus = menus_are_there(),
		.roots = !b->switched,
	};
	char line[ERR_TEXT_SIZE + 128];
	static struct answer a;

	say(LOG_FAILED, "%s", f->sentence);
	if (is_rehearsal(b)) {
		b->outcome = OUTCOME_FAILED;
		return;
	}
	/* a session of its own: a terminal's signals are not for PID 1 */
	setsid();
	/* its driver may have come since the kernel looked for one */
	if (!b->console)
		b->console = console_open(at->dev);
	if (decide_at_once(b, at))
		return;
	/* once: if that crashes, the question does without */
	if (f->drivers && !b->plugged) {
		b->plugged = true;
		steps_before_question(b);
	}
	snprintf(line, sizeof line, "linuxrc: %s", f->sentence);
	q.sentence = line;
	if (policy_seconds(b) > 0)
		q.deadline_ms = sys_now_ms() + 1000LL * policy_seconds(b);
	dialog_open_consoles(at, b->options.ui);
	do {
		describe_plan(b, plan, sizeof plan);
		dialog_ask(&q, &a);
		q.deadline_ms = -1;	/* somebody is there */
		if (menus_follow(b, at, &a))
			f->unmounted = true;
	} while (!decide(b, at, &a, f));
	dialog_close(corrected_line(b));
}
