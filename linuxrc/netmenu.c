/* SPDX-License-Identifier: MIT */
/*
 * netmenu.c - see netmenu.h. The words are those of the kernel's nfsroot.rst,
 * and what is typed is understood before it is taken: lib/ipspec.
 */
#include <stdio.h>
#include <string.h>

#include "drivers.h"
#include "lib/ipaddr.h"
#include "lib/ipspec.h"
#include "lib/log.h"
#include "lib/options.h"
#include "lib/text.h"
#include "netapply.h"
#include "netmenu.h"
#include "steps.h"

/* What stands below the cards. */
enum other { TYPE_IP, TYPE_NFSROOT, LOOK, LOAD_MODULE, OTHER_COUNT };

enum { TEXT_SIZE = 2048, NOTE_TEXT = 96 };

static struct page_answer got;

static const char *
origin_of(const struct boot_options *o, enum option option)
{
	return options_origin((enum origin)o->origin[option]);
}

/* ------------------------------------------------------------- the page */

static void
describe_asked(const struct boot_options *o, char *text)
{
	if (o->nfsaddrs[0])
		text_add(text, TEXT_SIZE, "Asked for: ip=%s (%s)\n",
			o->nfsaddrs, origin_of(o, OPT_NFSADDRS));
	if (o->bootif[0])
		text_add(text, TEXT_SIZE, "Asked for: BOOTIF=%s (%s)\n",
			o->bootif, origin_of(o, OPT_BOOTIF));
	if (!o->nfsaddrs[0] && !o->bootif[0])
		text_add(text, TEXT_SIZE, "No ip= was given.\n");
	if (o->nfsroot[0])
		text_add(text, TEXT_SIZE, "The root's server: nfsroot=%s "
			"(%s)\n", o->nfsroot, origin_of(o, OPT_NFSROOT));
}

static void
describe(const struct boot *b, const struct netlist *l, const char *hint,
	char *text)
{
	char has[NAME_SIZE];

	text[0] = '\0';
	describe_asked(&b->options, text);
	if (b->net.device[0]) {
		netapply_describe(&b->net, has, sizeof has);
		text_add(text, TEXT_SIZE, "Configured: %s\n", has);
	}
	if (b->net_fault[0])
		text_add(text, TEXT_SIZE, "It failed: %s\n", b->net_fault);
	if (!b->net.device[0] && !b->net_fault[0])
		text_add(text, TEXT_SIZE, "Nothing was configured.\n");
	if (l->count == 0)
		text_add(text, TEXT_SIZE, "No network card has a driver%s%s\n",
			hint[0] ? ": " : ".", hint);
	text[strlen(text) - 1] = '\0';
}

static void
list_cards(const struct netlist *l, struct page_item *item)
{
	static char line[NETLIST_MAX][NETLIST_TEXT];
	static char note[NETLIST_MAX][NOTE_TEXT];

	for (unsigned i = 0; i < l->count; i++) {
		const struct netlist_entry *n = &l->entry[i];
		char mac[IPADDR_MAC_SIZE];

		netlist_line(n, line[i]);
		snprintf(note[i], NOTE_TEXT, "DHCP on it; its address is "
			"%s", ipaddr_write_mac(n->mac, mac));
		item[i] = (struct page_item){ line[i], note[i] };
	}
}

/* --------------------------------------------------------- what is typed */

/* Each line a word of its own. */
static int
add_lines(const char *lines, struct answer *a)
{
	a->words[0] = '\0';
	for (; *lines; lines += strspn(lines, " ")) {
		size_t len = strcspn(lines, " ");

		if (text_add(a->words, sizeof a->words, "%sip=%.*s",
		    a->words[0] ? " " : "", (int)len, lines) < 0)
			return -1;
		lines += len;
	}
	return 0;
}

/* Lines of ip= that mean something. False: none was typed. */
static bool
type_ip(const char *before, struct answer *a, enum page_end *end)
{
	static struct ipspec list[IPSPEC_MAX];
	static char initial[EDIT_SIZE];
	struct page p = { .kind = PAGE_INPUT, .title = "network",
		.prompt = "ip=", .initial = initial, .deadline_ms = -1,
		.text = "CLIENT:SERVER:GATEWAY:NETMASK:HOST:DEVICE:WAY, where "
			"what is empty is found out; or dhcp, bootp, off." };
	const char *lines;
	struct err e;

	text_copy(initial, sizeof initial, before);
	while ((*end = dialog_page(&p, &got)) == PAGE_CHOSEN) {
		lines = text_after(got.text, "ip=");
		lines = lines ? lines : got.text;
		lines += strspn(lines, " ");
		if (ipspec_parse(lines, list, &e) > 0 &&
		    add_lines(lines, a) == 0)
			return true;
		dialog_tell(lines[0] ? e.text : "an empty line");
		text_copy(initial, sizeof initial, lines);
	}
	return false;
}

static bool
type_nfsroot(const char *before, struct answer *a, enum page_end *end)
{
	struct page p = { .kind = PAGE_INPUT, .title = "network",
		.prompt = "nfsroot=", .initial = before, .deadline_ms = -1,
		.text = "SERVER:DIRECTORY, and options behind a comma: "
			"10.0.2.2:/srv/root,v3" };
	const char *value;

	*end = dialog_page(&p, &got);
	if (*end != PAGE_CHOSEN)
		return false;
	value = text_after(got.text, "nfsroot=");
	a->words[0] = '\0';
	if (text_add(a->words, sizeof a->words, "root=/dev/nfs nfsroot=\"%s\"",
	    value ? value : got.text) == 0 && !strchr(got.text, '"'))
		return true;
	dialog_tell("no directory has such a name");
	return false;
}

/* True when the page is over. */
static bool
follow(const struct boot_options *o, enum other choice, struct answer *a,
	enum page_end *end)
{
	switch (choice) {
	case TYPE_IP:
		return type_ip(o->nfsaddrs, a, end);
	case TYPE_NFSROOT:
		return type_nfsroot(o->nfsroot, a, end);
	case LOOK:
		a->request = REQUEST_NETWORK;
		return true;
	case LOAD_MODULE:
		a->request = REQUEST_MODULES;
		return true;
	case OTHER_COUNT:
		break;
	}
	return false;
}

void
netmenu_show(const struct boot *b, const struct netlist *l, const char *hint,
	struct answer *a)
{
	static const struct page_item others[OTHER_COUNT] = {
		[TYPE_IP] = { "type a line of ip=", NULL },
		[TYPE_NFSROOT] = { "root on an NFS server", NULL },
		[LOOK] = { "look for network cards", "their drivers are "
			"loaded, and links are looked at again" },
		[LOAD_MODULE] = { "load a module", NULL },
	};
	static struct page_item item[NETLIST_MAX + OTHER_COUNT];
	static char text[TEXT_SIZE];
	struct page p = { .kind = PAGE_MENU, .title = "network", .text = text,
		.item = item, .count = l->count + OTHER_COUNT,
		.deadline_ms = -1 };
	enum page_end end;

	describe(b, l, hint, text);
	list_cards(l, item);
	memcpy(item + l->count, others, sizeof others);
	while ((end = dialog_page(&p, &got)) == PAGE_CHOSEN) {
		p.chosen = got.chosen;
		a->request = REQUEST_RETRY;
		if (got.chosen < l->count) {
			snprintf(a->words, sizeof a->words,
				"ip=:::::%s:dhcp", l->entry[got.chosen].name);
			return;
		}
		if (follow(&b->options, (enum other)(got.chosen - l->count), a,
		    &end))
			return;
		if (end == PAGE_NOBODY)
			break;
	}
	a->words[0] = '\0';
	a->request = end == PAGE_NOBODY ? REQUEST_NOBODY : REQUEST_BACK;
}

/* ----------------------------------------------------------- what is there */

static void
load_drivers(struct boot *b, const struct places *at)
{
	struct err ignored;

	moddone_forget(&b->failed_modules);
	steps_have_drivers(b, &ignored);
	drivers_network(at, &ignored);
	drivers_coldplug(at, &ignored);
}

void
netmenu(struct boot *b, const struct places *at, struct answer *a)
{
	static struct netlist list;
	char hint[256] = "";
	struct err e;
	int result = netlist_read(&list, at->sys, &e);

	if (result == 0 && list.count == 0) {
		load_drivers(b, at);
		result = netlist_read(&list, at->sys, &e);
	}
	for (; result == 0; result = netlist_read(&list, at->sys, &e)) {
		if (list.count == 0)
			drivers_unbound(at, hint, sizeof hint);
		netmenu_show(b, &list, hint, a);
		if (a->request != REQUEST_NETWORK)
			return;
		load_drivers(b, at);
	}
	dialog_tell(e.text);
	a->words[0] = '\0';
	a->request = REQUEST_BACK;
}
