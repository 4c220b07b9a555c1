/* SPDX-License-Identifier: MIT */
/*
 * dialog.c - see dialog.h.
 */
#include <stdio.h>
#include <string.h>

#include "dialog.h"
#include "dialog/consoles.h"
#include "dialog/ui.h"
#include "lib/err.h"
#include "lib/sys.h"
#include "lib/text.h"

enum { CHOICES_MAX = 16 };

static struct ui ui;
static struct consoles consoles;

struct menu {
	unsigned count;
	enum request request[CHOICES_MAX];
	bool type[CHOICES_MAX];		/* a value is asked for */
	struct page_item item[CHOICES_MAX];
};

void
dialog_open(const struct dialog_terminal *terminal, unsigned count)
{
	ui.count = count < UI_TERMS_MAX ? count : UI_TERMS_MAX;
	for (unsigned i = 0; i < ui.count; i++) {
		struct term *t = &ui.term[i];

		t->in = terminal[i].in;
		t->out = terminal[i].out;
		t->full = terminal[i].full;
		t->utf8 = terminal[i].utf8;
		t->colour = terminal[i].colour;
		text_copy(t->name, sizeof t->name, terminal[i].name);
	}
	ui_open(&ui);
}

void
dialog_open_consoles(const struct places *at, enum front_end choice)
{
	consoles_open(&consoles, at, choice);
	if (consoles.noisy)
		sys_quiet_console(true);
	dialog_open(consoles.terminal, consoles.count);
}

void
dialog_close(const char *last)
{
	dialog_lend();
	if (last)
		ui_end(&ui, last);
	consoles_close(&consoles);
}

enum page_end
dialog_page(struct page *p, struct page_answer *got)
{
	return ui_run(&ui, p, got);
}

void
dialog_say(const char *line)
{
	ui_say(&ui, line);
}

int
dialog_lend(void)
{
	int fd = ui.owner && ui.owner->in != 0 ? ui.owner->in : -1;

	ui_close(&ui);
	if (consoles.noisy)
		sys_quiet_console(false);
	return fd;
}

void
dialog_take_back(void)
{
	if (consoles.noisy)
		sys_quiet_console(true);
	consoles_renew(&consoles);
	ui_open(&ui);
}

void
dialog_tell(const char *why)
{
	char text[ERR_TEXT_SIZE + 16];

	snprintf(text, sizeof text, "Not taken: %s", why);
	ui_say(&ui, text);
}

static void
offer(struct menu *m, enum request request, const char *text)
{
	m->request[m->count] = request;
	m->type[m->count] = false;
	m->item[m->count++] = (struct page_item){ text, NULL };
}

/* What changes something is not offered where nothing may be typed. */
static void
offer_changes(const struct question *q, struct menu *m)
{
	if (!q->typed[0])
		return;
	offer(m, REQUEST_RETRY, strcmp(q->typed, "init") == 0 ?
		"another init=" : "another root=");
	m->type[m->count - 1] = true;
	if (!q->menus)
		return;
	if (q->roots)
		offer(m, REQUEST_ROOTS, "choose the root");
	offer(m, REQUEST_OPTIONS, "options");
	offer(m, REQUEST_MODULES, "load a module");
	if (q->roots)
		offer(m, REQUEST_NETWORK, "network");
}

static void
make_menu(const struct question *q, struct menu *m)
{
	m->count = 0;
	offer(m, REQUEST_RETRY, "try again");
	m->item[0].note = q->plan;
	offer_changes(q, m);
	if (q->menus) {
		offer(m, REQUEST_LOG, "log");
		offer(m, REQUEST_HARDWARE, "hardware");
	}
	if (q->shell)
		offer(m, REQUEST_SHELL, "shell");
	if (q->kernel)
		offer(m, REQUEST_KERNEL, "let the kernel try");
	offer(m, REQUEST_REBOOT, "reboot");
	offer(m, REQUEST_POWEROFF, "power off");
}

static enum request
no_answer(enum page_end end)
{
	return end == PAGE_TIMEOUT ? REQUEST_TIMEOUT :
		end == PAGE_NOBODY ? REQUEST_NOBODY : REQUEST_BACK;
}

/* The value of q->typed, as an option word. */
static void
ask_value(const struct question *q, struct answer *a)
{
	static struct page_answer typed;
	char prompt[NAME_SIZE];
	struct page p = { .kind = PAGE_INPUT, .title = "linuxrc",
		.prompt = prompt, .deadline_ms = -1 };
	enum page_end end;

	snprintf(prompt, sizeof prompt, "%s=", q->typed);
	end = ui_run(&ui, &p, &typed);
	if (end != PAGE_CHOSEN) {
		a->request = no_answer(end);
		return;
	}
	text_copy(a->words, sizeof a->words, prompt);
	if (text_append(a->words, sizeof a->words, typed.text) == 0)
		return;
	dialog_tell("that is too long");
	a->request = REQUEST_BACK;
}

static void
take(const struct question *q, const struct menu *m, unsigned chosen,
	struct answer *a)
{
	a->request = m->request[chosen];
	if (m->type[chosen])
		ask_value(q, a);
}

void
dialog_ask(const struct question *q, struct answer *a)
{
	static struct page_answer got;
	static struct menu menu;
	struct page p = { .kind = PAGE_MENU, .top = true, .words = true,
		.title = "linuxrc", .text = q->sentence,
		.deadline_ms = q->deadline_ms, .then = q->then };
	enum page_end end;

	make_menu(q, &menu);
	p.item = menu.item;
	p.count = menu.count;
	p.prompt = !q->typed[0] ? "Number: " : strcmp(q->typed, "init") == 0 ?
		"Number, or an option such as init=/bin/sh: " :
		"Number, or an option such as root=/dev/vda1: ";
	ui_everyone(&ui);
	do {
		a->words[0] = '\0';
		end = ui_run(&ui, &p, &got);
		a->request = no_answer(end);
		if (end == PAGE_CHOSEN)
			take(q, &menu, got.chosen, a);
		if (end == PAGE_WORDS)
			a->request = REQUEST_RETRY;
		if (end == PAGE_WORDS)
			text_copy(a->words, sizeof a->words, got.text);
		p.chosen = got.chosen;
	} while (a->request == REQUEST_BACK);
}
