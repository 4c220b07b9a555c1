/* SPDX-License-Identifier: MIT */
/*
 * keys - the bytes of a terminal -> keys, one at a time. Understands what
 * the Linux console, xterm and the VT100 family send (ECMA-48 5.4, terminfo's
 * linux, xterm, vt220) and UTF-8. Pure: the caller minds the clock, since
 * Escape alone can be told from the begin of a sequence by time only.
 */
#ifndef LINUXRC_DIALOG_KEYS_H
#define LINUXRC_DIALOG_KEYS_H

#include <stdbool.h>

/* A key that is a character is its number in Unicode. */
enum {
	KEY_NONE = 0,		/* more bytes are needed, or it means nothing */
	KEY_OTHER = 0x110000,	/* a key without a use */
	KEY_ENTER, KEY_ESC, KEY_TAB, KEY_BACKTAB, KEY_BACKSPACE, KEY_DELETE,
	KEY_UP, KEY_DOWN, KEY_LEFT, KEY_RIGHT, KEY_HOME, KEY_END,
	KEY_PAGEUP, KEY_PAGEDOWN,
	KEY_KILL_LINE,		/* ^U */
	KEY_KILL_END,		/* ^K */
	KEY_KILL_WORD,		/* ^W */
	KEY_REDRAW,		/* ^L */
	KEY_EOF			/* ^D */
};

enum {
	KEYS_ESC_MS = 200,	/* a sequence comes at once from a keyboard, and
				   byte by byte at 300 baud: 33 ms each */
	KEYS_MAX = 16		/* bytes of a sequence; a longer one is none */
};

struct keys {
	unsigned char pending[KEYS_MAX];
	unsigned len;
};

/* Take one byte. The key that it completes, or KEY_NONE. */
int
keys_feed(struct keys *k, unsigned char byte);

/* Is there a begin of something that KEYS_ESC_MS without a byte would end? */
bool
keys_pending(const struct keys *k);

/* That time is over: KEY_ESC when Escape was pressed alone, else KEY_NONE. */
int
keys_timeout(struct keys *k);

#endif
