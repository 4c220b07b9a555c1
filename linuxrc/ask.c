/* SPDX-License-Identifier: MIT */
/*
 * ask.c - see ask.h.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "console.h"
#include "dialog.h"
#include "lib/log.h"
#include "lib/options.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "steps.h"

static const char *const SHELLS[] = { "/bin/sh", "/sbin/sh", "/bin/busybox" };

static const char *
find_shell(void)
{
	unsigned i;

	for (i = 0; i < sizeof SHELLS / sizeof SHELLS[0]; i++)
		if (access(SHELLS[i], X_OK) == 0)
			return SHELLS[i];
	return NULL;
}

static void
run_shell(const struct places *at)
{
	const char *path = find_shell();
	char *argv[] = { (char[]){ "sh" }, NULL };
	char *envp[] = { (char[]){ "HOME=/" }, (char[]){ "TERM=linux" },
		(char[]){ "PATH=/sbin:/bin:/usr/sbin:/usr/bin" }, NULL };
	pid_t pid;

	if (!path)
		return;
	pid = fork();
	if (pid == 0) {
		console_take_terminal(at->sys, at->dev);
		sys_execve(path, argv, envp);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

static int
take_words(struct boot *b, const char *words, const char *root, struct err *e)
{
	struct boot_options *o = &b->options;

	if (strlen(b->typed) + strlen(words) + 2 > sizeof b->typed)
		return fail(e, 0, "too much has been typed, no more than %d "
			"bytes are kept", TYPED_SIZE - 1);
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

/*
 * A typed option counts from now on, and for every later worker. Of words
 * with a fault none counts: what is not told is not done.
 */
static bool
take_typed(struct boot *b, const char *words)
{
	static struct boot_options before;
	struct err e;

	before = b->options;
	if (take_words(b, words, before.root, &e) < 0) {
		b->options = before;
		dialog_tell(e.text);
		return false;
	}
	if (b->typed[0])
		text_append(b->typed, sizeof b->typed, " ");
	text_append(b->typed, sizeof b->typed, words);
	moddone_forget(&b->failed_modules);
	return true;
}

static void
open_dialog(void)
{
	static const struct dialog_terminal console = { .in = 0, .out = 1,
		.name = "the console" };

	dialog_open(&console, 1);
}

/* True when the question is over. */
static bool
decide(struct boot *b, const struct places *at, const struct answer *a,
	const struct failure *f)
{
	switch (a->request) {
	case REQUEST_RETRY:
		if (a->words[0] && !take_typed(b, a->words))
			return false;
		b->step = a->words[0] ? f->changed : f->again;
		b->outcome = OUTCOME_RETRY;
		return true;
	case REQUEST_SHELL:
		dialog_close();
		run_shell(at);
		open_dialog();
		b->mounted = true;	/* as far as we know */
		moddone_forget(&b->failed_modules);
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
	case REQUEST_BACK:
		break;
	}
	b->outcome = OUTCOME_UNATTENDED;
	return true;
}

/* Seconds that a person has for the answer; 0: none at all; -1: no limit. */
static int
time_to_answer(const struct boot *b)
{
	if (b->panic_s != 0)
		return b->panic_s < 0 ? 0 : b->panic_s;
	return b->options.timeout_s > 0 ? b->options.timeout_s : -1;
}

/* linuxrc.onfail= other than the question. */
static bool
decide_at_once(struct boot *b, const struct places *at)
{
	static const enum outcome verdict[] = {
		[ONFAIL_DIALOG] = OUTCOME_NONE,
		[ONFAIL_SHELL] = OUTCOME_NONE,
		[ONFAIL_REBOOT] = OUTCOME_REBOOT,
		[ONFAIL_POWEROFF] = OUTCOME_POWEROFF,
		[ONFAIL_HALT] = OUTCOME_HALT,
		[ONFAIL_EXIT] = OUTCOME_EXIT,
	};

	if (b->options.onfail == ONFAIL_SHELL && b->console) {
		run_shell(at);
		b->mounted = true;
	}
	b->outcome = verdict[b->options.onfail];
	if (b->outcome == OUTCOME_EXIT && b->contract != CONTRACT_LINUXRC)
		b->outcome = OUTCOME_NONE;	/* PID 1 never exits */
	if (b->outcome == OUTCOME_NONE &&
	    (!b->console || time_to_answer(b) == 0))
		b->outcome = OUTCOME_UNATTENDED;
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

void
ask(struct boot *b, const struct places *at, const struct failure *f)
{
	bool helper = b->contract == CONTRACT_LINUXRC || b->pid != 1;
	struct question q = {
		.typed = f->typed,
		.shell = find_shell() != NULL, .kernel = helper,
		.deadline_ms = -1,
		.then = helper ? "let the kernel try" : "reboot",
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
	if (time_to_answer(b) > 0)
		q.deadline_ms = sys_now_ms() + 1000LL * time_to_answer(b);
	open_dialog();
	do {
		dialog_ask(&q, &a);
		q.deadline_ms = -1;	/* somebody is there */
	} while (!decide(b, at, &a, f));
	dialog_close();
}
