/* SPDX-License-Identifier: MIT */
/*
 * options - finds the words in a text and decides which of them count:
 * lib/optword knows the words. Within one text a linuxrc. or real_ word
 * beats the kernel's bare one, whatever their order; otherwise, and between
 * texts, the later word wins.
 */
#include "lib/options.h"

#include <string.h>

#include "lib/cmdline.h"
#include "lib/optword.h"
#include "lib/text.h"

enum {
	SHOWN_MAX = 80,		/* bytes of a word in a sentence */
	CARRIER_S = 120		/* kernel-parameters.txt */
};

/* One text while its words are taken. */
struct source {
	struct boot_options *o;
	struct err *e;
	enum origin origin;
	enum contract contract;
	uint64_t prefixed;	/* bit OPT_X: given with a prefix here */
	uint64_t given;		/* bit OPT_X: given here */
	unsigned line;		/* of linuxrc.conf; 0: not a file */
	unsigned faults;
	unsigned fault_line;	/* of the first fault */
};

_Static_assert(OPT_COUNT <= 64, "a bit for each option");

static void
fault(struct source *s, const struct word *w, const char *why)
{
	const char *end = w->value != NULL ?
		w->value + w->value_len : w->name + w->name_len;
	int len = (int)(end - w->name);

	if (s->faults++ != 0)
		return;
	s->fault_line = s->line;
	fail(s->e, 0, "%.*s%s: %s", len > SHOWN_MAX ? SHOWN_MAX : len,
		w->name, len > SHOWN_MAX ? "..." : "", why);
}

static int
verdict(struct source *s)
{
	if (s->faults == 0)
		return 0;
	if (s->fault_line != 0)
		text_add(s->e->text, ERR_TEXT_SIZE, ", in line %u",
			s->fault_line);
	if (s->faults > 1)
		text_add(s->e->text, ERR_TEXT_SIZE, " (and %u more)",
			s->faults - 1);
	return -1;
}

static void
note_unknown(struct source *s, const struct word *w)
{
	char *unknown = s->o->unknown;
	size_t used = strlen(unknown);

	if (text_add(unknown, UNKNOWN_SIZE, "%s%.*s%s", used > 0 ? " " : "",
	    (int)w->name_len, w->name, w->value != NULL ? "=" : "") == 0)
		return;
	unknown[used] = '\0';
	fault(s, w, "unknown, as too many others are");
}

/* A word that does not count: linuxrc.lock came before its text. */
static void
refuse(struct source *s, const struct word *w)
{
	const char *end = w->value != NULL ?
		w->value + w->value_len : w->name + w->name_len;
	int len = (int)(end - w->name);
	char *refused = s->o->refused;
	size_t used = strlen(refused);

	if (text_add(refused, REFUSED_SIZE, "%s%.*s", used > 0 ? " " : "",
	    len > SHOWN_MAX ? SHOWN_MAX : len, w->name) == 0)
		return;
	refused[used] = '\0';
	fault(s, w, "refused, as too many others are: linuxrc.lock is set");
}

static bool
is_locked(const struct source *s)
{
	return s->o->lock && s->o->origin[OPT_LOCK] < s->origin;
}

/* MODULE.PARAM=VALUE, modprobe.blacklist= or module_blacklist=. */
static bool
is_for_modules(const struct given *g)
{
	const struct word *w = &g->word;
	const char *dot = memchr(w->name, '.', w->name_len);

	return (g->spelling == BARE && dot && dot > w->name &&
		dot < w->name + w->name_len - 1) ||
		word_is(w, "module_blacklist");
}

/* Keep such a word of a file, as it is spelt but for quotes that wrap the
 * whole of it. Those of other texts are found there when they are needed. */
static void
keep_for_modules(struct source *s, const struct word *w)
{
	char *words = s->o->module_words;
	size_t used = strlen(words);
	const char *value = w->value != NULL ? w->value : "";
	bool quoted = memchr(value, '"', w->value_len) == NULL &&
		strcspn(value, " \t") < w->value_len;
	const char *quote = quoted ? "\"" : "";

	if (text_add(words, MODULE_WORDS_SIZE, "%s%.*s%s%s%.*s%s",
	    used > 0 ? " " : "", (int)w->name_len, w->name,
	    w->value != NULL ? "=" : "", quote, (int)w->value_len, value,
	    quote) == 0)
		return;
	words[used] = '\0';
	fault(s, w, "too long with the other words for modules");
}

/* True when the kernel's word k means the initrd, or yields to a prefixed
 * word of the same text. */
static bool
is_passed_over(const struct source *s, const struct optword *k)
{
	return (s->contract == CONTRACT_RAM0 && s->origin == ORIGIN_CMDLINE &&
		(k->spellings & INITRDS) != 0) ||
		(s->prefixed >> k->option & 1) != 0;
}

static bool
is_same(const struct boot_options *a, const struct boot_options *b,
	const struct optword *k)
{
	const char *p = (const char *)a + k->offset;
	const char *q = (const char *)b + k->offset;

	/* a list of texts is never the same: what follows is of no size */
	return k->size <= sizeof(uint64_t) ? memcmp(p, q, k->size) == 0 :
		k->option != OPT_ROOTFALLBACK && strcmp(p, q) == 0;
}

/*
 * As optword_take(), where linuxrc.lock came before this text: only what
 * changes nothing counts, or cannot change what is booted.
 */
static int
take_locked(struct source *s, const struct optword *k, const struct given *g,
	struct err *why)
{
	static struct boot_options before;	/* 24 KB, rarely touched */
	int result;

	if (k->option == OPT_LOCK)
		return 1;	/* it stays where it was set */
	before = *s->o;
	result = optword_take(s->o, k, g, why);
	if (result != 0 || (k->spellings & FREE) != 0 ||
	    is_same(&before, s->o, k) || (k->option == OPT_ONFAIL &&
	    s->o->onfail != ONFAIL_SHELL && s->o->onfail != ONFAIL_EXIT))
		return result;
	*s->o = before;
	refuse(s, &g->word);
	/* what linuxrc refuses the kernel would still do */
	if (k->option == OPT_INIT && s->contract == CONTRACT_LINUXRC)
		s->o->init_refused = true;
	return 1;
}

/* Files add up, and so does one text; but what is typed takes the place of what
 * was typed before. */
static bool
adds(const struct source *s, enum option option)
{
	return s->o->origin[option] == s->origin &&
		(s->origin != ORIGIN_DIALOG || (s->given >> option & 1));
}

static void
take_word(struct source *s, const struct word *w)
{
	struct given g = { .word = *w, .origin = s->origin,
		.contract = s->contract };
	const struct optword *k = optword_find(&g);
	struct err why;
	bool stored;

	if (k == NULL && is_for_modules(&g)) {
		if (s->origin == ORIGIN_FILE)
			keep_for_modules(s, w);
		else if (is_locked(s))
			s->o->modules_refused = true;
		return;
	}
	if (k == NULL) {
		/* a command line has words of the kernel and of init too */
		if (g.spelling == OURS || s->origin != ORIGIN_CMDLINE)
			note_unknown(s, w);
		return;
	}
	if (g.spelling == BARE && is_passed_over(s, k))
		return;
	why.text[0] = '\0';
	g.adds = adds(s, k->option);
	stored = (is_locked(s) ? take_locked(s, k, &g, &why) :
		optword_take(s->o, k, &g, &why)) == 0;
	if (why.text[0] != '\0')
		fault(s, w, why.text);
	if (!stored)
		return;
	s->o->origin[k->option] = (unsigned char)s->origin;
	s->given |= UINT64_C(1) << k->option;
	if (g.spelling != BARE)
		s->prefixed |= UINT64_C(1) << k->option;
}

/* # begins a comment where a word could begin: LABEL=a#b is whole. */
static void
take_line(struct source *s, const char *p, const char *end)
{
	struct word w;

	while (p != end) {
		/* the set includes its own NUL: a NUL byte is blank too */
		if (strchr(" \t\v\f\r", *p) != NULL)
			p++;
		else if (*p == '#')
			break;
		else if (cmdline_word(&p, end, &w))
			take_word(s, &w);
	}
}

void
options_defaults(struct boot_options *o)
{
	/* text members are emptied, not cleared: they are 8 KB */
	o->root[0] = o->rootfstype[0] = o->rootflags[0] = o->init[0] = '\0';
	o->image[0] = o->nfsroot[0] = o->nfsaddrs[0] = o->unknown[0] = '\0';
	o->modules[0] = o->module_words[0] = o->compat_at[0] = '\0';
	o->compat = o->noinitrd = o->rescue = false;
	o->ramdisk = RAMDISK_ON_AUTO;
	o->ramdisk_start = o->ramdisk_size = 0;
	o->bootif[0] = o->dhcpclass[0] = '\0';
	o->carrier_timeout_s = CARRIER_S;
	text_copy(o->putold, sizeof(o->putold), "initrd");
	o->rw = o->overlay = o->initrd_free = o->debug = o->explain = false;
	o->lock = o->init_refused = o->modules_refused = false;
	o->refused[0] = o->resume[0] = '\0';
	o->noresume = false;
	o->resume_offset = 0;
	o->resumedelay_s = 0;
	o->rootwait_s = o->timeout_s = o->panic_s = NOT_GIVEN;
	o->rootdelay_s = 0;
	o->fallbacks = 0;
	o->handover = HANDOVER_PIVOT_ROOT;
	o->onfail = ONFAIL_DIALOG;
	o->coldplug = COLDPLUG_STORAGE;
	o->ui = UI_AUTO;
	o->log = LOG_AUTO;
	o->watchdog_s = NOT_GIVEN;
	o->watchdog_keep = false;
	memset(o->origin, ORIGIN_DEFAULT, sizeof(o->origin));
}

int
options_take(struct boot_options *o, const char *words, enum origin origin,
	enum contract contract, struct err *e)
{
	struct source s = { .o = o, .e = e, .origin = origin,
		.contract = contract };
	struct word w;

	while (cmdline_next(&words, &w))
		take_word(&s, &w);
	return verdict(&s);
}

int
options_take_conf(struct boot_options *o, const char *text, size_t len,
	enum contract contract, struct err *e)
{
	struct source s = { .o = o, .e = e, .origin = ORIGIN_FILE,
		.contract = contract };
	const char *end = text + len;

	while (text != end) {
		const char *line = text;
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *stop = newline != NULL ? newline : end;

		s.line++;
		text = newline != NULL ? newline + 1 : end;
		/* a line end of DOS: no part of a quote that is left open */
		if (stop > line && stop[-1] == '\r')
			stop--;
		take_line(&s, line, stop);
	}
	return verdict(&s);
}

const char *
options_origin(enum origin origin)
{
	static const char *const names[ORIGIN_COUNT] = {
		[ORIGIN_DEFAULT] = "default",
		[ORIGIN_KERNEL] = "kernel",
		[ORIGIN_FILE] = "conf",
		[ORIGIN_CMDLINE] = "command line",
		[ORIGIN_DIALOG] = "question",
	};

	return names[origin];
}

const char *
options_name(enum option option)
{
	return optword_of(option)->word;
}
