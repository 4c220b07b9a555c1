/* SPDX-License-Identifier: MIT */
/*
 * term.c - see term.h.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "dialog/term.h"
#include "lib/sys.h"

enum {
	ROWS_LEAST = 12, COLUMNS_LEAST = 40,	/* of a full screen */
	OUT_SIZE = 1024
};

/* A serial line that knows no size says 0. */
static void
learn_size(const struct term *t, unsigned *rows, unsigned *columns)
{
	struct winsize w = { 0 };

	ioctl(t->out, TIOCGWINSZ, &w);
	*rows = w.ws_row ? w.ws_row : SCREEN_ROWS;
	*columns = w.ws_col ? w.ws_col : SCREEN_COLUMNS;
	if (*rows > SCREEN_ROWS_MAX)
		*rows = SCREEN_ROWS_MAX;
	if (*columns > SCREEN_COLUMNS_MAX)
		*columns = SCREEN_COLUMNS_MAX;
}

/* One that crashed may have left it without lines. */
static void
make_sane(struct termios *m)
{
	m->c_iflag |= ICRNL | BRKINT;
	m->c_oflag |= OPOST | ONLCR;
	m->c_lflag |= ICANON | ECHO | ECHOE | ECHOK | ISIG | IEXTEN;
}

void
term_open(struct term *t)
{
	unsigned rows, columns;

	t->tty = tcgetattr(t->in, &t->lines) == 0;
	t->gone = t->keys_only = t->overlong = t->fresh = false;
	t->input_len = t->input_at = t->keys.len = 0;
	t->esc_ms = -1;
	t->message[0] = '\0';
	if (t->tty)
		make_sane(&t->lines);
	learn_size(t, &rows, &columns);
	if (!t->tty || rows < ROWS_LEAST || columns < COLUMNS_LEAST)
		t->full = false;
	if (!t->full)
		return;
	screen_begin(&t->screen, rows, columns);
	t->screen.utf8 = t->utf8;
	t->screen.colour = t->colour;
	term_mode(t, true, false);
}

void
term_mode(struct term *t, bool keys, bool seen)
{
	struct termios m = t->lines;

	if (!t->tty)
		return;
	if (keys) {
		m.c_lflag &= ~(tcflag_t)ICANON;
		m.c_cc[VMIN] = 1;
		m.c_cc[VTIME] = 0;
	}
	if (keys && t->full) {
		m.c_lflag &= ~(tcflag_t)(ISIG | IEXTEN);
		m.c_iflag &= ~(tcflag_t)(ICRNL | IXON);
	}
	if (!seen) {
		m.c_lflag &= ~(tcflag_t)ECHO;
		/* the newline that ends it is still seen */
		m.c_lflag |= keys ? 0 : ECHONL;
	}
	t->keys_only = keys;
	tcsetattr(t->in, TCSANOW, &m);
}

void
term_close(struct term *t)
{
	char text[32];

	if (t->full && !t->gone && t->screen.known)
		term_write(t, text, screen_leave(&t->screen, text,
			sizeof text));
	if (t->tty)
		tcsetattr(t->in, TCSANOW, &t->lines);
}

/* Of a console that does not wait (O_NONBLOCK): is there room within time? */
static bool
has_room(const struct term *t)
{
	struct pollfd p = { .fd = t->out, .events = POLLOUT };

	return sys_poll(&p, 1, TERM_WRITE_MS) > 0 && (p.revents & POLLOUT);
}

void
term_write(struct term *t, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(t->out, text, len);

		if (n < 0 && (errno == EINTR ||
		    (errno == EAGAIN && has_room(t))))
			continue;
		/* What cannot be written will not be read either: that
		 * ends it, unless it only waits. */
		if (n <= 0) {
			t->gone = t->gone || errno == EAGAIN;
			return;
		}
		text += n;
		len -= (size_t)n;
	}
}

void
term_put(struct term *t, const char *text)
{
	term_write(t, text, strlen(text));
}

bool
term_read(struct term *t)
{
	ssize_t n = read(t->in, t->input, sizeof t->input);

	t->input_at = t->input_len = 0;
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return false;
	t->gone = n <= 0;
	t->input_len = n > 0 ? (unsigned)n : 0;
	return n > 0;
}

int
term_byte(struct term *t)
{
	return t->input_at < t->input_len ? t->input[t->input_at++] : -1;
}

void
term_flush(struct term *t)
{
	if (!t->tty)
		return;
	tcflush(t->in, TCIFLUSH);
	t->input_at = t->input_len = t->keys.len = 0;
}

bool
term_resized(struct term *t)
{
	unsigned rows, columns;

	learn_size(t, &rows, &columns);
	if (!t->full || rows < ROWS_LEAST || columns < COLUMNS_LEAST ||
	    (rows == t->screen.rows && columns == t->screen.columns))
		return false;
	screen_begin(&t->screen, rows, columns);
	return true;
}

void
term_update(struct term *t)
{
	char out[OUT_SIZE];
	size_t n;

	while (!t->gone && (n = screen_update(&t->screen, out,
	    sizeof out)) > 0)
		term_write(t, out, n);
}
