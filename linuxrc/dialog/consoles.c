/* SPDX-License-Identifier: MIT */
/*
 * consoles.c - see consoles.h.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <linux/kd.h>

#include "dialog/consoles.h"
#include "dialog/full.h"
#include "lib/dir.h"
#include "lib/file.h"
#include "lib/text.h"

enum { LIST_SIZE = 1024 };	/* a dozen lines */

/* -------------------------------------------------------- /proc/consoles */

/* "ttyS0                -W- (EC  p a)    4:64" */
static bool
parse_line(const char *line, struct console_entry *e)
{
	const char *flags = strchr(line, '('), *end;
	size_t name = strcspn(line, " \t(");
	char *number;

	if (!flags || !(end = strchr(flags, ')')) || name == 0 ||
	    name >= sizeof e->name)
		return false;
	memcpy(e->name, line, name);
	e->name[name] = '\0';
	e->preferred = memchr(flags, 'C', (size_t)(end - flags)) != NULL;
	if (!memchr(flags, 'E', (size_t)(end - flags)) ||
	    memchr(flags, 'B', (size_t)(end - flags)))
		return false;
	e->major = (unsigned)strtoul(end + 1, &number, 10);
	if (number == end + 1 || *number != ':')
		return false;
	e->minor = (unsigned)strtoul(number + 1, NULL, 10);
	return true;
}

unsigned
consoles_parse(const char *text, struct console_entry *list, unsigned max)
{
	char line[128];
	unsigned n = 0;

	while (*text && n < max) {
		size_t len = strcspn(text, "\n");

		snprintf(line, sizeof line, "%.*s", (int)len, text);
		n += parse_line(line, &list[n]);
		text += len + (text[len] == '\n');
	}
	return n;
}

bool
consoles_has_colour(const char *term)
{
	static const char *const families[] = { "linux", "xterm", "screen",
		"tmux", "rxvt", "ansi" };

	if (!term || strstr(term, "-m"))
		return false;
	for (unsigned i = 0; i < sizeof families / sizeof families[0]; i++)
		if (text_after(term, families[i]))
			return true;
	return false;
}

/* -------------------------------------------------------------- opening */

static bool
is_screen(int fd)
{
	int mode;

	return ioctl(fd, KDGETMODE, &mode) == 0;
}

static bool
names_utf8(const char *variable)
{
	const char *value = getenv(variable);

	return value && (strstr(value, "UTF-8") || strstr(value, "utf8"));
}

/* Virtual terminals speak it unless told not to; of others only who set the
 * language of our environment knows. */
static bool
speaks_utf8(const struct places *at, bool screen)
{
	char text[8];

	if (!screen)
		return names_utf8("LC_ALL") || names_utf8("LANG");
	return at->sys >= 0 && file_line(at->sys,
		"module/vt/parameters/default_utf8", text, sizeof text) > 0 &&
		(text[0] == '1' || text[0] == 'Y');
}

static void
describe(struct consoles *c, unsigned i, const struct places *at,
	enum front_end ui)
{
	struct dialog_terminal *t = &c->terminal[i];
	bool screen = is_screen(t->in);

	t->name = c->name[i];
	t->full = full_is_wanted(ui, screen);
	t->utf8 = speaks_utf8(at, screen);
	t->colour = consoles_has_colour(getenv("TERM"));
}

static int
open_node(int dev, const char *node)
{
	/* one that hangs (no carrier, no room) is not waited for */
	int fd = openat(dev, node, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0 && isatty(fd))
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

/* Make terminal i of this node. False: it is none. */
static bool
use_node(struct consoles *c, unsigned i, const char *node)
{
	int fd = open_node(c->dev, node);

	if (fd < 0)
		return false;
	text_copy(c->node[i], DEVNAME_SIZE, node);
	c->terminal[i].in = c->terminal[i].out = fd;
	return true;
}

/* What the kernel calls it, by its number: tty0 is the screen in front. */
static bool
find_node(const struct places *at, const struct console_entry *e,
	char node[static DEVNAME_SIZE])
{
	char path[64], link[256];
	const char *name;
	ssize_t n;

	snprintf(path, sizeof path, "dev/char/%u:%u", e->major, e->minor);
	n = readlinkat(at->sys, path, link, sizeof link - 1);
	if (n < 0)
		return false;
	link[n] = '\0';
	name = strrchr(link, '/');
	text_copy(node, DEVNAME_SIZE, name ? name + 1 : link);
	return true;
}

/* Is there something to see? Without a graphics card the kernel has a dummy
 * in its place. A kernel too old to tell has one. */
static bool
has_display(int sys)
{
	char path[300], text[64];
	const char *name;
	bool bound = false;
	struct dir d;

	if (dir_open(&d, sys, "class/vtconsole") < 0)
		return true;
	while (!bound && (name = dir_next(&d))) {
		snprintf(path, sizeof path, "class/vtconsole/%s/bind", name);
		if (file_line(sys, path, text, sizeof text) <= 0 ||
		    text[0] != '1')
			continue;
		snprintf(path, sizeof path, "class/vtconsole/%s/name", name);
		bound = file_line(sys, path, text, sizeof text) > 0 &&
			!strstr(text, "dummy");
	}
	dir_close(&d);
	return bound;
}

/*
 * The first terminal under its own name. Who has it as /dev/console is not told
 * when the line hangs up (__tty_hangup() of drivers/tty/tty_io.c passes over
 * the files of console_fops), and waits on it for ever.
 */
static void
use_own_name(struct consoles *c, const char *node)
{
	struct stat st;

	if (fstat(0, &st) == 0 && st.st_rdev == makedev(5, 1) && !is_screen(0))
		use_node(c, 0, node);
}

static void
add(struct consoles *c, const struct places *at, enum front_end ui,
	const char *name, const char *node)
{
	if (c->count == CONSOLES_MAX || !use_node(c, c->count, node))
		return;
	text_copy(c->name[c->count], DEVNAME_SIZE, name);
	describe(c, c->count++, at, ui);
}

/* All of the kernel's. */
static void
add_others(struct consoles *c, const struct places *at, enum front_end ui)
{
	struct console_entry list[CONSOLES_MAX];
	char text[LIST_SIZE], node[DEVNAME_SIZE];
	struct err ignored;
	unsigned n = 0;

	if (at->proc >= 0 && at->sys >= 0 && file_read(at->proc, "consoles",
	    text, sizeof text, &ignored) > 0)
		n = consoles_parse(text, list, CONSOLES_MAX);
	for (unsigned i = 0; i < n; i++) {
		bool found = find_node(at, &list[i], node);

		if (list[i].preferred)
			text_copy(c->name[0], DEVNAME_SIZE, list[i].name);
		if (found && list[i].preferred)
			use_own_name(c, node);
		else if (found)
			add(c, at, ui, list[i].name, node);
	}
}

/* The screen, when no console is one. The kernel's log does not go there. */
static void
add_screen(struct consoles *c, const struct places *at, enum front_end ui)
{
	for (unsigned i = 0; i < c->count; i++)
		if (is_screen(c->terminal[i].in))
			return;
	if (at->sys >= 0 && has_display(at->sys))
		add(c, at, ui, "tty0", "tty0");
}

void
consoles_open(struct consoles *c, const struct places *at, enum front_end ui)
{
	c->count = 1;
	c->noisy = false;
	c->dev = at->dev;
	text_copy(c->name[0], DEVNAME_SIZE, "the console");
	c->node[0][0] = '\0';
	c->terminal[0] = (struct dialog_terminal){ .in = 0, .out = 1 };
	describe(c, 0, at, ui);
	add_others(c, at, ui);
	for (unsigned i = 0; i < c->count; i++)
		c->noisy = c->noisy || c->terminal[i].full;
	add_screen(c, at, ui);
}

void
consoles_renew(const struct consoles *c)
{
	int fd;

	for (unsigned i = 0; i < c->count; i++) {
		fd = c->node[i][0] ? open_node(c->dev, c->node[i]) : -1;
		if (fd < 0)
			continue;
		dup3(fd, c->terminal[i].in, O_CLOEXEC);
		close(fd);
	}
}

void
consoles_close(struct consoles *c)
{
	for (unsigned i = 0; i < c->count; i++)
		if (c->node[i][0])
			close(c->terminal[i].in);
	c->count = 0;
}
