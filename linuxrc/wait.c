/* SPDX-License-Identifier: MIT */
/*
 * wait.c - see wait.h.
 */
#include <stdio.h>
#include <string.h>

#include "drivers.h"
#include "lib/alive.h"
#include "lib/device.h"
#include "lib/log.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "wait.h"

enum {
	SETTLE_S = 2,		/* events have drained: so long without one,
				   a USB disk is scanned in less */
	SETTLE_MOST_S = 30,	/* but events put it off no longer */
	SPEAK_MS = 5000,	/* a line about the waiting this often */
	LOOK_MS = 100		/* between looks, without uevents */
};

static int uevents = -1;

static struct wait {		/* large; one search at a time */
	struct wanted *want;
	const struct root_spec *spec;	/* what is searched */
	bool looked;		/* found is news of wait_load_drivers() */
	int found;		/* as device_judge() said */
	const struct places *at;
	bool console;		/* somebody could press a key */
	int64_t start_ms, speak_ms;
	int64_t deadline_ms;	/* -1: none */
	int64_t limit_ms;	/* events move it no further; -1: none */
	int64_t drained_ms;	/* from then on a fallback counts */
	struct device_search search;	/* spec 0 is the wanted one, N is
					   fallback N - 1 */
} the_wait;

static struct wait *
begin(const struct root_spec *spec, const struct boot *b,
	const struct places *at)
{
	struct wait *w = &the_wait;

	w->at = at;
	w->spec = spec;
	w->looked = false;
	device_search_begin(&w->search, at);
	w->search.seen.at.look_only = b->contract == CONTRACT_CHROOT;
	device_search_add(&w->search, spec);
	return w;
}

static bool
look(struct wait *w, struct root_device *d, struct err *e)
{
	w->found = device_scan(&w->search, e) < 0 ? -1 :
		device_judge(&w->search, 0, d, e);
	return w->found != 0;
}

void
wait_load_drivers(struct boot *b, const struct places *at)
{
	struct wait *w = begin(&b->spec, b, at);
	bool named = device_is_named(&b->spec);
	struct err e;	/* said already, or by wait_for() later */

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

void
wait_forget(void)
{
	the_wait.looked = false;
}

static int
choose(struct wait *w, bool drained, struct err *e)
{
	return choice_make(w->want, &w->search, drained, e);
}

static int
scan(struct wait *w, bool drained, struct err *e)
{
	return device_scan(&w->search, e) < 0 ? -1 : choose(w, drained, e);
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
	return scan(w, false, e);
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
	int64_t now = sys_now_ms(), later = after(now, SETTLE_S);

	if (later > after(w->start_ms, SETTLE_MOST_S))
		later = after(w->start_ms, SETTLE_MOST_S);
	if (later > w->drained_ms)
		w->drained_ms = later;
	later = after(now, w->want->quiet_s);
	if (w->want->quiet_s == 0 || w->deadline_ms < 0)
		return;
	if (w->limit_ms >= 0 && later > w->limit_ms)
		later = w->limit_ms;
	if (later > w->deadline_ms)
		w->deadline_ms = later;
}

/*
 * All events that are waiting, since a twin may be in the last of them; but no
 * driver more when the device is there. As choice_make().
 */
static int
take_events(struct wait *w, struct err *e)
{
	static struct uevent u;
	struct err driver;
	int got, found = 0;

	while ((got = uevent_read(uevents, &u)) > 0) {
		stay_awake(w);
		if (found == 0)	/* a module that failed has been spoken of */
			drivers_event(&u, &driver);
		if (device_event(&w->search, &u))
			found = choose(w, false, e);
	}
	if (got == 0)
		return found;
	/* Events were lost: look at everything once more. */
	drivers_coldplug(w->at, &driver);
	return scan(w, false, e);
}

/* What is there, and what could be if it had its driver. */
static void
describe(struct wait *w, char *text, size_t size)
{
	char unbound[256];
	size_t len;

	drivers_unbound(w->at, unbound, sizeof unbound);
	len = unbound[0] ? strlen(unbound) + 2 : 0;
	if (len + 64 > size)
		len = 0;
	choice_describe(w->want, &w->search, text, size - len);
	if (len > 0)
		text_add(text, size, "; %s", unbound);
}

static void
speak(struct wait *w)
{
	char seen[512];
	struct err missing;
	int64_t now = sys_now_ms();

	if (now < w->speak_ms)
		return;
	w->speak_ms = now + SPEAK_MS;
	choice_say_missing(w->want, &w->search, &missing);
	describe(w, seen, sizeof seen);
	say(LOG_STEP, "waiting for %s=%.256s since %lld s%s%.240s; saw %s%s",
		w->want->word, w->want->text,
		(long long)(now - w->start_ms) / 1000,
		missing.text[0] ? ": " : "", missing.text, seen,
		w->deadline_ms < 0 && w->console ?
		"; Enter ends the waiting" : "");
}

static int
give_up(struct wait *w, const char *why, struct err *e)
{
	const char *text = w->want->text;
	char seen[ERR_TEXT_SIZE];
	struct err missing;

	choice_say_no_fallback(w->want, &w->search);
	if (text[0])
		fail(e, 0, "%s=%.160s%s: %s", w->want->word, text,
			strlen(text) > 160 ? "..." : "", why);
	else
		fail(e, 0, "%s", why);
	choice_say_missing(w->want, &w->search, &missing);
	if (missing.text[0])
		text_add(e->text, sizeof e->text, ": %s", missing.text);
	describe(w, seen, sizeof seen - strlen(e->text) -
		sizeof " -- saw ");
	hint(e, "saw %s", seen);
	return choice_say_how(w->want, e);
}

static int64_t
until_next(const struct wait *w)
{
	int64_t now = sys_now_ms();
	int64_t next = w->speak_ms;

	if (w->deadline_ms >= 0 && w->deadline_ms < next)
		next = w->deadline_ms;
	if (choice_awaits_drain(w->want) && w->drained_ms > now &&
	    w->drained_ms < next)
		next = w->drained_ms;
	if (uevents < 0 && next > now + LOOK_MS)
		next = now + LOOK_MS;
	return next > now ? next - now : 0;
}

/* No event is waiting. */
static int
look_again(struct wait *w, struct err *e)
{
	bool drained = sys_now_ms() >= w->drained_ms;

	if (uevents < 0)
		return scan(w, drained, e);
	return drained && choice_awaits_drain(w->want) ?
		choose(w, true, e) : 0;
}

static int
time_is_up(struct wait *w, struct err *e)
{
	char why[80];
	int found = choose(w, true, e);

	if (found != 0)
		return found;
	snprintf(why, sizeof why, "%s after %lld s", choice_not_there(w->want),
		(long long)(sys_now_ms() - w->start_ms) / 1000);
	return give_up(w, why, e);
}

/* A key is listened for only where nothing else ends the waiting. */
static int
wait_on(struct wait *w, struct err *e)
{
	int ready, found = 0;

	while (found == 0) {
		alive_for(ALIVE_S);
		ready = sys_wait_readable(uevents, w->deadline_ms < 0 &&
			w->console ? 0 : -1, until_next(w));
		if (ready == 2)
			return give_up(w, "the waiting was ended by a key", e);
		found = ready == 1 ? take_events(w, e) : look_again(w, e);
		if (found != 0)
			break;
		if (w->deadline_ms >= 0 && sys_now_ms() >= w->deadline_ms)
			found = time_is_up(w, e);
		else
			speak(w);
	}
	return found;
}

/* 1 one is there, or -1. */
static int
wait_awhile(struct wait *w, struct err *e)
{
	const struct wanted *want = w->want;
	int64_t start_us = timeline_now();
	int found;

	w->deadline_ms = after(w->start_ms, want->least_s);
	w->limit_ms = after(w->start_ms, want->most_s);
	w->drained_ms = after(w->start_ms, want->delay_s);
	found = begin_to_listen(w, e);
	if (found != 0)
		return found;
	stay_awake(w);
	found = wait_on(w, e);
	timeline_add(TIMELINE_WAIT, want->text, start_us, timeline_now());
	return found;
}

/* What is wanted is not there: its fallbacks, and time. As wait_awhile(). */
static int
look_further(struct wait *w, bool rehearsal, struct err *e)
{
	const struct wanted *want = w->want;

	if (want->spec->kind == ROOT_ASK)
		return give_up(w, "which root it is to be is asked", e);
	for (unsigned i = 0; i < want->fallbacks; i++)
		device_search_add(&w->search, &want->fallback[i]);
	if (want->fallbacks)
		w->found = scan(w, rehearsal, e);
	if (w->found != 0)
		return w->found;
	if (want->spec->kind == ROOT_NONE && want->fallbacks == 0)
		return give_up(w, "no root= was given", e);
	return rehearsal ? give_up(w, choice_not_there(want), e) :
		wait_awhile(w, e);
}

int
wait_for(struct wanted *want, const struct boot *b, const struct places *at,
	struct err *e)
{
	struct wait *w = &the_wait;

	if (!w->looked || w->spec != want->spec || w->found < 0) {
		begin(want->spec, b, at);
		w->search.word = want->word;
		w->search.swap = want->swap;
		look(w, want->device, e);
	}
	w->looked = false;
	w->want = want;
	want->taken = 0;
	if (w->found > 0 && want->whole)
		w->found = whole_judge(want->whole, &w->search, want->device,
			b->contract == CONTRACT_CHROOT, e);
	if (w->found > 0)
		return 0;
	w->console = b->console;
	w->start_ms = sys_now_ms();
	w->speak_ms = w->start_ms + SPEAK_MS;
	return look_further(w, b->contract == CONTRACT_CHROOT, e) < 0 ? -1 : 0;
}
