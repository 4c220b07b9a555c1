/* SPDX-License-Identifier: MIT */
/*
 * menus - what lies behind the question: the list of roots, the options, the
 * modules, the network (netmenu.h), the log, the hardware. An adapter: fetches
 * what a page shows from the rooms and carries a choice back as a request.
 */
#ifndef LINUXRC_MENUS_H
#define LINUXRC_MENUS_H

#include "boot.h"
#include "dialog.h"

/* Can any of them be offered? */
bool
menus_are_there(void);

/*
 * Where *a asks for one of these, show it, and leave in *a what came of it:
 * REQUEST_RETRY with words, REQUEST_BACK or REQUEST_NOBODY. Other requests
 * stay. True when what was mounted as the root no longer is.
 */
bool
menus_follow(struct boot *b, const struct places *at, struct answer *a);

#endif
