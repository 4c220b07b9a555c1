/* SPDX-License-Identifier: MIT */
/*
 * supervisor.c - see supervisor.h. A crash anywhere in the worker is one
 * sentence; the next worker begins by asking what to do about it. Nothing
 * here waits without a signal to wake it, nothing loops without a fork.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <linux/reboot.h>

#include "lib/log.h"
#include "lib/sys.h"
#include "supervisor.h"

enum {
	PATIENCE_S = 60,	/* a step that takes longer is spoken of */
	CRASHES_MAX = 3		/* in a row, without an answer in between */
};

struct boot *
supervisor_boot(void)
{
	void *p = mmap(NULL, sizeof(struct boot), PROT_READ | PROT_WRITE,
		MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

/* A byte that is neither 0 nor 1 is no bool: reading it is undefined. */
static void
make_bool(bool *value)
{
	unsigned char byte;

	memcpy(&byte, value, 1);
	*value = byte != 0;
}

/* What comes from the worker is believed only within its bounds. */
static void
check_claims(struct boot *b)
{
	bool *const flag[] = { &b->ask, &b->asking, &b->plugged,
		&b->waited, &b->mounted, &b->again, &b->switched,
		&b->options.initrd_free,
		&b->kernfs.bare, &b->kernfs.base_ours,
		&b->kernfs.proc_ours, &b->kernfs.sys_ours,
		&b->kernfs.dev_ours, &b->kernfs.proc_made,
		&b->kernfs.sys_made, &b->kernfs.dev_made,
		&b->kernfs.new_root_made };
	unsigned i;

	for (i = 0; i < sizeof flag / sizeof flag[0]; i++)
		make_bool(flag[i]);
	b->cmdline[sizeof b->cmdline - 1] = '\0';
	b->kernfs.base[sizeof b->kernfs.base - 1] = '\0';
	b->options.putold[sizeof b->options.putold - 1] = '\0';
	b->options.nfsroot[sizeof b->options.nfsroot - 1] = '\0';
	b->options.nfsaddrs[sizeof b->options.nfsaddrs - 1] = '\0';
	b->device.name[sizeof b->device.name - 1] = '\0';
	b->held[sizeof b->held - 1] = '\0';
	b->root.dir[sizeof b->root.dir - 1] = '\0';
	b->root.fstype[sizeof b->root.fstype - 1] = '\0';
	b->init[sizeof b->init - 1] = '\0';
	b->err.text[sizeof b->err.text - 1] = '\0';
	if (b->contract >= CONTRACT_COUNT)
		b->contract = CONTRACT_NONE;
	if (b->outcome >= OUTCOME_COUNT)
		b->outcome = OUTCOME_NONE;
}

/* Only a supervisor that has something to say opens the log. */
static void
open_log(const struct boot *b)
{
	char path[BASE_SIZE + 8];

	snprintf(path, sizeof path, "%s/dev", b->kernfs.base);
	log_open(open(path, O_PATH | O_DIRECTORY | O_CLOEXEC));
}

static void
speak_of_slow_step(const struct supervised *s, const struct boot *b)
{
	int64_t ms = sys_now_ms() - b->step_start_ms;

	if (b->asking || ms < PATIENCE_S * 1000)
		return;
	open_log(b);
	say(LOG_WITHOUT, "%s: still at it after %lld s", s->step_name(b),
		(long long)(ms / 1000));
}

/* Wait for this worker, reaping every other child on the way. */
static int
wait_for(pid_t worker, const struct supervised *s, const struct boot *b,
	const sigset_t *child)
{
	static const struct timespec patience = { .tv_sec = PATIENCE_S };
	int status;
	pid_t pid;

	for (;;) {
		pid = waitpid(-1, &status, WNOHANG);
		if (pid == worker)
			return status;
		if (pid > 0)
			continue;
		if (sigtimedwait(child, NULL, &patience) < 0 &&
		    errno == EAGAIN)
			speak_of_slow_step(s, b);
	}
}

/* SIGCHLD stays blocked while we wait for it; the worker, and init, get the
 * mask that the kernel gave us. */
static int
run_worker(const struct supervised *s, struct boot *b)
{
	sigset_t child, old;
	int status;
	pid_t pid;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, &old);
	b->outcome = OUTCOME_NONE;
	pid = fork();
	if (pid == 0) {
		sigprocmask(SIG_SETMASK, &old, NULL);
		s->work(b);
		_exit(0);
	}
	status = pid < 0 ? -1 : wait_for(pid, s, b, &child);
	if (pid < 0)
		fail(&b->err, errno, "fork");
	sigprocmask(SIG_SETMASK, &old, NULL);
	check_claims(b);
	return status;
}

/* A crash while it asks takes nothing from the sentence asked about. */
static void
describe_crash(struct boot *b, int status)
{
	if (b->asking && b->err.text[0]) {
		open_log(b);
		say(LOG_WITHOUT, "the question crashed and is put again");
		return;
	}
	if (WIFSIGNALED(status))
		fail(&b->err, 0, "crashed: %s", strsignal(WTERMSIG(status)));
	else
		fail(&b->err, 0, "ended with status %d without a word",
			WEXITSTATUS(status));
}

/* Reap for ever: all that is left when nobody may or can answer. */
static void
stay(void)
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

/* A rehearsal, or a process that is not the machine's first, never stops
 * the machine, whatever a broken worker claims. */
static bool
may_stop_machine(const struct boot *b)
{
	return b->contract != CONTRACT_CHROOT &&
		(b->contract != CONTRACT_NONE || getpid() == 1);
}

static void
restart(const struct boot *b, unsigned howto, const char *what)
{
	if (!may_stop_machine(b))
		return;
	open_log(b);
	say(LOG_FAILED, "%s", what);
	sys_reboot(howto);
	say(LOG_FAILED, "%s: %s", what, strerror(errno));
	stay();
}

/* Nobody answers: what panic= says, as the kernel's own panic would. */
static int
unattended(const struct boot *b)
{
	if (!may_stop_machine(b))
		return 1;
	open_log(b);
	if (b->contract == CONTRACT_LINUXRC) {
		say(LOG_FAILED, "nobody answers: the kernel goes on without "
			"us and tries root= itself");
		return 1;
	}
	if (b->panic_s == 0 && !b->waited) {
		say(LOG_FAILED, "nobody answers, and panic=0: the machine "
			"stays like this until it is reset");
		stay();
	}
	if (b->panic_s > 0 && !b->waited) {
		say(LOG_FAILED, "nobody answers: reboot in %d s (panic=)",
			b->panic_s);
		sys_wait_readable(-1, -1, (int64_t)b->panic_s * 1000);
	}
	restart(b, LINUX_REBOOT_CMD_RESTART, "reboot");
	return 1;
}

/* One outcome, carried out. True: go on with another worker. */
static bool
carry_out(const struct supervised *s, struct boot *b, int *status)
{
	switch (b->outcome) {
	case OUTCOME_READY:
		if (s->leave(b, &b->err) == 0) {
			*status = 0;
			return false;
		}
		b->ask = true;
		return true;
	case OUTCOME_RETRY:
		b->ask = false;
		return true;
	case OUTCOME_REBOOT:
		restart(b, LINUX_REBOOT_CMD_RESTART, "reboot");
		break;
	case OUTCOME_POWEROFF:
		restart(b, LINUX_REBOOT_CMD_POWER_OFF, "power off");
		break;
	case OUTCOME_HALT:
		restart(b, LINUX_REBOOT_CMD_HALT, "halt");
		break;
	case OUTCOME_NONE:
	case OUTCOME_UNATTENDED:
	case OUTCOME_COUNT:
		*status = unattended(b);
		return false;
	case OUTCOME_DONE:
		*status = 0;
		return false;
	case OUTCOME_EXIT:
	case OUTCOME_FAILED:
		break;
	}
	*status = 1;
	return false;
}

int
supervisor_run(const struct supervised *s, struct boot *b)
{
	int status, crashes;

	do {
		b->asking = b->ask;
		status = run_worker(s, b);
		for (crashes = 1; b->outcome == OUTCOME_NONE &&
		    status != -1 && crashes < CRASHES_MAX; crashes++) {
			describe_crash(b, status);
			b->asking = b->ask = true;
			status = run_worker(s, b);
		}
	} while (carry_out(s, b, &status));
	return status;
}
