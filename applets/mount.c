/* SPDX-License-Identifier: MIT */
/*
 * mount - attach file systems: mount(8) of util-linux, with its exit status
 * 32 for what could not be mounted. Sources may be tags (LABEL=, UUID= ...),
 * regular files (a loop device is set up, which goes with the mount) and
 * whatever a file system wants there; a type that was not given is what
 * libblkid sees, else each one of /proc/filesystems.
 *
 * Deviations: -a mounts in the order of fstab(5) and not in parallel; no
 * helpers (mount.TYPE), no -F, -N, -T, no X-mount.*; -n, -v, -s and -i are
 * accepted and do nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>

#include "lib/applet.h"
#include "lib/attach.h"
#include "lib/file.h"
#include "lib/fstab.h"
#include "lib/mountinfo.h"
#include "lib/mountwords.h"
#include "lib/sys.h"
#include "lib/tags.h"
#include "lib/text.h"

enum { NOT_MOUNTED = 32, FSTAB_SIZE = 65536 };

static struct {
	bool all;
	const char *types;		/* -t */
	char words[MOUNTWORDS_SIZE];	/* -o, and options that mean one */
} opt;

static struct blockdevs here;

/* Add words to those of -o. */
static void
add_words(const char *words)
{
	if (text_add(opt.words, sizeof opt.words, "%s%s",
	    opt.words[0] ? "," : "", words) < 0)
		applet_fail(0, "options of more than %d bytes",
			MOUNTWORDS_SIZE - 1);
}

static bool
change(const char *source, const char *dir, unsigned long flags,
	const char *data)
{
	struct err e;

	if (sys_mount(source, dir, NULL, flags, data) == 0)
		return true;
	fail(&e, errno, "%s%s%s", source ? source : "", source ? " on " : "",
		dir);
	applet_warn(&e);
	return false;
}

/* A new mount. False: it failed and was spoken of. */
static bool
attach_new(const struct attach_request *r, struct mountwords *o)
{
	bool writable = !(o->flags & MS_RDONLY);
	struct err e;

	if (attach(&here, r, o, &e) < 0) {
		applet_warn(&e);
		return false;
	}
	if (writable && (o->flags & MS_RDONLY)) {
		fail(&e, 0, "%s: cannot be written, mounted read-only",
			r->source);
		applet_warn(&e);
	}
	return true;
}

static const char *
source_of(const struct attach_request *r)
{
	struct err e;
	const char *source = attach_source(&here, r->source, &e);

	if (!source)
		applet_die(&e);
	return source;
}

static bool
mount_one(const struct attach_request *r)
{
	static struct mountwords o;
	unsigned long propagation, bind;
	struct err e;

	if (mountwords_parse(r->words, &o, &e) < 0)
		applet_die(&e);
	propagation = o.operation & MOUNTWORDS_PROPAGATION ?
		o.operation & (MOUNTWORDS_PROPAGATION | MS_REC) : 0;
	bind = o.operation & MS_BIND ? o.operation & (MS_BIND | MS_REC) : 0;
	if (o.operation & MS_REMOUNT) {
		if (!change(r->source, r->dir, MS_REMOUNT | bind | o.flags,
		    o.data))
			return false;
	} else if (bind || o.operation & MS_MOVE) {
		if (!change(source_of(r), r->dir, bind ? bind : MS_MOVE,
		    NULL))
			return false;
		/* the kernel takes no flags together with a new bind */
		if (bind && o.flags && !change(NULL, r->dir, MS_REMOUNT |
		    MS_BIND | o.flags, NULL))
			return false;
	} else if (!(propagation && !r->source[0]) && !attach_new(r, &o)) {
		return false;
	}
	return !propagation || change(NULL, r->dir, propagation, NULL);
}

/* ----------------------------------------------------------------- tables */

static char *
read_table(const char *path, char *text, size_t size)
{
	struct err e;

	if (file_read(AT_FDCWD, path, text, size, &e) < 0)
		applet_die(&e);
	return text;
}

/* -t: of a comma list, or all but those with "no" before it. */
static bool
is_wanted_type(const char *type)
{
	const char *others = opt.types ? text_after(opt.types, "no") : NULL;

	return !opt.types || (others ? !mountwords_has(others, type) :
		mountwords_has(opt.types, type));
}

static void
list_mounts(void)
{
	static char buffer[MOUNTINFO_SIZE];
	char *text = read_table("/proc/self/mountinfo", buffer, sizeof buffer);
	struct mountinfo m;

	while (mountinfo_next(&text, &m))
		if (is_wanted_type(m.type))
			applet_print("%s on %s type %s (%s%s)\n", m.source,
				m.dir, m.type, m.options,
				m.super + strcspn(m.super, ","));
}

static bool
is_mounted(const char *dir)
{
	static char buffer[MOUNTINFO_SIZE];
	char *text = read_table("/proc/self/mountinfo", buffer, sizeof buffer);
	struct mountinfo m;

	while (mountinfo_next(&text, &m))
		if (strcmp(m.dir, dir) == 0)
			return true;
	return false;
}

static int
mount_all(void)
{
	static char buffer[FSTAB_SIZE];
	char *text = read_table("/etc/fstab", buffer, sizeof buffer);
	struct fstab_line f;
	int status = 0;

	while (fstab_next(&text, &f)) {
		const struct attach_request r = { f.source, f.dir, f.types,
			f.words };

		if (mountwords_has(f.words, "noauto") || f.dir[0] != '/' ||
		    strcmp(f.types, "swap") == 0 ||
		    strcmp(f.types, "ignore") == 0 ||
		    !is_wanted_type(f.types) || is_mounted(f.dir))
			continue;
		if (!mount_one(&r) && !mountwords_has(f.words, "nofail"))
			status = NOT_MOUNTED;
	}
	return status;
}

enum { WORDS_SIZE = 2 * MOUNTWORDS_SIZE };

static bool
is_called(const char *what, const char *source, const char *dir)
{
	return strcmp(dir, what) == 0 || strcmp(source, what) == 0;
}

/* What /etc/fstab says of it, in buffer. False: nothing. */
static bool
find_in_fstab(const char *what, char buffer[static FSTAB_SIZE],
	struct attach_request *r, char words[static WORDS_SIZE])
{
	struct fstab_line f;
	char *text = buffer;
	struct err e;

	if (file_read(AT_FDCWD, "/etc/fstab", buffer, FSTAB_SIZE, &e) < 0)
		return false;
	while (fstab_next(&text, &f))
		if (is_called(what, f.source, f.dir)) {
			r->source = f.source;
			r->dir = f.dir;
			r->types = f.types;
			snprintf(words, WORDS_SIZE, "%s,", f.words);
			return true;
		}
	return false;
}

/* The topmost mount there, and its present options. */
static bool
find_mounted(const char *what, char buffer[static MOUNTINFO_SIZE],
	struct attach_request *r, char words[static WORDS_SIZE])
{
	char *text = read_table("/proc/self/mountinfo", buffer,
		MOUNTINFO_SIZE);
	struct mountinfo m;

	while (mountinfo_next(&text, &m))
		if (is_called(what, m.source, m.dir)) {
			r->source = m.source;
			r->dir = m.dir;
			snprintf(words, WORDS_SIZE, "%s,", m.options);
		}
	return r->dir != NULL;
}

/* A directory or a source alone: /etc/fstab has the rest; a change of what is
 * mounted begins with what stands there, else with its present options. */
static bool
mount_known(const char *what)
{
	static char fstab[FSTAB_SIZE], mounted[MOUNTINFO_SIZE];
	static char words[WORDS_SIZE];
	struct attach_request r = { .types = opt.types ? opt.types : "auto",
		.words = words };
	bool remount = mountwords_has(opt.words, "remount");

	if (!find_in_fstab(what, fstab, &r, words) &&
	    !(remount && find_mounted(what, mounted, &r, words)))
		applet_fail(0, remount ? "%s: nothing is mounted there" :
			"%s: not in /etc/fstab", what);
	text_add(words, sizeof words, "%s", opt.words);
	return mount_one(&r);
}

/* ------------------------------------------------------------ command line */

enum { MAKE_SHARED = 256, MAKE_SLAVE, MAKE_PRIVATE, MAKE_UNBINDABLE,
	MAKE_RSHARED, MAKE_RSLAVE, MAKE_RPRIVATE, MAKE_RUNBINDABLE };

/* Options that are a word of -o by another name. */
static const struct {
	int option;
	const char *word;
} meanings[] = {
	{ 'B', "bind" }, { 'M', "move" }, { 'R', "rbind" }, { 'r', "ro" },
	{ 'w', "rw" }, { MAKE_SHARED, "shared" }, { MAKE_SLAVE, "slave" },
	{ MAKE_PRIVATE, "private" }, { MAKE_UNBINDABLE, "unbindable" },
	{ MAKE_RSHARED, "rshared" }, { MAKE_RSLAVE, "rslave" },
	{ MAKE_RPRIVATE, "rprivate" }, { MAKE_RUNBINDABLE, "runbindable" },
};

static const struct option longs[] = {
	{ "all", no_argument, NULL, 'a' },
	{ "bind", no_argument, NULL, 'B' },
	{ "label", required_argument, NULL, 'L' },
	{ "make-private", no_argument, NULL, MAKE_PRIVATE },
	{ "make-rprivate", no_argument, NULL, MAKE_RPRIVATE },
	{ "make-rshared", no_argument, NULL, MAKE_RSHARED },
	{ "make-rslave", no_argument, NULL, MAKE_RSLAVE },
	{ "make-runbindable", no_argument, NULL, MAKE_RUNBINDABLE },
	{ "make-shared", no_argument, NULL, MAKE_SHARED },
	{ "make-slave", no_argument, NULL, MAKE_SLAVE },
	{ "make-unbindable", no_argument, NULL, MAKE_UNBINDABLE },
	{ "move", no_argument, NULL, 'M' },
	{ "options", required_argument, NULL, 'o' },
	{ "rbind", no_argument, NULL, 'R' },
	{ "read-only", no_argument, NULL, 'r' },
	{ "rw", no_argument, NULL, 'w' },
	{ "types", required_argument, NULL, 't' },
	{ "uuid", required_argument, NULL, 'U' },
	{ 0 }
};

static noreturn void
usage(void)
{
	applet_usage("mount [-BMRrw] [-o WORDS] [-t TYPE] "
		"[SOURCE|-L LABEL|-U UUID] DIRECTORY | "
		"mount [-o WORDS] DIRECTORY|SOURCE | "
		"mount -a [-t TYPE[,TYPE...]] | mount [-t TYPE]");
}

static void
take_option(int c)
{
	for (unsigned i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
		if (meanings[i].option == c) {
			add_words(meanings[i].word);
			return;
		}
	if (!strchr("insv", c))		/* these do nothing */
		usage();
}

/* The source that -L or -U means, or NULL. */
static const char *
take_options(int argc, char **argv)
{
	static char tag[1024];
	int c;

	while ((c = getopt_long(argc, argv, "aBiL:Mno:Rrst:U:vw", longs,
	    NULL)) != -1)
		switch (c) {
		case 'a':
			opt.all = true;
			break;
		case 'L':
		case 'U':
			snprintf(tag, sizeof tag, "%s=%s", c == 'L' ?
				"LABEL" : "UUID", optarg);
			break;
		case 'o':
			add_words(optarg);
			break;
		case 't':
			opt.types = optarg;
			break;
		case '?':
			usage();
		default:
			take_option(c);
		}
	return tag[0] ? tag : NULL;
}

int
mount_main(int argc, char **argv)
{
	struct attach_request r = { .types = "auto", .words = opt.words };

	r.source = take_options(argc, argv);
	tags_here(&here);
	if (opt.types)
		r.types = opt.types;
	argc -= optind;
	argv += optind;
	if (opt.all && argc == 0)
		return mount_all();
	if (opt.all || argc > (r.source ? 1 : 2))
		usage();
	if (argc == 0 && !r.source) {
		list_mounts();
		return 0;
	}
	if (argc == 2) {
		r.source = argv[0];
		r.dir = argv[1];
	} else if (argc == 1 && r.source) {
		r.dir = argv[0];
	} else if (argc == 1 && mountwords_propagation(opt.words)) {
		r.source = "";
		r.dir = argv[0];
	} else {
		return mount_known(r.source ? r.source : argv[0]) ? 0 :
			NOT_MOUNTED;
	}
	return mount_one(&r) ? 0 : NOT_MOUNTED;
}
