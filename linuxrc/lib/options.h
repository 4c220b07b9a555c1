/* SPDX-License-Identifier: MIT */
/*
 * options - words of a command line or of linuxrc.conf -> struct
 * boot_options. Pure. The order in which the caller takes the sources is
 * the precedence: the last one wins, and each value keeps its origin.
 */
#ifndef LINUXRC_LIB_OPTIONS_H
#define LINUXRC_LIB_OPTIONS_H

#include <stddef.h>

#include "boot.h"

/* The built-in defaults, each with ORIGIN_DEFAULT. */
void
options_defaults(struct boot_options *o);

/*
 * Take every word of a text in the form of a kernel command line. Within
 * the text linuxrc.X= (or real_X=) beats the kernel's X= whatever their
 * order, else the last one wins; X of a later text beats both. On the
 * command line itself (ORIGIN_CMDLINE) the contract decides which of the
 * kernel's own words mean the initrd and are passed over (linuxrc.conf(5),
 * CONTRACTS), and words of others are ignored. An unknown word that begins
 * with "linuxrc." or does not come from the command line is added to
 * o->unknown: its name, with the = if it has a value; but a word with a dot,
 * and module_blacklist=, are for modules: those of a file are added to
 * o->module_words. A bad value leaves the option as it was, except where the
 * kernel has its own idea: rootwait= then waits without limit, rootdelay= is
 * 0. When the lock is set (linuxrc.lock) by an earlier text, words that are
 * not FREE (lib/optword.h) and would change something are added to o->refused
 * instead, as they are spelt. All words are taken; the return is 0, or -1
 * with the first fault's sentence (and the number of further ones) in e.
 */
int
options_take(struct boot_options *o, const char *words, enum origin origin,
	enum contract contract, struct err *e);

/*
 * Take the text of linuxrc.conf with ORIGIN_FILE: the same words, any number
 * on a line; a # where a word could begin starts a comment, a quote ends
 * with its line at the latest. len bytes; a NUL byte or a carriage return is
 * treated as white space. The sentence has the line's number, not the name
 * of the file.
 */
int
options_take_conf(struct boot_options *o, const char *text, size_t len,
	enum contract contract, struct err *e);

/* "default", "kernel", "conf", "command line", "question". */
const char *
options_origin(enum origin origin);

/* The option's word as it would be typed: "root=", "linuxrc.handover=". */
const char *
options_name(enum option option);

#endif
