/* SPDX-License-Identifier: MIT */
/*
 * menus.c - see menus.h. What is large here is touched when it is asked for.
 */
#include <stdio.h>
#include <string.h>

#include "drivers.h"
#include "lib/optline.h"
#include "lib/options.h"
#include "lib/optshow.h"
#include "lib/text.h"
#include "menus.h"
#include "modlist.h"
#include "netmenu.h"
#include "report.h"
#include "rootlist.h"

enum { WORD_SIZE = 1200 };	/* an option: ROOT_TEXT_SIZE and its name */

static struct page_item item[MODLIST_MAX];
static char text[REPORT_SIZE];
static struct page_answer got;

/* Nothing was chosen. */
static void
no_choice(struct answer *a, enum page_end end)
{
	a->words[0] = '\0';
	a->request = end == PAGE_NOBODY ? REQUEST_NOBODY : REQUEST_BACK;
}

static void
retry_with(struct answer *a, const char *words)
{
	a->request = REQUEST_RETRY;
	if (text_copy(a->words, sizeof a->words, words) == 0 && words[0])
		return;
	a->request = REQUEST_BACK;
}

/* ------------------------------------------------------------ the root */

static void
choose_root(struct boot *b, const struct places *at, struct answer *a)
{
	static struct rootlist roots;
	struct page p = { .kind = PAGE_MENU, .title = "choose the root",
		.item = item, .deadline_ms = -1 };
	enum page_end end;
	struct err e;

	if (rootlist_make(b, at, &roots, &e) < 0) {
		dialog_tell(e.text);
		a->request = REQUEST_BACK;
		return;
	}
	for (unsigned i = 0; i < roots.count; i++)
		item[i] = (struct page_item){ roots.entry[i].text,
			roots.entry[i].note };
	p.count = roots.count;
	p.chosen = roots.likely < roots.count ? roots.likely : 0;
	end = dialog_page(&p, &got);
	if (end == PAGE_CHOSEN)
		retry_with(a, roots.entry[got.chosen].words);
	else
		no_choice(a, end);
}

/* ------------------------------------------------------------ options */

/* A word that a person edits; of the whole line only what is new counts. */
static void
edit_words(const struct boot *b, const char *initial, struct answer *a)
{
	static char changes[ANSWER_SIZE];
	const char *history[] = { b->cmdline, b->typed, NULL };
	struct page p = { .kind = PAGE_INPUT, .title = "options",
		.prompt = "Options: ", .initial = initial,
		.history = history, .deadline_ms = -1 };
	enum page_end end;

	if (!b->typed[0])
		history[1] = NULL;
	text[0] = '\0';
	text_add(text, sizeof text, "The command line: %s\nTyped so far: %s\n"
		"What is typed here counts over both.", b->cmdline,
		b->typed[0] ? b->typed : "nothing");
	p.text = text;
	end = dialog_page(&p, &got);
	if (end != PAGE_CHOSEN) {
		no_choice(a, end);
		return;
	}
	if (optline_changes(b->cmdline, got.text, changes, sizeof changes) < 0)
		changes[0] = '\0';
	if (!changes[0])
		dialog_tell("there is nothing new in it");
	retry_with(a, changes);
}

static void
edit_options(const struct boot *b, struct answer *a)
{
	static char word[OPT_COUNT][WORD_SIZE];
	static char note[OPT_COUNT][64];
	struct page p = { .kind = PAGE_MENU, .title = "options",
		.item = item, .count = OPT_COUNT + 1, .deadline_ms = -1 };
	enum page_end end;

	item[0] = (struct page_item){ "type options, or edit the command line",
		NULL };
	for (unsigned i = 0; i < OPT_COUNT; i++) {
		enum origin origin = (enum origin)b->options.origin[i];

		optshow_word(&b->options, (enum option)i, word[i], WORD_SIZE);
		if (!word[i][0])
			snprintf(word[i], WORD_SIZE, "(no %s)",
				options_name((enum option)i));
		snprintf(note[i], sizeof note[i], "from: %s",
			options_origin(origin));
		item[i + 1] = (struct page_item){ word[i], note[i] };
	}
	end = dialog_page(&p, &got);
	if (end != PAGE_CHOSEN)
		no_choice(a, end);
	else if (got.chosen == 0)
		edit_words(b, "", a);
	else
		edit_words(b, word[got.chosen - 1][0] == '(' ?
			options_name((enum option)(got.chosen - 1)) :
			word[got.chosen - 1], a);
}

/* ------------------------------------------------------------ modules */

/* "queue_depth=4 x=1" -> "NAME.queue_depth=4 NAME.x=1", kept with what was
 * typed, since drivers look there. */
static int
keep_parameters(struct boot *b, const char *name, const char *words,
	struct err *e)
{
	static char typed[TYPED_SIZE];
	size_t len;

	text_copy(typed, sizeof typed, b->typed);
	for (; *words; words += len) {
		words += strspn(words, " ");
		len = strcspn(words, " ");
		if (len > 0 && text_add(typed, sizeof typed, "%s%s.%.*s",
		    typed[0] ? " " : "", name, (int)len, words) < 0)
			return fail(e, 0, "too much has been typed");
	}
	return text_copy(b->typed, sizeof b->typed, typed);
}

static void
load(struct boot *b, const struct places *at, const char *name,
	const char *words)
{
	static struct err e, ignored;
	static char line[ERR_TEXT_SIZE + 64];

	moddone_forget(&b->failed_modules);
	if (keep_parameters(b, name, words, &e) == 0 &&
	    (drivers_open(at, b, &ignored), drivers_load(name, &e)) == 0)
		snprintf(line, sizeof line, "Loaded: %s", name);
	else
		snprintf(line, sizeof line, "Not loaded: %s", e.text);
	dialog_say(line);
}

/* What it is, and whether with parameters. */
static enum page_end
one_module(struct boot *b, const struct places *at, const struct modlist *l,
	struct modlist_entry *m)
{
	static const struct page_item ways[] = { { "load it", NULL },
		{ "with parameters", NULL } };
	static char parameters[2048];
	struct page p = { .kind = PAGE_MENU, .title = m->name, .text = text,
		.item = ways, .count = 2, .deadline_ms = -1 };
	struct page words = { .kind = PAGE_INPUT, .title = m->name,
		.prompt = "Parameters: ", .text = text, .deadline_ms = -1 };
	enum page_end end;

	modlist_describe(l, m);
	modlist_parameters(l, m, parameters, sizeof parameters);
	text[0] = '\0';
	text_add(text, sizeof text, "%s: %s\n%s%s%s%s", m->name, m->what,
		m->path, m->loaded ? "\nIt is loaded." : m->failed ?
		"\nIt could not be loaded." : "", parameters[0] ?
		"\nParameters:\n" : "", parameters);
	end = dialog_page(&p, &got);
	if (end != PAGE_CHOSEN)
		return end;
	got.text[0] = '\0';
	if (got.chosen == 1 && (end = dialog_page(&words, &got)) !=
	    PAGE_CHOSEN)
		return end;
	load(b, at, m->name, got.text);
	return PAGE_BACK;
}

static void
list_modules(const struct modlist *l)
{
	static char line[MODLIST_MAX][MODLIST_NAME + MODLIST_WHAT + 16];

	for (unsigned i = 0; i < l->count; i++) {
		const struct modlist_entry *m = &l->entry[i];

		snprintf(line[i], sizeof line[i], "%-20s %-7s %s", m->name,
			m->loaded ? "loaded" : m->failed ? "failed" : "",
			m->what);
		item[i] = (struct page_item){ line[i], NULL };
	}
}

static void
choose_module(struct boot *b, const struct places *at, struct answer *a)
{
	static struct modlist l;
	struct page p = { .kind = PAGE_MENU, .title = "load a module",
		.item = item, .deadline_ms = -1 };
	static struct err e;
	enum page_end end;

	do {
		if (modlist_open(&l, at, &b->failed_modules, &e) < 0) {
			dialog_tell(e.text);
			a->request = REQUEST_BACK;
			return;
		}
		list_modules(&l);
		p.count = l.count;
		end = dialog_page(&p, &got);
		p.chosen = got.chosen;
		if (end == PAGE_CHOSEN &&
		    one_module(b, at, &l, &l.entry[got.chosen]) == PAGE_NOBODY)
			end = PAGE_NOBODY;
		modlist_close(&l);
	} while (end == PAGE_CHOSEN);
	no_choice(a, end);
}

/* A module is chosen from the network's page, too, and that comes back. */
static void
mend_network(struct boot *b, const struct places *at, struct answer *a)
{
	do {
		netmenu(b, at, a);
		if (a->request != REQUEST_MODULES)
			return;
		choose_module(b, at, a);
	} while (a->request == REQUEST_BACK);
}

/* ------------------------------------------------------------ viewers */

static void
view(const char *title, int made, const struct err *e, struct answer *a)
{
	struct page p = { .kind = PAGE_VIEW, .title = title, .text = text,
		.deadline_ms = -1 };

	if (made == 0) {
		no_choice(a, dialog_page(&p, &got));
		return;
	}
	dialog_tell(e->text);
	a->request = REQUEST_BACK;
}

bool
menus_are_there(void)
{
	return true;
}

bool
menus_follow(struct boot *b, const struct places *at, struct answer *a)
{
	struct err e;

	switch (a->request) {
	case REQUEST_ROOTS:
		choose_root(b, at, a);
		return true;
	case REQUEST_OPTIONS:
		edit_options(b, a);
		break;
	case REQUEST_MODULES:
		choose_module(b, at, a);
		break;
	case REQUEST_NETWORK:
		mend_network(b, at, a);
		break;
	case REQUEST_LOG:
		view("log", report_log(at, text, &e), &e, a);
		break;
	case REQUEST_HARDWARE:
		view("hardware", report_hardware(at, text, &e), &e, a);
		break;
	case REQUEST_RETRY:
	case REQUEST_SHELL:
	case REQUEST_REBOOT:
	case REQUEST_POWEROFF:
	case REQUEST_KERNEL:
	case REQUEST_NOBODY:
	case REQUEST_TIMEOUT:
	case REQUEST_BACK:
		break;
	}
	return false;
}
