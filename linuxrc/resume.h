/* SPDX-License-Identifier: MIT */
/*
 * resume - give the kernel the device that a suspended system is on, so that
 * it goes on with that instead of booting: resume=, as swsusp.rst in
 * Documentation/power and kernel-parameters.txt have it. Only before anything
 * was mounted: the suspended system takes its disks to be as it left them.
 *
 * That the kernel has looked itself, with drivers that are built in, does no
 * harm: an image that it found would be running now, and one that it could
 * not use it has marked as used.
 */
#ifndef LINUXRC_RESUME_H
#define LINUXRC_RESUME_H

#include "boot.h"

enum {
	RESUME_QUIET_S = 5,	/* its device may come that long after the
				   last event: linuxrc.conf(5), resume */
	RESUME_MOST_S = 30	/* but no later than this */
};

/* True when resume= is given. */
bool
resume_is_asked(const struct boot *b);

/*
 * What is meant, into *spec. 0; -1: the kernel cannot resume, it is too late
 * for that, or resume= is not spelt as a device.
 */
int
resume_prepare(const struct boot *b, const struct places *at,
	struct root_spec *spec, struct err *e);

/*
 * Have the kernel look at the device d: does not return when it goes on with
 * a suspended system. 0: there is none; 1: there is one, but only process 1
 * can ask for it; -1: there was one, and what became of it, or the kernel
 * cannot be asked. An image that is there and cannot be used is lost: the
 * kernel marks it as used before it reads on.
 */
int
resume_from(const struct root_device *d, const struct boot *b,
	const struct places *at, struct err *e);

#endif
