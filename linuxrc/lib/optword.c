/* SPDX-License-Identifier: MIT */
/*
 * optword - one line of known[] for each word, one function for each kind of
 * value. The words of initrd.txt and kernel-parameters.txt mean what they
 * mean there.
 */
#include "lib/optword.h"

#include <string.h>

#include "lib/optcompat.h"
#include "lib/optnet.h"
#include "lib/opttake.h"
#include "lib/text.h"

/* The classic contracts: "/" is a block initrd at this moment. */
static bool
has_initrd(const struct given *g)
{
	return g->contract == CONTRACT_RAM0 ||
		g->contract == CONTRACT_LINUXRC;
}

static int
take_text(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	if (word_value(&g->word, optword_member(o, k), k->size) != 0)
		return fail(e, 0, "longer than %zu bytes", k->size - 1);
	return 0;
}

static int
take_root(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	char name[sizeof("/dev/ram0")];

	if (g->spelling == BARE && has_initrd(g) &&
	    word_value(&g->word, name, sizeof(name)) == 0 &&
	    (strcmp(name, "/dev/ram0") == 0 || strcmp(name, "/dev/ram") == 0))
		return g->origin == ORIGIN_CMDLINE ? 1 :
			fail(e, 0, "the initrd is not the real root");
	return take_text(o, k, g, e);
}

/* One source adds up its fallbacks, and takes the place of all before it. */
static int
take_fallback(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	unsigned n = g->adds ? o->fallbacks : 0;

	(void)k;
	if (g->word.value_len == 0) {
		o->fallbacks = 0;
		return 0;
	}
	if (n == FALLBACKS_MAX)
		return fail(e, 0, "more than %d fallbacks", FALLBACKS_MAX);
	if (word_value(&g->word, o->rootfallback[n], ROOT_TEXT_SIZE) != 0)
		return fail(e, 0, "longer than %d bytes", ROOT_TEXT_SIZE - 1);
	o->fallbacks = n + 1;
	return 0;
}

static bool
names_linuxrc(const char *path, size_t len)
{
	static const char self[] = "/linuxrc";
	size_t self_len = sizeof(self) - 1;

	if (len < self_len)		/* the name without a directory? */
		return len == self_len - 1 && memcmp(path, self + 1, len) == 0;
	return memcmp(path + len - self_len, self, self_len) == 0;
}

static int
take_init(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	const struct word *w = &g->word;
	bool kernels = g->spelling == BARE && g->origin == ORIGIN_CMDLINE;
	bool relative = w->value_len > 0 && w->value[0] != '/';

	if (g->contract == CONTRACT_LINUXRC && !kernels)
		return fail(e, 0, "the kernel itself starts init after "
			"/linuxrc: use init= on its command line");
	if (has_initrd(g) && names_linuxrc(w->value, w->value_len))
		return kernels ? 1 : fail(e, 0, "linuxrc is no init");
	if (w->value_len + relative >= k->size)
		return fail(e, 0, "longer than %zu bytes", k->size - 1);
	/* the kernel executes a relative path from "/" */
	o->init[0] = '/';
	return word_value(w, o->init + relative, k->size - relative);
}

static int
take_putold(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	const char *p = g->word.value;
	const char *end = p + g->word.value_len;

	for (size_t len; p <= end; p += len + 1) {
		for (len = 0; p + len < end && p[len] != '/'; len++)
			;
		if (len == 0 || (len <= 2 && memcmp(p, "..", len) == 0))
			return fail(e, 0, "must be a directory below the real "
				"root: NAME or NAME/NAME, no . or ..");
	}
	return take_text(o, k, g, e);
}

static int
take_choice(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	const struct word *w = &g->word;
	const char *choice = k->choices;
	int i = 0;

	for (size_t len; ; choice += len + 1, i++) {
		len = strcspn(choice, "|");
		if (len == w->value_len && memcmp(choice, w->value, len) == 0)
			break;
		if (choice[len] == '\0')
			return fail(e, 0, "must be one of %s", k->choices);
	}
	if (k->size == sizeof(bool))
		*(bool *)optword_member(o, k) = i != 0;
	else
		*(int *)optword_member(o, k) = i;
	return 0;
}

static int
take_on(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	(void)g, (void)e;
	*(bool *)optword_member(o, k) = true;
	return 0;
}

static int
take_off(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	(void)g, (void)e;
	*(bool *)optword_member(o, k) = false;
	return 0;
}

static int
take_nomodules(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	(void)k, (void)g, (void)e;
	o->coldplug = COLDPLUG_NONE;
	return 0;
}

#define AT(field) offsetof(struct boot_options, field), \
	sizeof(((struct boot_options *)NULL)->field)

static const struct optword known[] = {
	{ "root=", OPT_ROOT, EACH, AT(root), take_root, 0 },
	{ "rootfstype=", OPT_ROOTFSTYPE, EACH, AT(rootfstype), take_text, 0 },
	{ "rootflags=", OPT_ROOTFLAGS, EACH, AT(rootflags), take_text, 0 },
	{ "rw", OPT_RW, EACH, AT(rw), take_on, 0 },
	{ "ro", OPT_RW, EACH, AT(rw), take_off, 0 },
	{ "init=", OPT_INIT, EACH, AT(init), take_init, 0 },
	{ "rootwait", OPT_ROOTWAIT, BARE | FREE, AT(rootwait_s),
		opttake_rootwait, 0 },
	{ "rootwait=", OPT_ROOTWAIT, BARE | FREE, AT(rootwait_s),
		opttake_rootwait, 0 },
	{ "rootdelay=", OPT_ROOTDELAY, BARE | FREE, AT(rootdelay_s),
		opttake_rootdelay, 0 },
	{ "panic=", OPT_PANIC, BARE | FREE, AT(panic_s), opttake_panic, 0 },
	{ "nfsroot=", OPT_NFSROOT, BARE, AT(nfsroot), take_text, 0 },
	{ "nfs_root_name=", OPT_NFSROOT, BARE, AT(nfsroot), take_text, 0 },
	{ "ip=", OPT_NFSADDRS, BARE, AT(nfsaddrs), optnet_take_ip, 0 },
	{ "nfsaddrs=", OPT_NFSADDRS, BARE, AT(nfsaddrs), optnet_take_ip, 0 },
	{ "nfs_root_addrs=", OPT_NFSADDRS, BARE, AT(nfsaddrs),
		optnet_take_ip, 0 },
	{ "vlan=", OPT_NFSADDRS, BARE, AT(nfsaddrs), optnet_take_vlan, 0 },
	{ "BOOTIF=", OPT_BOOTIF, BARE, AT(bootif), take_text, 0 },
	{ "dhcpclass=", OPT_DHCPCLASS, BARE, AT(dhcpclass), take_text, 0 },
	{ "carrier_timeout=", OPT_CARRIER_TIMEOUT, BARE,
		AT(carrier_timeout_s), opttake_seconds, 0 },
	{ "linuxrc.rootfallback=", OPT_ROOTFALLBACK, OURS, AT(rootfallback),
		take_fallback, 0 },
	{ "linuxrc.image=", OPT_IMAGE, OURS, AT(image), take_text, 0 },
	{ "linuxrc.overlay=", OPT_OVERLAY, OURS, AT(overlay), take_choice,
		"none|tmpfs" },
	{ "resume=", OPT_RESUME, BARE, AT(resume), take_text, 0 },
	{ "resume_offset=", OPT_RESUME_OFFSET, BARE, AT(resume_offset),
		opttake_resume_offset, 0 },
	{ "noresume", OPT_NORESUME, BARE | PREFIX | FREE, AT(noresume),
		take_on, 0 },
	{ "nohibernate", OPT_NORESUME, BARE | PREFIX | FREE, AT(noresume),
		take_on, 0 },
	{ "hibernate=", OPT_NORESUME, BARE | FREE, AT(noresume),
		opttake_hibernate, 0 },
	{ "resumedelay=", OPT_RESUMEDELAY, BARE, AT(resumedelay_s),
		opttake_seconds, 0 },
	{ "resumewait", OPT_RESUMEDELAY, BARE | PREFIX, AT(resumedelay_s),
		opttake_resumewait, 0 },
	{ "linuxrc.timeout=", OPT_TIMEOUT, OURS | FREE, AT(timeout_s),
		opttake_seconds, 0 },
	{ "linuxrc.handover=", OPT_HANDOVER, OURS, AT(handover), take_choice,
		"pivot_root|change_root" },
	{ "linuxrc.initrd=", OPT_INITRD, OURS, AT(initrd_free), take_choice,
		"keep|free" },
	{ "linuxrc.putold=", OPT_PUTOLD, OURS, AT(putold), take_putold, 0 },
	{ "linuxrc.onfail=", OPT_ONFAIL, OURS, AT(onfail), take_choice,
		"dialog|shell|reboot|poweroff|halt|exit" },
	{ "linuxrc.ui=", OPT_UI, OURS | FREE, AT(ui), take_choice,
		"auto|full|line|none" },
	{ "linuxrc.coldplug=", OPT_COLDPLUG, OURS, AT(coldplug), take_choice,
		"storage|all|none" },
	{ "linuxrc.nomodules", OPT_COLDPLUG, OURS, AT(coldplug),
		take_nomodules, 0 },
	{ "linuxrc.modules=", OPT_MODULES, OURS, AT(modules), take_text, 0 },
	{ "linuxrc.compat", OPT_COMPAT, OURS, AT(compat_at), optcompat_at, 0 },
	{ "linuxrc.compat=", OPT_COMPAT, OURS, AT(compat_at), optcompat_at, 0 },
	{ "linuxrc.ramdisk=", OPT_RAMDISK, OURS, AT(ramdisk), take_choice,
		"auto|loop|brd" },
	{ "ramdisk_start=", OPT_RAMDISK_START, BARE, AT(ramdisk_start),
		optcompat_kib, 0 },
	{ "ramdisk_size=", OPT_RAMDISK_SIZE, BARE, AT(ramdisk_size),
		optcompat_kib, 0 },
	{ "noinitrd", OPT_NOINITRD, BARE, AT(noinitrd), take_on, 0 },
	{ "linuxrc.debug", OPT_DEBUG, OURS | FREE, AT(debug), take_on, 0 },
	{ "linuxrc.explain", OPT_EXPLAIN, OURS | FREE, AT(explain),
		take_on, 0 },
	{ "linuxrc.log=", OPT_LOG, OURS | FREE, AT(log), take_choice,
		"auto|run|none" },
	{ "linuxrc.watchdog", OPT_WATCHDOG, OURS, AT(watchdog_s),
		opttake_watchdog, 0 },
	{ "linuxrc.watchdog=", OPT_WATCHDOG, OURS, AT(watchdog_s),
		opttake_watchdog, 0 },
	{ "linuxrc.rescue", OPT_RESCUE, OURS, AT(rescue), take_on, 0 },
	{ "linuxrc.lock", OPT_LOCK, OURS | FREE, AT(lock), take_on, 0 },
};

enum {
	KNOWN_COUNT = sizeof(known) / sizeof(known[0]),
	OURS_LEN = sizeof("linuxrc.") - 1,
	REAL_LEN = sizeof("real_") - 1
};

static bool
is_prefix(const char *word, const char *name, size_t len)
{
	size_t prefix = strlen(word);

	return len >= prefix && text_same_start(name, word, prefix);
}

const struct optword *
optword_find(struct given *g)
{
	const char *name = g->word.name;
	size_t len = g->word.name_len;
	char last = g->word.value != NULL ? '=' : '\0';

	g->spelling = BARE;
	if (len >= OURS_LEN && memcmp(name, "linuxrc.", OURS_LEN) == 0) {
		g->spelling = OURS;
		name += OURS_LEN, len -= OURS_LEN;
	} else if (len > REAL_LEN && text_same_start(name, "real_", REAL_LEN)) {
		g->spelling = REAL;
		name += REAL_LEN, len -= REAL_LEN;
	}
	for (const struct optword *k = known; k < known + KNOWN_COUNT; k++) {
		const char *word = k->word;

		if ((k->spellings & g->spelling) == 0)
			continue;
		if ((k->spellings & BARE) == 0)
			word += OURS_LEN;
		if (word[0] != name[0])	/* no word begins with - or _ */
			continue;
		if ((k->spellings & PREFIX) != 0 ? is_prefix(word, name, len) :
		    text_same_start(name, word, len) && word[len] == last)
			return k;
	}
	return NULL;
}

const struct optword *
optword_of(enum option option)
{
	const struct optword *k = known;

	while (k->option != option)
		k++;
	return k;
}

void *
optword_member(struct boot_options *o, const struct optword *k)
{
	return (char *)o + k->offset;
}

int
optword_take(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e)
{
	return k->take(o, k, g, e);
}
