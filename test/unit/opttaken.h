/* SPDX-License-Identifier: MIT */
/*
 * opttaken - options from one place and no other, and what is said of them.
 */
#ifndef TEST_OPTTAKEN_H
#define TEST_OPTTAKEN_H

#include <string.h>

#include "lib/options.h"

static struct boot_options o;
static struct err e;

/* The command line alone. */
static inline int
take(enum contract contract, const char *words)
{
	options_defaults(&o);
	e.text[0] = '\0';
	return options_take(&o, words, ORIGIN_CMDLINE, contract, &e);
}

/* linuxrc.conf alone. */
static inline int
take_conf(const char *text)
{
	options_defaults(&o);
	e.text[0] = '\0';
	return options_take_conf(&o, text, strlen(text), CONTRACT_RAM0, &e);
}

static inline void
expect_said(const char *why)
{
	if (strstr(e.text, why) == NULL)
		fail_msg("no \"%s\" in: %s", why, e.text);
}

#endif
