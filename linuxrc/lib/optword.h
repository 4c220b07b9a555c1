/* SPDX-License-Identifier: MIT */
/*
 * optword - the table of the words that set options, and how the value of
 * each is taken. Belongs to lib/options, which finds the words in a text and
 * decides which of them count; nobody else includes it. Pure.
 *
 * To add an option: a member and an OPT_ in boot.h, its default in
 * options_defaults(), a line of the table, a line of conf/linuxrc.conf.
 */
#ifndef LINUXRC_LIB_OPTWORD_H
#define LINUXRC_LIB_OPTWORD_H

#include <stddef.h>

#include "boot.h"
#include "lib/cmdline.h"

enum {				/* the spellings of a name */
	BARE = 1,		/* the kernel's own: root= */
	OURS = 2,		/* linuxrc.root= */
	REAL = 4,		/* real_root= */
	INITRDS = 8,		/* under ram0 the bare one means the initrd */
	EACH = BARE | OURS | REAL | INITRDS,
	FREE = 32,		/* counts under linuxrc.lock, too: how
				   patient and how talkative we are */
	PREFIX = 16		/* whatever follows, as __setup() of a word
				   that ends without = takes it */
};

/* A word and where it stands. */
struct given {
	struct word word;
	unsigned spelling;	/* BARE, OURS or REAL */
	enum origin origin;
	enum contract contract;
	bool adds;		/* to what its source has said of a list */
};

struct optword {
	const char *word;	/* as typed, = included when it has a value */
	enum option option;
	unsigned spellings;
	size_t offset, size;	/* of its member of struct boot_options */
	int (*take)(struct boot_options *o, const struct optword *k,
		const struct given *g, struct err *e);
	const char *choices;	/* for take_choice: in the enum's order */
};

/* The line for a word, or NULL. Fills g->spelling. */
const struct optword *
optword_find(struct given *g);

/* Where the option of a line lies in *o. */
void *
optword_member(struct boot_options *o, const struct optword *k);

/* The first line for an option: the name that it is shown with. */
const struct optword *
optword_of(enum option option);

/*
 * Store the value. 0, or not 0: the option is as it was. The caller empties
 * e->text; it then holds why a value is bad, which is not the same as not
 * stored: a word that names linuxrc or the initrd is passed over without a
 * sentence, and a bad rootwait= stores the kernel's idea of a bad one.
 */
int
optword_take(struct boot_options *o, const struct optword *k,
	const struct given *g, struct err *e);

#endif
