/* SPDX-License-Identifier: MIT */
/*
 * policy.c - see policy.h. panic= is the kernel's own word and means here
 * what it means to its panic: >0 a reboot after so many seconds, <0 at once,
 * 0 never.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/reboot.h>

#include "lib/log.h"
#include "lib/sys.h"
#include "policy.h"
#include "watchdog.h"

int
policy_seconds(const struct boot *b)
{
	if (b->panic_s != 0)
		return b->panic_s < 0 ? 0 : b->panic_s;
	return b->options.timeout_s > 0 ? b->options.timeout_s : -1;
}

bool
policy_has_kernel(const struct boot *b)
{
	return b->locked == ORIGIN_DEFAULT &&
		(b->contract == CONTRACT_LINUXRC || b->pid != 1);
}

enum outcome
policy_outcome(const struct boot *b)
{
	switch (b->options.onfail) {
	case ONFAIL_REBOOT:
		return OUTCOME_REBOOT;
	case ONFAIL_POWEROFF:
		return OUTCOME_POWEROFF;
	case ONFAIL_HALT:
		return OUTCOME_HALT;
	case ONFAIL_EXIT:	/* PID 1 never exits */
		return policy_has_kernel(b) ? OUTCOME_EXIT : OUTCOME_NONE;
	case ONFAIL_DIALOG:
	case ONFAIL_SHELL:
		break;
	}
	return OUTCOME_NONE;
}

/* As policy_outcome(), but never OUTCOME_NONE. */
static enum outcome
last_branch(const struct boot *b)
{
	enum outcome asked = policy_outcome(b);

	if (asked != OUTCOME_NONE)
		return asked;
	return policy_has_kernel(b) ? OUTCOME_EXIT : OUTCOME_REBOOT;
}

static const char *
words_of(enum outcome how)
{
	return how == OUTCOME_POWEROFF ? "power off" :
		how == OUTCOME_HALT ? "halt" :
		how == OUTCOME_EXIT ? "let the kernel try" : "reboot";
}

const char *
policy_words(const struct boot *b)
{
	return words_of(last_branch(b));
}

static bool
may_stop_machine(const struct boot *b)
{
	return b->contract != CONTRACT_CHROOT &&
		(b->contract != CONTRACT_NONE || getpid() == 1);
}

void
policy_open_log(const struct boot *b)
{
	char path[BASE_SIZE + 8];

	if (!may_stop_machine(b)) {	/* its log is not ours either */
		log_to_stderr();
		return;
	}
	snprintf(path, sizeof path, "%s/dev", b->kernfs.base);
	log_open(open(path, O_PATH | O_DIRECTORY | O_CLOEXEC));
}

_Noreturn void
policy_stay(void)
{
	sigset_t child;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	for (;;) {
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		sigwaitinfo(&child, NULL);
	}
}

void
policy_restart(const struct boot *b, enum outcome how)
{
	unsigned howto = how == OUTCOME_POWEROFF ? LINUX_REBOOT_CMD_POWER_OFF :
		how == OUTCOME_HALT ? LINUX_REBOOT_CMD_HALT :
		LINUX_REBOOT_CMD_RESTART;

	if (!may_stop_machine(b))
		return;
	policy_open_log(b);
	say(LOG_FAILED, "%s", words_of(how));
	/* a machine that was halted is not to begin anew */
	if (how != OUTCOME_REBOOT)
		watchdog_leave(b);
	sys_reboot(howto);
	say(LOG_FAILED, "%s: %s", words_of(how), strerror(errno));
	policy_stay();
}

/* The countdown is ours: a watchdog is fed until its end. */
static void
wait_seconds(int seconds)
{
	int64_t left = (int64_t)seconds * 1000;
	int64_t end = sys_now_ms() + left, meal;

	while (left > 0) {
		meal = watchdog_feed();
		sys_wait_readable(-1, -1, meal >= 0 && meal < left ? meal :
			left);
		if (meal < 0)
			return;
		left = end - sys_now_ms();
	}
}

int
policy_unattended(const struct boot *b)
{
	enum outcome how = last_branch(b);
	int seconds = policy_seconds(b);

	if (!may_stop_machine(b))
		return 1;
	policy_open_log(b);
	if (how == OUTCOME_EXIT) {
		say(LOG_FAILED, "nobody answers: the kernel goes on without "
			"us and tries root= itself");
		return 1;
	}
	if (seconds < 0 && !b->waited && policy_outcome(b) == OUTCOME_NONE) {
		say(LOG_FAILED, "nobody answers, and panic=0: the machine "
			"stays like this until it is reset");
		policy_stay();
	}
	if (seconds > 0 && !b->waited) {
		say(LOG_FAILED, "nobody answers: %s in %d s (%s)",
			words_of(how), seconds, b->panic_s != 0 ? "panic=" :
			"linuxrc.timeout=");
		wait_seconds(seconds);
	}
	policy_restart(b, how);
	return 1;
}
