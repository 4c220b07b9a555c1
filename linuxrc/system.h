/* SPDX-License-Identifier: MIT */
/*
 * system - the systems of the rescue menu, and what a person does with one of
 * them: mount it, look into it, start it. An adapter: rootlist.c finds them,
 * sysroot.c mounts them, shell.c has the shells.
 */
#ifndef LINUXRC_SYSTEM_H
#define LINUXRC_SYSTEM_H

#include "boot.h"
#include "dialog.h"
#include "rootlist.h"

/*
 * What is there now; nothing of it is mounted then. When that cannot be, as one
 * is in use, the list stays as it was, and a person is told. Never NULL; e has
 * the sentence when there is none, else it is empty.
 */
const struct rootlist *
system_list(struct boot *b, const struct places *at, struct err *e);

/*
 * The page of one of that list. PAGE_CHOSEN: it is to be started, and
 * b->outcome says so; else as dialog_page().
 */
enum page_end
system_page(unsigned i);

/* A shell of this image, or the sentence why there is none. */
void
system_shell(void);

#endif
