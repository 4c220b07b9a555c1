/* SPDX-License-Identifier: MIT */
/*
 * keys.c - see keys.h.
 */
#include <stddef.h>
#include <string.h>

#include "dialog/keys.h"
#include "dialog/utf8.h"

enum { ESC = 033 };

/* What stands behind ESC [ or ESC O. */
static const struct sequence {
	const char *text;
	int key;
} sequences[] = {
	{ "A", KEY_UP }, { "B", KEY_DOWN }, { "C", KEY_RIGHT },
	{ "D", KEY_LEFT }, { "H", KEY_HOME }, { "F", KEY_END },
	{ "1~", KEY_HOME }, { "7~", KEY_HOME }, { "4~", KEY_END },
	{ "8~", KEY_END }, { "3~", KEY_DELETE }, { "5~", KEY_PAGEUP },
	{ "6~", KEY_PAGEDOWN }, { "Z", KEY_BACKTAB },
	{ "M", KEY_ENTER },	/* of the keypad, as a VT100 sends it */
};

static int
control(unsigned char c)
{
	switch (c) {
	case '\r':
	case '\n':
		return KEY_ENTER;
	case '\t':
		return KEY_TAB;
	case 'H' & 31:
	case 0177:
		return KEY_BACKSPACE;
	case 'A' & 31:
		return KEY_HOME;
	case 'E' & 31:
		return KEY_END;
	case 'U' & 31:
		return KEY_KILL_LINE;
	case 'K' & 31:
		return KEY_KILL_END;
	case 'W' & 31:
		return KEY_KILL_WORD;
	case 'L' & 31:
		return KEY_REDRAW;
	case 'D' & 31:
		return KEY_EOF;
	case 'P' & 31:
		return KEY_UP;
	case 'N' & 31:
		return KEY_DOWN;
	default:
		return KEY_OTHER;
	}
}

/* A whole sequence; a modifier, as in "1;5C", makes no difference. */
static int
find_sequence(const unsigned char *p, unsigned len)
{
	char text[KEYS_MAX];
	size_t n = 0;

	for (unsigned i = 0; i < len; i++) {
		if (p[i] == ';') {
			while (i + 1 < len && p[i + 1] < 0x40)
				i++;
			if (n == 1 && p[i + 1] != '~')
				n = 0;
			continue;
		}
		text[n++] = (char)p[i];
	}
	text[n] = '\0';
	for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++)
		if (strcmp(sequences[i].text, text) == 0)
			return sequences[i].key;
	return KEY_OTHER;
}

static int
end(struct keys *k, int key)
{
	k->len = 0;
	return key;
}

/* Behind ESC; ESC [ [ X is a function key of the Linux console. */
static int
escape(struct keys *k)
{
	const unsigned char *p = k->pending;
	unsigned char last = p[k->len - 1];

	if (k->len == 2 && last == ESC) {
		k->len = 1;
		return KEY_ESC;
	}
	if (k->len == 2)
		return last == '[' || last == 'O' ? KEY_NONE :
			end(k, KEY_OTHER);
	if (k->len == 3 && last == '[')
		return KEY_NONE;
	if (last < 0x20 || last > 0x7e)
		return end(k, KEY_OTHER);
	if (last < 0x40)
		return k->len == KEYS_MAX ? end(k, KEY_OTHER) : KEY_NONE;
	if (p[2] == '[')
		return end(k, KEY_OTHER);
	return end(k, find_sequence(p + 2, k->len - 2));
}

/* No character is a NUL, and half of one is none. */
static int
character(struct keys *k)
{
	char text[KEYS_MAX + 1];
	const char *p = text;
	unsigned want = utf8_length(k->pending[0]);

	if (want > 1 && k->len < want && (k->len == 1 ||
	    (k->pending[k->len - 1] & 0xc0) == 0x80))
		return KEY_NONE;
	memcpy(text, k->pending, k->len);
	text[k->len] = '\0';
	k->len = 0;
	return (int)utf8_next(&p);
}

int
keys_feed(struct keys *k, unsigned char byte)
{
	if (k->len == 0 && byte != ESC && (byte < 0x20 || byte == 0x7f))
		return control(byte);
	if (k->len == KEYS_MAX)
		k->len = 0;
	k->pending[k->len++] = byte;
	return k->pending[0] == ESC ? k->len == 1 ? KEY_NONE : escape(k) :
		character(k);
}

bool
keys_pending(const struct keys *k)
{
	return k->len > 0;
}

int
keys_timeout(struct keys *k)
{
	bool alone = k->len == 1 && k->pending[0] == ESC;

	k->len = 0;
	return alone ? KEY_ESC : KEY_NONE;
}
