/* SPDX-License-Identifier: MIT */
/*
 * system.c - see system.h. What is large here is touched when it is asked for.
 */
#include <stdio.h>

#include "ask.h"
#include "drivers.h"
#include "inspect.h"
#include "lib/log.h"
#include "shell.h"
#include "sysroot.h"
#include "system.h"

#define NO_SHELL "this image has no shell: make it with mkinitrd --rescue"

enum how { AWAY, READ_ONLY, WRITABLE };	/* a system is mounted */

/* What can be done with one of them. */
enum way { MOUNT_READ_ONLY, MOUNT_WRITABLE, UNMOUNT, START, SHELL_IN,
	SHELL_BESIDE, WAY_COUNT };

static struct {
	struct boot *boot;
	const struct places *at;
	struct rootlist roots;
	enum how how[ROOTLIST_MAX];
} menu;

/* ------------------------------------------------------------ mounting */

static const struct rootlist_entry *
entry(unsigned i)
{
	return &menu.roots.entry[i];
}

static int
unmount(unsigned i)
{
	struct err e;

	if (menu.how[i] == AWAY)
		return 0;
	if (sysroot_unmount(menu.boot->kernfs.base, entry(i)->name, &e) < 0) {
		dialog_tell(e.text);
		return -1;
	}
	menu.how[i] = AWAY;
	return 0;
}

static int
mount_root(unsigned i, enum how how, struct err *e)
{
	const struct blockdevs devices = { menu.at->proc, menu.at->sys,
		menu.at->dev, false };
	const struct sysroot r = {
		.devices = &devices, .base = menu.boot->kernfs.base,
		.name = entry(i)->name, .type = entry(i)->type,
		.rw = how == WRITABLE, .load_driver = drivers_filesystem,
		.held = menu.boot->held,
	};
	int result;

	if (!entry(i)->type[0])
		return fail(e, 0, "%s: no file system", entry(i)->name);
	/* a suspended system would not know what has been written */
	menu.boot->mounted = true;
	result = sysroot_mount(&r, e);
	inspect_undo(&devices, menu.boot->held);
	return result;
}

/* Have it mounted, and say where. */
static int
mount_as(unsigned i, enum how how)
{
	char dir[SYSROOT_DIR_SIZE], line[ERR_TEXT_SIZE];
	struct err e;

	if (menu.how[i] == how)
		return 0;
	if (unmount(i) < 0)
		return -1;
	if (mount_root(i, how, &e) < 0) {
		dialog_tell(e.text);
		return -1;
	}
	menu.how[i] = how;
	sysroot_dir(menu.boot->kernfs.base, entry(i)->name, dir);
	snprintf(line, sizeof line, "Mounted: %s on %s, %s", entry(i)->name,
		dir, how == WRITABLE ? "writable" : "read-only");
	say(LOG_STEP, "%s", line);
	dialog_say(line);
	return 0;
}

static int
be_mounted(unsigned i)
{
	return menu.how[i] != AWAY ? 0 : mount_as(i, READ_ONLY);
}

/* ------------------------------------------------------------ shells */

static void
shell_in(unsigned i)
{
	char dir[SYSROOT_DIR_SIZE];
	const struct shell_system system = { dir, sysroot_enter };
	int result;

	if (be_mounted(i) < 0)
		return;
	sysroot_dir(menu.boot->kernfs.base, entry(i)->name, dir);
	result = shell_run(menu.boot, menu.at, dialog_lend(), &system);
	dialog_take_back();
	if (result < 0)
		dialog_tell("there is no /bin/sh in it that can be run here");
}

void
system_shell(void)
{
	int result;

	if (!shell_find(menu.boot)) {
		dialog_tell(NO_SHELL);
		return;
	}
	result = shell_run(menu.boot, menu.at, dialog_lend(), NULL);
	dialog_take_back();
	if (result < 0)
		dialog_tell("the shell cannot be run");
}

/* ------------------------------------------------------------ a system */

/* root=THAT counts from the drivers on, which are the step before. */
static bool
start(unsigned i)
{
	struct boot *b = menu.boot;

	if (!ask_take_typed(b, entry(i)->words))
		return false;
	b->rescued = true;
	b->step--;
	b->outcome = OUTCOME_RETRY;
	return true;
}

/* True when the menu is over. */
static bool
go(unsigned i, enum way way)
{
	switch (way) {
	case MOUNT_READ_ONLY:
		mount_as(i, READ_ONLY);
		break;
	case MOUNT_WRITABLE:
		mount_as(i, WRITABLE);
		break;
	case UNMOUNT:
		unmount(i);
		break;
	case START:
		return start(i);
	case SHELL_IN:
		shell_in(i);
		break;
	case SHELL_BESIDE:
		if (be_mounted(i) == 0)
			system_shell();
		break;
	case WAY_COUNT:
		break;
	}
	return false;
}

enum page_end
system_page(unsigned i)
{
	static const struct page_item ways[WAY_COUNT] = {
		[MOUNT_READ_ONLY] = { "mount it, read-only", NULL },
		[MOUNT_WRITABLE] = { "make it writable", NULL },
		[UNMOUNT] = { "unmount it", NULL },
		[START] = { "start its init", NULL },
		[SHELL_IN] = { "enter it, with a shell of its own", NULL },
		[SHELL_BESIDE] = { "shell of this image, beside it", NULL },
	};
	static struct page_answer got;
	static char text[ROOTLIST_TEXT + ROOTLIST_NOTE + 2];
	struct page p = { .kind = PAGE_MENU, .title = entry(i)->name,
		.text = text, .item = ways, .count = WAY_COUNT,
		.deadline_ms = -1 };
	enum page_end end;

	snprintf(text, sizeof text, "%s\n%s", entry(i)->text, entry(i)->note);
	while ((end = dialog_page(&p, &got)) == PAGE_CHOSEN) {
		p.chosen = got.chosen;
		if (go(i, (enum way)got.chosen))
			break;
	}
	return end;
}

/* ------------------------------------------------------------ all of them */

const struct rootlist *
system_list(struct boot *b, const struct places *at, struct err *e)
{
	menu.boot = b;
	menu.at = at;
	e->text[0] = '\0';
	/* those that are mounted are in use, and would not be looked at */
	for (unsigned i = 0; i < menu.roots.count; i++)
		if (unmount(i) < 0)
			return &menu.roots;
	if (rootlist_make(b, at, &menu.roots, e) < 0)
		menu.roots.count = menu.roots.likely = 0;
	return &menu.roots;
}
