/* SPDX-License-Identifier: MIT */
/*
 * mkinitrd - build an initrd or an initramfs in one command, list or extract
 * one. A program of its own, from the sources of linuxrc: see mkinitrd.8, and
 * mkinitrd/request.h for what flows. Runs as an ordinary user. Exit status:
 * 0, 1 when it could not, 2 when it was not understood.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mkinitrd/contents.h"
#include "mkinitrd/image.h"
#include "mkinitrd/memory.h"
#include "mkinitrd/out.h"
#include "mkinitrd/request.h"
#include "mkinitrd/temp.h"

/* Long options that have no letter. */
enum {
	LIST = 256, EXTRACT, MODULES_DIR, HOST, ALL, UNSIGNED, ROOT, CONF,
	SKEL, ADD, RESCUE, LINUXRC, COMPAT
};

static const struct option options[] = {
	{ "list", required_argument, NULL, LIST },
	{ "extract", required_argument, NULL, EXTRACT },
	{ "modules-dir", required_argument, NULL, MODULES_DIR },
	{ "host", no_argument, NULL, HOST },
	{ "all", no_argument, NULL, ALL },
	{ "unsigned", no_argument, NULL, UNSIGNED },
	{ "root", required_argument, NULL, ROOT },
	{ "conf", required_argument, NULL, CONF },
	{ "skel", required_argument, NULL, SKEL },
	{ "add", required_argument, NULL, ADD },
	{ "rescue", no_argument, NULL, RESCUE },
	{ "linuxrc", required_argument, NULL, LINUXRC },
	{ "compat", required_argument, NULL, COMPAT },
	{ NULL, 0, NULL, 0 }
};

static const char usage_text[] =
	"usage: mkinitrd -o FILE [-f %s] [-z gzip|none|xz|zstd]\n"
	"                [-k KERNELVERSION] [--modules-dir DIR]\n"
	"                [-m NAME]... [--host] [--all] [--unsigned]\n"
	"                [--root SPEC] [--conf FILE] [--skel DIR]\n"
	"                [--add SRC[:DEST]]... [--rescue] [--linuxrc FILE]\n"
	"                [--compat OLDIMAGE]\n"
	"       mkinitrd --list FILE\n"
	"       mkinitrd --extract FILE -C DIR\n";

static int
usage(void)
{
	fprintf(stderr, usage_text, form_names());
	return 2;
}

static void
append(struct texts *t, const char *text)
{
	t->text = memory_more(t->text, t->count + 1, sizeof *t->text);
	t->text[t->count++] = text;
}

/* --------------------------------------------------------------- options */

static int
choose_form(struct request *r, const char *name)
{
	r->form = form_find(name);
	if (!r->form)
		note("-f %s: a format is one of %s", name, form_names());
	return r->form ? 0 : -1;
}

static int
choose_squeeze(struct request *r, const char *name)
{
	static const char *const names[] = { "none", "gzip", "xz", "zstd" };

	r->squeeze_given = true;
	for (unsigned i = 0; i < 4; i++)
		if (strcmp(name, names[i]) == 0) {
			r->squeeze = (enum squeeze)i;
			return 0;
		}
	note("-z %s: a compression is one of gzip, none, xz, zstd", name);
	return -1;
}

/* One option. 0, or -1: usage. */
static int
take_option(struct request *r, int option, const char *value)
{
	switch (option) {
	case 'o': r->out = value; return 0;
	case 'f': return choose_form(r, value);
	case 'z': return choose_squeeze(r, value);
	case 'k': r->kernel = value; return 0;
	case 'm': append(&r->modules, value); return 0;
	case 'C': r->dir = value; return 0;
	case LIST: r->list = value; return 0;
	case EXTRACT: r->extract = value; return 0;
	case MODULES_DIR: r->modules_dir = value; return 0;
	case HOST: r->host = true; return 0;
	case ALL: r->all = true; return 0;
	case UNSIGNED: r->without_signatures = true; return 0;
	case ROOT: r->root = value; return 0;
	case CONF: r->conf = value; return 0;
	case SKEL: r->skel = value; return 0;
	case ADD: append(&r->add, value); return 0;
	case RESCUE: r->rescue = true; return 0;
	case LINUXRC: r->linuxrc = value; return 0;
	case COMPAT: r->compat = value; return 0;
	default: return -1;
	}
}

static int
understand(struct request *r, int argc, char **argv)
{
	int option;

	r->form = form_find(NULL);
	while ((option = getopt_long(argc, argv, "o:f:z:k:m:C:", options,
	    NULL)) != -1)
		if (take_option(r, option, optarg) < 0)
			return -1;
	if (!r->squeeze_given)
		r->squeeze = r->form->usual;
	if (optind < argc) {
		note("%s: what is this?", argv[optind]);
		return -1;
	}
	if (r->compat && !r->form->is_cpio) {
		note("--compat makes an initramfs, so no -f");
		return -1;
	}
	/* one of the three, and -C with --extract only */
	return !r->out + !r->list + !r->extract == 2 &&
		!r->extract == !r->dir ? 0 : -1;
}

/* ----------------------------------------------------------------- build */

static int
write_image(const struct request *r, const struct tree *t,
	const struct out *o, struct err *e)
{
	struct sink s;
	uint32_t time;

	if (tree_time(&time, e) < 0 ||
	    sink_open(&s, o->fd, r->squeeze, e) < 0)
		return -1;
	if (r->form->write(t, time, &s, e) < 0 || sink_close(&s, e) < 0)
		return e->code == ENOSPC || e->code == EDQUOT ?
			hint(e, "%s", r->out) : -1;
	return 0;
}

static int
build(const struct request *r, struct err *e)
{
	struct tree tree = { .spool = -1 };
	struct out out;

	if (out_open(&out, r->out, e) < 0 || contents_make(&tree, r, e) < 0)
		return -1;
	tree_finish(&tree);
	if (write_image(r, &tree, &out, e) < 0)
		return -1;
	return out_commit(&out, e);
}

int
main(int argc, char **argv)
{
	static struct request r;
	struct err e;
	int result;

	/* files of ours must not become standard output */
	while ((result = open("/dev/null", O_RDWR)) >= 0 && result <= 2)
		continue;
	close(result);
	if (understand(&r, argc, argv) < 0)
		return usage();
	temp_begin();
	if (r.list)
		result = image_list(r.list, &e);
	else if (r.extract)
		result = image_extract(r.extract, r.dir, &e);
	else
		result = build(&r, &e);
	if (result < 0)
		note("%s", e.text);
	return result < 0;
}
