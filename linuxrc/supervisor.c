/* SPDX-License-Identifier: MIT */
/*
 * supervisor.c - see supervisor.h. A crash anywhere in the worker is one
 * sentence. Nothing here waits without a signal to wake it, nothing loops
 * without a fork.
 */
#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "claims.h"
#include "crash.h"
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
	claims_check(b);
	return status;
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
			crash_go_on(&c, b, s->step_name(b), status);
		if (b->outcome != OUTCOME_NONE)
			c = none;
	} while (go_on || carry_out(s, b, &status));
	return status;
}
