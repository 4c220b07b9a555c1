/* SPDX-License-Identifier: MIT */
/*
 * supervisor.c - see supervisor.h. A crash anywhere in the worker is one
 * sentence. Nothing here waits without a signal to wake it, nothing loops
 * without a fork.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/log.h"
#include "lib/sys.h"
#include "policy.h"
#include "supervisor.h"
#include "watchdog.h"

enum {
	PATIENCE_S = 60		/* a step that takes longer is spoken of */
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
		&b->waited, &b->mounted, &b->rescued, &b->kernel_nfs,
		&b->again, &b->switched, &b->configured,
		&b->options.watchdog_keep,
		&b->options.initrd_free,
		&b->kernfs.bare, &b->kernfs.base_ours,
		&b->kernfs.proc_ours, &b->kernfs.sys_ours,
		&b->kernfs.dev_ours, &b->kernfs.proc_made,
		&b->kernfs.sys_made, &b->kernfs.dev_made,
		&b->kernfs.new_root_made, &b->compat.unpacked,
		&b->compat.brd, &b->compat.done, &b->compat.as_root,
		&b->compat.is_root };
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
	if (b->locked >= ORIGIN_COUNT)
		b->locked = ORIGIN_CMDLINE;
	if (b->outcome >= OUTCOME_COUNT)
		b->outcome = OUTCOME_NONE;
}

static void
speak_of_slow_step(const struct supervised *s, const struct boot *b,
	int64_t *spoken_ms)
{
	int64_t now = sys_now_ms(), ms = now - b->step_start_ms;

	if (b->asking || ms < PATIENCE_S * 1000 ||
	    now - *spoken_ms < PATIENCE_S * 1000)
		return;
	*spoken_ms = now;
	policy_open_log(b);
	say(LOG_WITHOUT, "%s: still at it after %lld s", s->step_name(b),
		(long long)(ms / 1000));
}

/* Wait for this worker, reaping every other child on the way. */
static int
wait_for(pid_t worker, const struct supervised *s, const struct boot *b,
	const sigset_t *child)
{
	int64_t spoken_ms = 0, ms;
	struct timespec patience;
	int status;
	pid_t pid;

	for (;;) {
		pid = waitpid(-1, &status, WNOHANG);
		if (pid == worker)
			return status;
		if (pid > 0)
			continue;
		ms = watchdog_tend(b);
		if (ms < 0 || ms > PATIENCE_S * 1000)
			ms = PATIENCE_S * 1000;
		patience.tv_sec = ms / 1000;
		patience.tv_nsec = ms % 1000 * 1000000;
		if (sigtimedwait(child, NULL, &patience) < 0 &&
		    errno == EAGAIN)
			speak_of_slow_step(s, b, &spoken_ms);
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

static void
describe_crash(struct boot *b, int status)
{
	if (WIFSIGNALED(status))
		fail(&b->err, 0, "crashed: %s", strsignal(WTERMSIG(status)));
	else
		fail(&b->err, 0, "ended with status %d without a word",
			WEXITSTATUS(status));
}

/* How far the workers got that crashed, since the last answer. */
struct crashes {
	unsigned from;		/* a first crash counts from this step on */
	unsigned asking;	/* crashes of the question */
};

/*
 * The first crash in a step is a sentence, and a fresh worker goes on there;
 * the second one is a failure of that step. A crash while it asks takes
 * nothing from the sentence asked about, and the second one is no answer. True:
 * go on with another worker; from rises, so that comes to an end.
 */
static bool
go_on_after_crash(const struct supervised *s, struct boot *b,
	struct crashes *c, int status)
{
	bool first = b->step >= c->from;

	policy_open_log(b);
	/* as a full screen may have left it */
	if (b->asking && b->contract != CONTRACT_NONE &&
	    b->contract != CONTRACT_CHROOT)
		sys_quiet_console(false);
	if (b->asking && c->asking++ > 0)
		return false;
	if (b->asking && b->err.text[0]) {
		say(LOG_WITHOUT, "the question crashed and is put again");
	} else {
		describe_crash(b, status);
		if (first && !b->asking)
			say(LOG_FAILED, "%s: %s -- once more, with a fresh "
				"worker", s->step_name(b), b->err.text);
	}
	b->ask = b->asking || !first;
	c->from = b->step + 1;
	return true;
}

/* One outcome, carried out. True: go on with another worker. */
static bool
carry_out(const struct supervised *s, struct boot *b, int *status)
{
	switch (b->outcome) {
	case OUTCOME_READY:
		watchdog_leave(b);
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
	case OUTCOME_POWEROFF:
	case OUTCOME_HALT:
		policy_restart(b, b->outcome);
		break;
	case OUTCOME_NONE:
	case OUTCOME_UNATTENDED:
	case OUTCOME_COUNT:
		*status = policy_unattended(b);
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
	static const struct crashes none;
	struct crashes c = none;
	bool go_on;
	int status;

	do {
		b->asking = b->ask;
		status = run_worker(s, b);
		if (b->step >= s->steps)
			b->step = 0;
		go_on = b->outcome == OUTCOME_NONE && status != -1 &&
			go_on_after_crash(s, b, &c, status);
		if (b->outcome != OUTCOME_NONE)
			c = none;
	} while (go_on || carry_out(s, b, &status));
	return status;
}
