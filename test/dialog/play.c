/* SPDX-License-Identifier: MIT */
/*
 * play FRONT PAGE ANSWER: shows a page on standard input and output, for
 * dialog.bats to answer it as a person would, and writes what came of it to
 * the file ANSWER. FRONT: full, utf8, mono (a full screen of that kind), line.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "dialog.h"
#include "lib/options.h"
#include "lib/sys.h"
#include "lib/text.h"
#include "netmenu.h"

static FILE *answers;

static const char *const requests[] = {
	[REQUEST_RETRY] = "retry", [REQUEST_SHELL] = "shell",
	[REQUEST_REBOOT] = "reboot", [REQUEST_POWEROFF] = "poweroff",
	[REQUEST_KERNEL] = "kernel", [REQUEST_NOBODY] = "nobody",
	[REQUEST_TIMEOUT] = "timeout", [REQUEST_BACK] = "back",
	[REQUEST_ROOTS] = "roots", [REQUEST_OPTIONS] = "options",
	[REQUEST_MODULES] = "modules", [REQUEST_NETWORK] = "network",
	[REQUEST_LOG] = "log", [REQUEST_HARDWARE] = "hardware",
};

static const char *const ends[] = {
	[PAGE_STAYS] = "stays", [PAGE_CHOSEN] = "chosen",
	[PAGE_WORDS] = "words", [PAGE_BACK] = "back",
	[PAGE_TIMEOUT] = "timeout", [PAGE_NOBODY] = "nobody",
};

static void
question(int64_t seconds)
{
	static struct answer a;
	struct question q = {
		.sentence = "linuxrc: find the root device: root=UUID=11111111"
			"-2222-3333-4444-555555555556: not there after 30 s "
			"-- saw vda (ext2 UUID=11111111-2222-3333-4444-"
			"555555555555); the UUID differs from that of vda in "
			"one character",
		.plan = "root=UUID=11111111-2222-3333-4444-555555555556 "
			"(command line), ro, init: the first of the usual",
		.typed = "root", .shell = true, .menus = true, .roots = true,
		.deadline_ms = seconds ? sys_now_ms() + seconds * 1000 : -1,
		.then = "reboot",
	};

	do {
		dialog_ask(&q, &a);
		q.deadline_ms = -1;
		fprintf(answers, "%s %s\n", requests[a.request], a.words);
		fflush(answers);
		if (a.request == REQUEST_RETRY && strcmp(a.words,
		    "root=wrong") == 0)
			dialog_tell("wrong: there is no such thing");
	} while (a.request == REQUEST_RETRY && strcmp(a.words,
	    "root=wrong") == 0);
}

static void
show(struct page *p)
{
	static struct page_answer got;
	enum page_end end = dialog_page(p, &got);

	fprintf(answers, "%s %u %s\n", ends[end],
		end == PAGE_CHOSEN ? got.chosen + 1 : 0, got.text);
}

static void
list(unsigned count)
{
	static char names[300][32];
	static struct page_item item[300];
	struct page p = { .kind = PAGE_MENU, .title = "load a module",
		.item = item, .count = count, .deadline_ms = -1 };

	for (unsigned i = 0; i < count; i++) {
		snprintf(names[i], sizeof names[i], "%c%02u_module",
			(int)('a' + i % 26), i);
		item[i] = (struct page_item){ names[i], i % 2 ?
			"what is known about it" : NULL };
	}
	show(&p);
}

static void
view(void)
{
	static char text[8192];
	struct page p = { .kind = PAGE_VIEW, .title = "log", .text = text,
		.deadline_ms = -1 };

	for (unsigned i = 1; i <= 50; i++)
		text_add(text, sizeof text, "[    0.%06u] line number %u%s\n",
			i, i, i == 3 ? ", one that is longer than a screen of "
			"eighty columns can show at a time" : "");
	show(&p);
}

static void
input(enum page_kind kind)
{
	static const char *const history[] = { "root=/dev/vdx ro", NULL };
	struct page p = { .kind = kind, .title = "options",
		.text = kind == PAGE_INPUT ? "The command line: "
		"root=/dev/vdx ro" : "The disk is locked.",
		.prompt = kind == PAGE_INPUT ? "Options: " : "Passphrase: ",
		.history = kind == PAGE_INPUT ? history : NULL,
		.deadline_ms = -1 };

	show(&p);
}

/* Two cards, one of them without a cable, and what came of ip=dhcp. */
static void
network(void)
{
	static const struct netlist cards = { 2, {
		{ "eth0", "virtio_net", { 0x52, 0x54, 0, 0x12, 0x34, 0x56 },
			true, 0x0a00020f, 24 },
		{ "eth1", "e1000", { 0x52, 0x54, 0, 0x12, 0x34, 0x57 },
			false, 0, 0 },
	} };
	static struct boot b;
	static struct answer a;
	struct err e;

	options_defaults(&b.options);
	options_take(&b.options, "root=nfs:/srv ip=dhcp", ORIGIN_CMDLINE,
		CONTRACT_INITRAMFS, &e);
	strcpy(b.net_fault, "no answer after 9 s: eth0 got no answer to 3 "
		"packets, eth1 has no link -- is there a DHCP server? ip= "
		"can give the address instead");
	netmenu_show(&b, &cards, "", &a);
	fprintf(answers, "%s %s\n", requests[a.request], a.words);
}

int
main(int argc, char **argv)
{
	struct dialog_terminal t = { .in = 0, .out = 1, .name = "here" };

	if (argc != 4)
		return 2;
	t.full = strcmp(argv[1], "line") != 0;
	t.utf8 = strcmp(argv[1], "utf8") == 0;
	t.colour = strcmp(argv[1], "mono") != 0;
	/* its terminal is no controlling terminal of the real one */
	signal(SIGHUP, SIG_IGN);
	answers = fopen(argv[3], "w");
	if (!answers)
		return 2;
	dialog_open(&t, 1);
	if (strcmp(argv[2], "question") == 0)
		question(0);
	else if (strcmp(argv[2], "countdown") == 0)
		question(4);
	else if (strcmp(argv[2], "list") == 0)
		list(60);
	else if (strcmp(argv[2], "view") == 0)
		view();
	else if (strcmp(argv[2], "network") == 0)
		network();
	else
		input(strcmp(argv[2], "hidden") == 0 ? PAGE_HIDDEN :
			PAGE_INPUT);
	dialog_close("For the boot loader: root=/dev/vda ro");
	return fclose(answers) != 0;
}
