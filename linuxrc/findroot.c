/* SPDX-License-Identifier: MIT */
/*
 * findroot.c - see findroot.h.
 */
#include "auto.h"
#include "findroot.h"
#include "lib/device.h"
#include "lib/log.h"
#include "lib/rootspec.h"
#include "wait.h"

enum { QUIET_S = 30 };		/* nothing given: this long after the last
				   event: linuxrc.conf(5) */

/* Fallbacks that can be searched for; another one is spoken of, and the
 * others go on. Their number. */
static unsigned
fallbacks(const struct boot_options *o, struct root_spec *spec,
	const char **text)
{
	unsigned n = 0;
	struct err e;

	for (unsigned i = 0; i < o->fallbacks; i++) {
		fail(&e, 0, "no block device");
		text[n] = o->rootfallback[i];
		if (rootspec_parse(text[n], o->rootfstype, &spec[n],
		    &e) == 0 && (spec[n].kind == ROOT_AUTO ||
		    device_can_be(spec[n].kind)))
			n++;
		else
			say(LOG_WITHOUT, "linuxrc.rootfallback=%.200s is "
				"passed over: %s", text[n], e.text);
	}
	return n;
}

/* twins: the sentence about two devices that both fit root=, or "". */
static void
say_fallback(const char *root, const char *taken, const char *twins)
{
	struct err why;

	if (twins[0])
		fail(&why, 0, "%.400s", twins);
	else if (!root[0])
		fail(&why, 0, "no root= was given");
	else
		fail(&why, 0, "root=%.200s is not there", root);
	say(LOG_WITHOUT, "%s; taken instead: linuxrc.rootfallback=%.200s",
		why.text, taken);
}

int
findroot_device(struct boot *b, const struct places *at, struct err *e)
{
	static struct root_spec spec[FALLBACKS_MAX];
	const struct boot_options *o = &b->options;
	const char *text[FALLBACKS_MAX];
	const struct whole whole = { .types = o->rootfstype,
		.base = b->kernfs.base,
		.degraded = whole_has_word(o->rootflags, "degraded") };
	struct wanted root = { .word = "root", .text = o->root,
		.spec = &b->spec, .device = &b->device, .fallback = spec,
		.fallback_text = text, .fallbacks = fallbacks(o, spec, text),
		.delay_s = o->rootdelay_s, .whole = &whole,
		.least_s = QUIET_S, .most_s = WAIT_FOREVER };

	if (o->rootwait_s != NOT_GIVEN)
		root.least_s = o->rootwait_s;
	else if (o->timeout_s != NOT_GIVEN)
		root.least_s = o->timeout_s;
	else
		root.quiet_s = QUIET_S;
	if (root.least_s != WAIT_FOREVER && root.least_s < o->rootdelay_s)
		root.least_s = o->rootdelay_s;
	if (b->spec.kind == ROOT_AUTO || root.fallbacks)
		auto_begin(b);
	if (wait_for(&root, b, at, e) < 0)
		return -1;
	if (root.taken) {
		say_fallback(o->root, text[root.taken - 1], e->text);
		b->spec = spec[root.taken - 1];
	}
	return 0;
}
