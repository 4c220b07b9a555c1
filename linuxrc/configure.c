/* SPDX-License-Identifier: MIT */
/*
 * configure.c - see configure.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "configure.h"
#include "lib/dir.h"
#include "lib/file.h"
#include "lib/log.h"
#include "lib/options.h"
#include "lib/text.h"

enum { CONF_SIZE = 65536 };	/* a linuxrc.conf with every comment is 8 K */

/* A source of options with a fault is still used for the rest of it. */
static void
say_fault(const char *source, const struct err *e)
{
	say(LOG_WITHOUT, "%s: %s", source, e->text);
}

static void
take_conf(struct boot *b, int dir, const char *path)
{
	static char text[CONF_SIZE];
	struct err e;
	ssize_t n = file_read(dir, path, text, sizeof text, &e);

	if (n < 0 && e.code == ENOENT)
		return;
	if (n < 0 || options_take_conf(&b->options, text, (size_t)n,
	    b->contract, &e) < 0)
		say_fault(path, &e);
}

/*
 * The name that follows after in sorted order, "" when there is none. A few
 * files: looking through the directory for each costs less than a list.
 */
static void
next_name(int dir, const char *after, char next[static NAME_SIZE])
{
	const char *name;
	struct dir d;

	next[0] = '\0';
	if (dir_open(&d, dir, ".") < 0)
		return;
	while ((name = dir_next(&d)))
		if (name[0] != '.' && strcmp(name, after) > 0 &&
		    (next[0] == '\0' || strcmp(name, next) < 0))
			text_copy(next, NAME_SIZE, name);
	dir_close(&d);
}

static void
take_conf_dir(struct boot *b, const struct places *at)
{
	char name[2][NAME_SIZE] = { "", "" };
	unsigned turn = 0;
	int dir = openat(at->root, "etc/linuxrc.d", O_RDONLY | O_DIRECTORY |
		O_CLOEXEC);

	if (dir < 0)
		return;
	for (;; turn = !turn) {
		next_name(dir, name[turn], name[!turn]);
		if (name[!turn][0] == '\0')
			break;
		take_conf(b, dir, name[!turn]);
	}
	close(dir);
}

static int
take_cmdline(struct boot *b, const struct places *at, enum contract words,
	struct err *e)
{
	ssize_t n;

	if (!b->rehearsal) {
		n = file_read(at->proc, "cmdline", b->cmdline,
			sizeof b->cmdline, e);
		if (n < 0)
			return -1;
		while (n > 0 && b->cmdline[n - 1] == '\n')
			b->cmdline[--n] = '\0';
	}
	return options_take(&b->options, b->cmdline, ORIGIN_CMDLINE, words, e);
}

/*
 * Process 1 on a block initrd, but 0x100 in real-root-dev: /linuxrc came
 * before and left the initrd as the root (handover.h), so the words on the
 * command line mean what they meant to it.
 */
static enum contract
whose_words(const struct boot *b, const struct places *at)
{
	char text[16];

	if (b->contract == CONTRACT_RAM0 &&
	    file_line(at->proc, "sys/kernel/real-root-dev", text,
	    sizeof text) > 0 && strcmp(text, "256") == 0)
		return CONTRACT_LINUXRC;
	return b->contract;
}

/* A latch: no later worker, and no source that is read again, clears it. */
static void
hold_lock(struct boot *b)
{
	if (b->locked == ORIGIN_DEFAULT && b->options.lock)
		b->locked = (enum origin)b->options.origin[OPT_LOCK];
	if (b->locked == ORIGIN_DEFAULT)
		return;
	b->options.lock = true;
	b->options.origin[OPT_LOCK] = (unsigned char)b->locked;
}

/* Each word that the lock kept out, by name. */
static int
say_refused(const struct boot *b, struct err *e)
{
	const struct boot_options *o = &b->options;
	const char *where = options_origin(b->locked);

	if (o->refused[0])
		say(LOG_WITHOUT, "refused, because linuxrc.lock is set in the "
			"%s: %s", where, o->refused);
	if (o->modules_refused)
		say(LOG_WITHOUT, "linuxrc.lock is set in the %s: no word of a "
			"later place reaches a module, or bars one", where);
	if (!o->init_refused)
		return 0;
	return fail(e, 0, "init= on the command line is refused, because "
		"linuxrc.lock is set in the %s; but the kernel that runs "
		"/linuxrc would run that init", where);
}

/* What the kernel resolved root= (or rdev's number) to before it ran us. */
static void
take_real_root_dev(struct boot *b, const struct places *at)
{
	char text[16];
	long number;

	if (b->contract != CONTRACT_LINUXRC || b->options.root[0] ||
	    b->locked == ORIGIN_FILE ||
	    file_line(at->proc, "sys/kernel/real-root-dev", text,
	    sizeof text) <= 0 ||
	    text_number(text, 10, INT32_MIN, INT32_MAX, &number) < 0 ||
	    number == 0)
		return;
	/* minors from 0x80000 on make it negative */
	snprintf(b->options.root, sizeof b->options.root, "0x%x",
		(unsigned)(int32_t)number);
	b->options.origin[OPT_ROOT] = ORIGIN_KERNEL;
}

static void
take_files(struct boot *b, const struct places *at)
{
	take_conf(b, at->root, "etc/linuxrc.conf");
	take_conf_dir(b, at);
	/* once known it counts, even if the next word is our last */
	hold_lock(b);
}

static void
configure_panic(struct boot *b, const struct places *at)
{
	char text[16];
	long seconds;

	b->panic_s = b->options.panic_s;
	if (b->panic_s != NOT_GIVEN)
		return;
	b->panic_s = 0;
	if (file_line(at->proc, "sys/kernel/panic", text, sizeof text) > 0 &&
	    text_number(text, 10, -1, 86400, &seconds) == 0)
		b->panic_s = (int)seconds;
}

int
configure_read(struct boot *b, const struct places *at, struct err *e)
{
	int result;

	b->configured = true;
	options_defaults(&b->options);
	take_files(b, at);
	result = take_cmdline(b, at, whose_words(b, at), e);
	/* what was typed may be all there is, and then it is enough */
	if (result < 0 && (b->cmdline[0] || b->typed[0])) {
		say_fault("command line", e);
		result = 0;
	}
	if (b->typed[0] && options_take(&b->options, b->typed, ORIGIN_DIALOG,
	    b->contract, e) < 0)
		say_fault("typed", e);
	if (b->options.unknown[0])
		say(LOG_WITHOUT, "unknown options, ignored: %s",
			b->options.unknown);
	take_real_root_dev(b, at);
	configure_panic(b, at);
	hold_lock(b);
	return b->locked == ORIGIN_DEFAULT || result < 0 ? result :
		say_refused(b, e);
}

void
configure_early(struct boot *b, const struct places *at)
{
	struct err ignored;

	if (b->configured)
		configure_panic(b, at);
	else
		configure_read(b, at, &ignored);
}
