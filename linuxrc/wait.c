/* SPDX-License-Identifier: MIT */
/*
 * wait.c - see wait.h.
 */
#include <stdio.h>
#include <string.h>

#include "device.h"
#include "drivers.h"
#include "lib/log.h"
#include "lib/sys.h"
#include "wait.h"

enum {
	QUIET_S = 30,		/* nothing given: this long after the last
				   event: linuxrc.conf(5) */
	SPEAK_MS = 5000,	/* a line about the waiting this often */
	LOOK_MS = 100		/* between looks, without uevents */
};

static int uevents = -1;

static struct wait {		/* large; one search at a time */
	const struct wanted *want;
	const struct root_spec *spec;	/* what is searched */
	bool looked;		/* found is news of wait_load_drivers() */
	int found;		/* as device_scan() said */
	const struct places *at;
	bool console;		/* somebody could press a key */
	int64_t start_ms, speak_ms;
	int64_t deadline_ms;	/* -1: none */
	int64_t limit_ms;	/* events move it no further; -1: none */
	struct device_search search;
} the_wait;

static struct wait *
begin(const struct root_spec *spec, const struct boot *b,
	const struct places *at)
{
	struct wait *w = &the_wait;

	w->at = at;
	w->spec = spec;
	w->looked = false;
	device_search_begin(&w->search, spec, at);
	w->search.seen.at.look_only = b->contract == CONTRACT_CHROOT;
	return w;
}

static bool
look(struct wait *w, struct root_device *d, struct err *e)
{
	w->found = device_scan(&w->search, d, e);
	return w->found != 0;
}

/* A name is one device; a tag may be on any. */
static bool
is_named(const struct root_spec *spec)
{
	return spec->kind == ROOT_NAME || spec->kind == ROOT_NUMBER;
}

void
wait_load_drivers(struct boot *b, const struct places *at)
{
	struct wait *w = begin(&b->spec, b, at);
	bool named = is_named(&b->spec);
	struct err e;	/* said already, or by wait_for_device() later */

	w->looked = true;
	if (b->options.coldplug == COLDPLUG_ALL)
		drivers_coldplug(at, &e);
	for (;;) {
		if (named && look(w, &b->device, &e))
			return;
		if (drivers_next(at, DRIVERS_FOR_STORAGE, &e) > 0)
			continue;
		if (!named && look(w, &b->device, &e))
			return;
		if (drivers_next(at, DRIVERS_FOR_ALL, &e) <= 0)
			return;
	}
}

/*
 * A device that is there already costs no socket, and the kernel no events.
 * Only now that something is waited for it is opened, and then everything is
 * looked at once more: so nothing that came in between is lost.
 */
static int
begin_to_listen(struct wait *w, struct err *e)
{
	struct err why;

	if (uevents < 0 && (uevents = uevent_open(&why)) < 0)
		say(LOG_WITHOUT, "no uevents, /sys is looked at instead: %s",
			why.text);
	drivers_coldplug(w->at, &why);
	return device_scan(&w->search, w->want->device, e);
}

/* -1 for a time that never comes. */
static int64_t
after(int64_t start_ms, int64_t s)
{
	return s == WAIT_FOREVER ? -1 : start_ms + s * 1000;
}

/* An event came: something is still going on. */
static void
stay_awake(struct wait *w)
{
	int64_t later = after(sys_now_ms(), w->want->quiet_s);

	if (w->want->quiet_s == 0 || w->deadline_ms < 0)
		return;
	if (w->limit_ms >= 0 && later > w->limit_ms)
		later = w->limit_ms;
	if (later > w->deadline_ms)
		w->deadline_ms = later;
}

/*
 * All events that are waiting, since a twin may be in the last of them; but no
 * driver more when the device is there. As device_scan().
 */
static int
take_events(struct wait *w, struct err *e)
{
	static struct uevent u;
	struct root_device *d = w->want->device;
	struct err driver;
	int got, result, found = 0;

	while ((got = uevent_read(uevents, &u)) > 0) {
		stay_awake(w);
		if (found == 0)	/* a module that failed has been spoken of */
			drivers_event(&u, &driver);
		result = device_event(&w->search, &u, d, e);
		if (result != 0 || strcmp(u.subsystem, "block") == 0)
			found = result;
	}
	if (got == 0)
		return found;
	/* Events were lost: look at everything once more. */
	drivers_coldplug(w->at, &driver);
	return device_scan(&w->search, d, e);
}

static void
speak(struct wait *w)
{
	char seen[512];
	int64_t now = sys_now_ms();

	if (now < w->speak_ms)
		return;
	w->speak_ms = now + SPEAK_MS;
	device_describe(&w->search, seen, sizeof seen);
	say(LOG_STEP, "waiting for %s=%.256s since %lld s; saw %s%s",
		w->want->word, w->want->text,
		(long long)(now - w->start_ms) / 1000, seen,
		w->deadline_ms < 0 && w->console ?
		"; Enter ends the waiting" : "");
}

static int
give_up(struct wait *w, const char *why, struct err *e)
{
	const char *text = w->want->text;
	char seen[ERR_TEXT_SIZE];

	if (text[0])
		fail(e, 0, "%s=%.160s%s: %s", w->want->word, text,
			strlen(text) > 160 ? "..." : "", why);
	else
		fail(e, 0, "%s", why);
	device_describe(&w->search, seen, sizeof seen - strlen(e->text) -
		sizeof " -- saw ");
	return hint(e, "saw %s", seen);
}

static int64_t
until_next(const struct wait *w)
{
	int64_t now = sys_now_ms();
	int64_t next = w->speak_ms;

	if (w->deadline_ms >= 0 && w->deadline_ms < next)
		next = w->deadline_ms;
	if (uevents < 0 && next > now + LOOK_MS)
		next = now + LOOK_MS;
	return next > now ? next - now : 0;
}

/* A key is listened for only where nothing else ends the waiting. */
static int
wait_on(struct wait *w, struct err *e)
{
	char why[64];
	int ready, found = 0;

	for (;;) {
		ready = sys_wait_readable(uevents, w->deadline_ms < 0 &&
			w->console ? 0 : -1, until_next(w));
		if (ready == 1)
			found = take_events(w, e);
		else if (ready == 2)
			return give_up(w, "the waiting was ended by a key", e);
		else if (uevents < 0)
			found = device_scan(&w->search, w->want->device, e);
		if (found != 0)
			return found > 0 ? 0 : -1;
		if (w->deadline_ms >= 0 && sys_now_ms() >= w->deadline_ms)
			break;
		speak(w);
	}
	snprintf(why, sizeof why, "not there after %lld s",
		(long long)(sys_now_ms() - w->start_ms) / 1000);
	return give_up(w, why, e);
}

int
wait_for(const struct wanted *want, const struct boot *b,
	const struct places *at, struct err *e)
{
	struct wait *w = &the_wait;

	if (!w->looked || w->spec != want->spec || w->found < 0)
		look(begin(want->spec, b, at), want->device, e);
	w->looked = false;
	if (w->found != 0)
		return w->found > 0 ? 0 : -1;
	w->want = want;
	w->console = b->console;
	w->start_ms = sys_now_ms();
	w->speak_ms = w->start_ms + SPEAK_MS;
	if (want->spec->kind == ROOT_NONE)
		return give_up(w, "no root= was given", e);
	if (b->contract == CONTRACT_CHROOT)
		return give_up(w, "not there", e);
	w->deadline_ms = after(w->start_ms, want->least_s);
	w->limit_ms = after(w->start_ms, want->most_s);
	w->found = begin_to_listen(w, e);
	if (w->found != 0)
		return w->found > 0 ? 0 : -1;
	return wait_on(w, e);
}

int
wait_for_device(struct boot *b, const struct places *at, struct err *e)
{
	const struct boot_options *o = &b->options;
	struct wanted root = { .word = "root", .text = o->root,
		.spec = &b->spec, .device = &b->device,
		.least_s = QUIET_S, .most_s = WAIT_FOREVER };

	if (o->rootwait_s != NOT_GIVEN)
		root.least_s = o->rootwait_s;
	else if (o->timeout_s != NOT_GIVEN)
		root.least_s = o->timeout_s;
	else
		root.quiet_s = QUIET_S;
	if (root.least_s != WAIT_FOREVER && root.least_s < o->rootdelay_s)
		root.least_s = o->rootdelay_s;
	return wait_for(&root, b, at, e);
}
