/* SPDX-License-Identifier: MIT */
/*
 * request - READ FIRST: what the command line asks for. mkinitrd.c fills it
 * in, contents.c makes a tree of it, and form.h an image of the tree.
 */
#ifndef MKINITRD_REQUEST_H
#define MKINITRD_REQUEST_H

#include <stdbool.h>

#include "form.h"
#include "sink.h"

/* Texts in the order in which they were given. */
struct texts {
	const char **text;
	unsigned count;
};

struct request {
	const char *out;		/* -o, or NULL */
	const char *list, *extract;	/* images to be looked into, or NULL */
	const char *dir;		/* -C */

	const struct form *form;	/* -f */
	enum squeeze squeeze;		/* -z, or what is usual for the form */
	bool squeeze_given;

	const char *kernel;		/* -k, or NULL */
	const char *modules_dir;	/* --modules-dir, or NULL */
	struct texts modules;		/* -m */
	bool host, all;			/* --host, --all */
	bool without_signatures;	/* --unsigned */

	const char *root;		/* --root, or NULL */
	const char *conf;		/* --conf, or NULL */
	const char *skel;		/* --skel, or NULL */
	const char *linuxrc;		/* --linuxrc, or NULL: beside us */
	struct texts add;		/* --add */
	bool rescue;			/* --rescue */
	const char *compat;		/* --compat, or NULL */
};

#endif
