/* SPDX-License-Identifier: MIT */
/*
 * edit - a line that a person edits: the cursor, and a history of lines to
 * begin with. Pure: key in, line changed. Works on characters, not bytes.
 */
#ifndef LINUXRC_DIALOG_EDIT_H
#define LINUXRC_DIALOG_EDIT_H

#include <stdbool.h>
#include <stddef.h>

enum { EDIT_SIZE = 2048 };	/* COMMAND_LINE_SIZE of x86; a longer line can
				   be typed in parts */

struct edit {
	char text[EDIT_SIZE];
	size_t at;			/* the cursor: a byte of text */
	size_t left;			/* first byte that is shown */
	bool full;			/* the last key did not fit */
	const char *const *history;	/* lines, oldest first, NULL-ended; or
					   NULL */
	unsigned lines;			/* of them */
	unsigned line;			/* which one is shown; lines: its own */
	char own[EDIT_SIZE];		/* what was typed, while another line
					   is shown */
};

/* Begin with this text, the cursor behind it. What does not fit is cut. */
void
edit_begin(struct edit *e, const char *text, const char *const *history);

/* Take a key of dialog/keys.h. True when it did something. */
bool
edit_key(struct edit *e, int key);

/*
 * The cursor's column when width columns show the text from e->left on, which
 * is moved so that the cursor is among them.
 */
unsigned
edit_scroll(struct edit *e, unsigned width);

#endif
