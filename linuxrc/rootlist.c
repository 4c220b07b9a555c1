/* SPDX-License-Identifier: MIT */
/*
 * rootlist.c - see rootlist.h.
 */
#include <stdio.h>
#include <string.h>

#include "auto.h"
#include "inspect.h"
#include "lib/device.h"
#include "lib/file.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "rootlist.h"

/* What speaks for a root, the most weighty first. */
enum {
	HAS_INIT = 32,
	HAS_RELEASE = 16,
	HAS_MODULES = 8,	/* of the kernel that runs */
	FSTAB_SAYS_SO = 4,
	IS_CLEAN = 1
};

static struct device_search search;	/* large */

/* "465.8 GiB", by the 512-byte sectors of /sys/class/block/NAME/size. */
static void
size_of(int sys, const char *name, char *text, size_t size)
{
	static const char *const units[] = { "KiB", "MiB", "GiB", "TiB" };
	char path[NAME_SIZE], line[32];
	unsigned long long tenths = 0;
	unsigned unit = 0;

	snprintf(path, sizeof path, "class/block/%s/size", name);
	if (sys >= 0 && file_line(sys, path, line, sizeof line) > 0)
		for (const char *p = line; *p >= '0' && *p <= '9'; p++)
			tenths = tenths * 10 + (unsigned)(*p - '0');
	for (tenths = tenths * 10 / 2; tenths >= 10240 && unit < 3; unit++)
		tenths /= 1024;
	snprintf(text, size, "%llu.%llu %s", tenths / 10, tenths % 10,
		units[unit]);
}

/* The tag that is on no other device, else the name. */
static void
name_it(const struct seen_device *p, char *words, size_t size)
{
	const struct seen *seen = &search.seen;
	const struct seen_device *q = NULL;
	bool alone = p->uuid[0] != '\0' && p->usage == BLK_FILESYSTEM;
	bool quote = strpbrk(p->uuid, " \t\"") != NULL;

	while ((q = seen_next(seen, q)))
		if (q != p && strcmp(q->uuid, p->uuid) == 0 &&
		    q->usage == BLK_FILESYSTEM)
			alone = false;
	words[0] = '\0';
	text_add(words, size, "root=%s%s", alone && !quote ? "UUID=" :
		"/dev/", alone && !quote ? p->uuid : p->name);
	for (; *words; words++)
		if (*words == '!')
			*words = '/';
}

static int
score(const struct finding *f)
{
	if (!f->init[0])
		return 0;
	return HAS_INIT + (f->info.release[0] ? HAS_RELEASE : 0) +
		(f->info.modules ? HAS_MODULES : 0) +
		(f->fstab == FSTAB_AGREES ? FSTAB_SAYS_SO : 0) -
		(f->fstab == FSTAB_OTHER ? FSTAB_SAYS_SO : 0) +
		(f->unclean ? 0 : IS_CLEAN);
}

static const char *
kind_of(const struct seen_device *p)
{
	if (p->usage == BLK_AMBIVALENT)
		return "several signatures";
	if (p->usage == BLK_NOTHING)
		return p->unreadable ? "cannot be read" : "nothing known";
	return p->type;
}

static void
add_word(char *text, size_t size, const char *what, const char *value)
{
	if (value[0])
		text_add(text, size, "%s%s%s", text[0] ? ", " : "", what,
			value);
}

/* What its own files say, and what to beware of. */
static void
note_finding(const struct finding *f, char *note, size_t size)
{
	if (f->looked && f->init[0])
		add_word(note, size, "init is ", f->init);
	add_word(note, size, "", f->why);
	add_word(note, size, "kernel ", f->info.kernel);
	if (f->looked && !f->info.modules)
		add_word(note, size, "", "no modules of the kernel that runs");
	if (f->fstab == FSTAB_AGREES)
		add_word(note, size, "", "its fstab names it as /");
	if (f->fstab == FSTAB_OTHER)
		add_word(note, size, "its fstab names another one as /: ",
			f->info.fstab);
	if (f->unclean)
		add_word(note, size, "", "it was not unmounted");
}

static void
fill(struct rootlist_entry *r, const struct seen_device *p,
	const struct finding *f, int sys)
{
	char size[32];

	memset(r, 0, sizeof *r);
	text_copy(r->name, sizeof r->name, p->name);
	if (p->usage == BLK_FILESYSTEM)
		text_copy(r->type, sizeof r->type, p->type);
	size_of(sys, p->name, size, sizeof size);
	text_add(r->text, sizeof r->text, "%-8s %10s  %s", p->name, size,
		kind_of(p));
	/* which a narrow screen cuts off the line itself */
	add_word(r->note, sizeof r->note, "LABEL=", p->label);
	add_word(r->note, sizeof r->note, "UUID=", p->uuid);
	add_word(r->note, sizeof r->note, "held by ", p->holder);
	if (p->usage == BLK_MEMBER)
		add_word(r->note, sizeof r->note, "",
			text_after(p->type, "crypto_") ?
			"encrypted: what is in it is not seen" :
			"a member of something larger, no file system");
	if (f && f->info.release[0])
		text_add(r->tail, sizeof r->tail, "  %s", f->info.release);
	if (p->label[0])
		text_add(r->tail, sizeof r->tail, "  LABEL=%s", p->label);
	if (f)
		note_finding(f, r->note, sizeof r->note);
	r->score = f ? score(f) : 0;
	name_it(p, r->words, sizeof r->words);
}

/* Another one that is as likely makes none of them so. */
static void
mark_likely(struct rootlist *l)
{
	const struct rootlist_entry *r;
	int best = HAS_INIT - 1;

	l->likely = l->count;
	for (unsigned i = 0; i < l->count; i++) {
		r = &l->entry[i];
		if (r->score == best)
			l->likely = l->count;
		if (r->score > best)
			l->likely = i;
		if (r->score > best)
			best = r->score;
	}
	for (unsigned i = 0; i < l->count; i++)
		text_add(l->entry[i].text, ROOTLIST_TEXT, "%s%s",
			i == l->likely ? "  <- likely" : "",
			l->entry[i].tail);
}

int
rootlist_make(struct boot *b, const struct places *at, struct rootlist *l,
	struct err *e)
{
	static const struct root_spec any = { .kind = ROOT_AUTO };
	const struct seen_device *p = NULL;

	l->count = l->likely = 0;
	device_search_begin(&search, at);
	device_search_add(&search, &any);
	if (device_scan(&search, e) < 0)
		return -1;
	device_look_at_all(&search);
	auto_begin(b);
	while ((p = seen_next(&search.seen, p)) && l->count < ROOTLIST_MAX) {
		if (auto_is_table(&search.seen, p))
			continue;
		fill(&l->entry[l->count++], p, auto_look(&search, p),
			at->sys);
	}
	if (l->count == 0)
		return fail(e, 0, "there is no block device with anything on "
			"it");
	mark_likely(l);
	return 0;
}
