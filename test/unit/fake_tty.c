/* SPDX-License-Identifier: MIT */
/*
 * fake_tty.c - the part of fake_sys.h that is about terminals.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "fake_sys.h"
#include "lib/sys.h"

int
sys_poll(struct pollfd *fds, unsigned count, int64_t timeout_ms)
{
	int n;

	if (fake_record("poll %u %lld", count, (long long)timeout_ms) < 0)
		return -1;
	n = poll(fds, count, 0);
	if (n == 0 && timeout_ms < 0) {
		fprintf(stderr, "sys_poll: waits for ever\n");
		abort();
	}
	if (n == 0)
		fake_now_ms += timeout_ms;
	return n;
}

int
sys_quiet_console(bool quiet)
{
	return fake_record("quiet_console %d", quiet);
}
