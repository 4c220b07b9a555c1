/* SPDX-License-Identifier: MIT */
/*
 * watchdog.c - see watchdog.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/log.h"
#include "lib/sys.h"
#include "watchdog.h"

static struct {
	bool open;
	bool silent;		/* it was said that it is not fed */
	int fd;
	int64_t period_ms;	/* between two meals */
	int64_t next_ms;
} watchdog;

static void
open_it(const struct boot *b)
{
	char path[BASE_SIZE + 16];
	int seconds = b->options.watchdog_s;

	snprintf(path, sizeof path, "%s/dev/watchdog", b->kernfs.base);
	watchdog.fd = open(path, O_WRONLY | O_CLOEXEC);
	if (watchdog.fd < 0)
		return;
	if (sys_watchdog(watchdog.fd, &seconds) < 0)
		say(LOG_WITHOUT, "watchdog: %d s: %s; it has its own time",
			b->options.watchdog_s, strerror(errno));
	watchdog.open = true;
	watchdog.silent = false;
	watchdog.period_ms = seconds > 1 ? (int64_t)seconds * 500 : 500;
	watchdog.next_ms = 0;
}

int64_t
watchdog_feed(void)
{
	int64_t now;

	if (!watchdog.open)
		return -1;
	now = sys_now_ms();
	if (now >= watchdog.next_ms) {
		if (write(watchdog.fd, "", 1) < 0)
			say(LOG_WITHOUT, "watchdog: %s", strerror(errno));
		watchdog.next_ms = now + watchdog.period_ms;
	}
	return watchdog.next_ms - now;
}

/* A byte that a worker wrote nonsense into, and has not ended yet, is no
 * bool: reading it as one is undefined. */
static bool
is_asking(const struct boot *b)
{
	unsigned char byte;

	memcpy(&byte, &b->asking, 1);
	return byte != 0;
}

int64_t
watchdog_tend(const struct boot *b)
{
	if (b->options.watchdog_s == NOT_GIVEN ||
	    b->contract == CONTRACT_CHROOT)
		return -1;
	if (!watchdog.open)
		open_it(b);
	if (is_asking(b) || sys_now_ms() < b->alive_until_ms)
		return watchdog_feed();
	if (watchdog.open && !watchdog.silent)
		say(LOG_FAILED, "no sign of life: the watchdog is not fed any "
			"more");
	watchdog.silent = watchdog.open;
	return watchdog.open ? watchdog.period_ms : -1;
}

void
watchdog_leave(const struct boot *b)
{
	if (!watchdog.open)
		return;
	/* the letter that stops it: "magic close" */
	if (write(watchdog.fd, b->options.watchdog_keep ? "" : "V", 1) < 0)
		say(LOG_WITHOUT, "watchdog: %s", strerror(errno));
	close(watchdog.fd);
	watchdog.open = false;
}
