/* SPDX-License-Identifier: MIT */
/*
 * term - one terminal, or what stands for one (a pipe): its modes, its size,
 * bytes in and out. Never asks it anything. One that is dead, hung up or at
 * its end is gone, and nothing waits for it any more.
 */
#ifndef LINUXRC_DIALOG_TERM_H
#define LINUXRC_DIALOG_TERM_H

#include <stddef.h>
#include <stdint.h>
#include <termios.h>

#include "dialog/keys.h"
#include "dialog/layout.h"

enum {
	TERM_NAME_SIZE = 32,
	TERM_INPUT_SIZE = 256,
	TERM_MESSAGE_SIZE = 900,	/* a sentence of lib/err.h */
	TERM_WRITE_MS = 6000	/* one that takes no byte for so long is gone;
				   a full page of a serial driver is sent in
				   4.3 s at 9600 baud */
};

struct term {
	/* to be set before term_open() */
	int in, out;
	char name[TERM_NAME_SIZE];
	bool full;		/* wanted; term_open() may find it too small */
	bool utf8, colour;

	bool tty, gone;
	bool keys_only;		/* a terminal that gives keys, not lines */
	struct termios lines;	/* how it is left */
	unsigned char input[TERM_INPUT_SIZE];	/* read, not yet taken */
	unsigned input_len, input_at;
	struct keys keys;
	int64_t esc_ms;		/* when the begin of a key is one, or -1 */
	char message[TERM_MESSAGE_SIZE];	/* above a page */
	bool fresh;		/* no page has shown it yet */
	bool overlong;		/* the line that is being typed */
	unsigned page_at;	/* in lines: the first item shown */
	struct view view;
	struct screen screen;
};

/* Learn what in and out are; what was typed before is forgotten. */
void
term_open(struct term *t);

/* As it was; a full screen ends below what it shows. */
void
term_close(struct term *t);

/* Give keys at once and unseen (true), or lines, which the terminal itself
 * edits; seen: what is typed is echoed. */
void
term_mode(struct term *t, bool keys, bool seen);

void
term_write(struct term *t, const char *text, size_t len);
void
term_put(struct term *t, const char *text);

/* Read what is there. False: nothing, and perhaps the term is gone. */
bool
term_read(struct term *t);

/* The next byte of that, or -1. */
int
term_byte(struct term *t);

/* Forget what was typed before the question. */
void
term_flush(struct term *t);

/* Has the size changed? Then the screen begins anew. */
bool
term_resized(struct term *t);

/* Show what the screen is to show. */
void
term_update(struct term *t);

#endif
