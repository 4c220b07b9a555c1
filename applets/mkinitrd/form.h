/* SPDX-License-Identifier: MIT */
/*
 * form - the formats that an image can have (-f).
 */
#ifndef MKINITRD_FORM_H
#define MKINITRD_FORM_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/err.h"
#include "sink.h"
#include "tree.h"

struct form {
	const char *name;
	enum squeeze usual;	/* -z if nothing is said */
	bool is_cpio;		/* an initramfs: it has /init */
	/* Write the finished tree, every file of which is as old as time (in
	 * seconds since 1970). 0 or -1. */
	int (*write)(const struct tree *t, uint32_t time, struct sink *s,
		struct err *e);
};

/* The format of this name; the usual one for NULL; NULL: there is none. */
const struct form *
form_find(const char *name);

/* Their names: "cpio|ext2|...". */
const char *
form_names(void);

/* A function for write above, each in a file of that name. */
#define FORM(name) \
	int \
	form_##name(const struct tree *t, uint32_t time, struct sink *s, \
		struct err *e);
FORM(cpio)
FORM(ext2)
FORM(minix)
FORM(romfs)
FORM(cramfs)
FORM(squashfs)
#undef FORM

#endif
