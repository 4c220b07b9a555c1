/* SPDX-License-Identifier: MIT */
/*
 * modprobe - load a module, by its name or an alias, with what it needs, or
 * take it out again: modprobe(8) of kmod, with modprobe.d(5) and the kernel
 * command line as linuxrc reads them.
 *
 * Deviations: install and remove lines are refused, not run; -r takes out what
 * nobody needs any more; -b holds for aliases in any case, and for names never;
 * -n prints what -D does, which leaves soft dependencies out; no -C, -c, -f,
 * -w, --dump-modversions.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "lib/applet.h"
#include "lib/file.h"
#include "lib/modbuiltin.h"
#include "lib/modindex.h"
#include "lib/module.h"
#include "lib/sys.h"
#include "lib/text.h"

enum { CMDLINE_SIZE = 36864, PATH_SIZE = 4096 };

static struct {
	bool all, depends, quiet, remove, resolve, verbose;
	const char *root, *release;
} opt = { .root = "/" };

static struct module_index modules;

static noreturn void
usage(void)
{
	applet_usage("modprobe [-bnqvDR] [-d ROOT] [-S RELEASE] MODULE "
		"[PARAMETER[=VALUE]...] | modprobe -a MODULE... | "
		"modprobe -r MODULE...");
}

static int
not_there(const char *name)
{
	struct err e;

	if (!opt.quiet) {
		fail(&e, 0, "module %s: not among those of %s", name,
			opt.release);
		applet_warn(&e);
	}
	return 1;
}

/* Print "insmod PATH" for the module and all that it needs, in order. */
static int
print_depends(const char *name)
{
	const char *slash = strcmp(opt.root, "/") == 0 ? "" : opt.root;
	struct dep_line line;
	struct piece path;

	if (!modmap_dep(&modules.dep, name, &line)) {
		if (modbuiltin_name(modules.dir, name) ||
		    modbuiltin_alias(modules.dir, name)) {
			applet_print("builtin %s\n", name);
			return 0;
		}
		return not_there(name);
	}
	while (modindex_last(&line.needs, &path))
		applet_print("insmod %s/lib/modules/%s/%.*s\n", slash,
			opt.release, (int)path.len, path.text);
	applet_print("insmod %s/lib/modules/%s/%.*s\n", slash, opt.release,
		(int)line.path.len, line.path.text);
	return 0;
}

/* Every module that the alias stands for, or the word itself. */
static int
for_aliases(const char *word, int (*what)(const char *name))
{
	struct module_search search = { 0 };
	char name[MODULE_NAME_SIZE];
	struct dep_line line;
	int status = 0;
	bool any = false;

	if (modmap_dep(&modules.dep, word, &line))
		return what(word);
	while (module_match(&modules, word, &search, name)) {
		any = true;
		status |= what(name);
	}
	return any ? status : what(word);
}

static int
print_name(const char *name)
{
	char text[MODULE_NAME_SIZE];
	struct dep_line line;

	if ((!modmap_dep(&modules.dep, name, &line) &&
	    !modbuiltin_name(modules.dir, name)) ||
	    text_copy(text, sizeof text, name) < 0)
		return not_there(name);
	for (char *p = text; (p = strchr(p, '-')); *p++ = '_')
		continue;
	applet_print("%s\n", text);
	return 0;
}

static int
load(const char *word)
{
	unsigned done = modules.done_count;
	struct err e;

	if (module_request(&modules, word, &e) < 0) {
		if (!opt.quiet)
			applet_warn(&e);
		return 1;
	}
	for (; opt.verbose && done < modules.done_count; done++)
		if (modules.done[done].state == MODULE_LOADED)
			applet_print("loaded %s\n", modules.done[done].name);
	return 0;
}

/* What the module needed goes too, if nobody else needs it. */
static int
remove_module(const char *word)
{
	char name[MODULE_NAME_SIZE], other[MODULE_NAME_SIZE];
	struct dep_line line;
	struct piece path;
	struct err e;

	if (text_copy(name, sizeof name, word) < 0)
		applet_fail(ENAMETOOLONG, "%.80s...", word);
	for (char *p = name; (p = strchr(p, '-')); *p++ = '_')
		continue;
	if (sys_delete_module(name, O_NONBLOCK) < 0) {
		if (errno == ENOENT && opt.quiet)
			return 0;
		fail(&e, errno == ENOENT ? 0 : errno, errno == ENOENT ?
			"%s: this module is not loaded" : "%s", name);
		applet_warn(&e);
		return 1;
	}
	if (modmap_dep(&modules.dep, word, &line))
		while (modindex_first(&line.needs, &path))
			if (modindex_name(path, other, sizeof other) == 0)
				sys_delete_module(other, O_NONBLOCK);
	return 0;
}

/* "MODULE.PARAM=VALUE ..." of the operands behind the module, as the command
 * line would have them. */
static const char *
parameters(const char *module, int count, char **operands)
{
	static char words[MODRULE_PARAMS_SIZE];

	for (int i = 0; i < count; i++)
		if (text_add(words, sizeof words, "%s%s.%s", i ? " " : "",
		    module, operands[i]) < 0)
			applet_fail(0, "parameters of more than %d bytes",
				MODRULE_PARAMS_SIZE - 1);
	return words;
}

static void
open_modules(const char *params)
{
	static char cmdline[CMDLINE_SIZE];
	static struct utsname kernel;
	struct module_source from = { 0 };
	struct err e;

	from.root = open(opt.root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (from.root < 0)
		applet_fail(errno, "%s", opt.root);
	uname(&kernel);
	if (!opt.release)
		opt.release = kernel.release;
	from.release = opt.release;
	if (file_read(AT_FDCWD, "/proc/cmdline", cmdline, sizeof cmdline,
	    &e) > 0)
		from.words[0] = cmdline;
	from.words[1] = params;
	if (module_open(&modules, &from, &e) < 0)
		applet_die(&e);
}

static void
take_options(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "all", no_argument, NULL, 'a' },
		{ "dirname", required_argument, NULL, 'd' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "remove", no_argument, NULL, 'r' },
		{ "resolve-alias", no_argument, NULL, 'R' },
		{ "set-version", required_argument, NULL, 'S' },
		{ "show", no_argument, NULL, 'n' },
		{ "show-depends", no_argument, NULL, 'D' },
		{ "use-blacklist", no_argument, NULL, 'b' },
		{ "verbose", no_argument, NULL, 'v' },
		{ 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "+abd:DnqrRS:v", longs,
	    NULL)) != -1)
		switch (c) {
		case 'a':
			opt.all = true;
			break;
		case 'b':
			break;	/* aliases always mind it */
		case 'd':
			opt.root = optarg;
			break;
		case 'D':
		case 'n':
			opt.depends = true;
			break;
		case 'q':
			opt.quiet = true;
			break;
		case 'r':
			opt.remove = true;
			break;
		case 'R':
			opt.resolve = true;
			break;
		case 'S':
			opt.release = optarg;
			break;
		case 'v':
			opt.verbose = true;
			break;
		default:
			usage();
		}
}

static int
do_one(const char *word)
{
	if (opt.remove)
		return remove_module(word);
	if (opt.resolve)
		return for_aliases(word, print_name);
	if (opt.depends)
		return for_aliases(word, print_depends);
	return load(word);
}

int
modprobe_main(int argc, char **argv)
{
	int status = 0;
	bool many;

	take_options(argc, argv);
	argc -= optind;
	argv += optind;
	if (argc < 1)
		usage();
	many = opt.all || opt.remove;
	open_modules(many ? NULL : parameters(argv[0], argc - 1, argv + 1));
	if (!many)
		argc = 1;
	for (int i = 0; i < argc; i++)
		status |= do_one(argv[i]);
	return status;
}
