/* SPDX-License-Identifier: MIT */
/*
 * dialog.c - see dialog.h.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "dialog.h"
#include "lib/sys.h"
#include "lib/text.h"

enum { CHOICES_MAX = 8 };

struct choice {
	enum request request;
	bool type;		/* a value is asked for */
	char text[48];
};

struct menu {
	unsigned count;
	struct choice choice[CHOICES_MAX];
};

static void
put(const struct question *q, const char *text)
{
	size_t len = strlen(text);

	/* A console that cannot be written will not be read either: the
	 * read ends the question. */
	while (len > 0) {
		ssize_t n = write(q->out, text, len);

		if (n <= 0)
			return;
		text += n;
		len -= (size_t)n;
	}
}

static void
offer(struct menu *m, enum request request, bool type, const char *text)
{
	struct choice *c = &m->choice[m->count++];

	c->request = request;
	c->type = type;
	text_copy(c->text, sizeof c->text, text);
}

static void
make_menu(const struct question *q, struct menu *m)
{
	char text[48];

	m->count = 0;
	offer(m, REQUEST_RETRY, false, "try again");
	snprintf(text, sizeof text, "another %s=", q->typed);
	offer(m, REQUEST_RETRY, true, text);
	if (q->shell)
		offer(m, REQUEST_SHELL, false, "shell");
	if (q->kernel)
		offer(m, REQUEST_KERNEL, false, "let the kernel try");
	offer(m, REQUEST_REBOOT, false, "reboot");
	offer(m, REQUEST_POWEROFF, false, "power off");
}

static void
show(const struct question *q, const struct menu *m)
{
	char line[80];
	unsigned i;

	put(q, "\n");
	put(q, q->sentence);
	put(q, "\n\n");
	for (i = 0; i < m->count; i++) {
		snprintf(line, sizeof line, "  %u  %s\n", i + 1,
			m->choice[i].text);
		put(q, line);
	}
	put(q, "\n");
}

/*
 * As sys_wait_readable(). A terminal is readable when Enter was typed; while
 * a countdown runs it is told to be so at the first key, which stops it.
 */
static int
wait_for_input(int in, int64_t left_ms)
{
	struct termios lines, keys;
	bool changed = left_ms >= 0 && tcgetattr(in, &lines) == 0;
	int ready;

	if (changed) {
		keys = lines;
		keys.c_lflag &= ~(tcflag_t)ICANON;
		keys.c_cc[VMIN] = 1;
		keys.c_cc[VTIME] = 0;
		tcsetattr(in, TCSANOW, &keys);
	}
	ready = sys_wait_readable(in, -1, left_ms);
	if (changed)
		tcsetattr(in, TCSANOW, &lines);
	return ready;
}

/*
 * One line without its newline, waiting no longer than the deadline. 1 a
 * line, 0 the deadline passed, -1 end of input or a dead terminal.
 */
static int
read_line(const struct question *q, int64_t deadline_ms, char *line,
	size_t size)
{
	size_t len = 0;

	for (;;) {
		int64_t left = deadline_ms < 0 ? -1 :
			deadline_ms - sys_now_ms();
		int ready;
		ssize_t n;
		char c;

		if (deadline_ms >= 0 && left <= 0)
			return 0;
		ready = wait_for_input(q->in, left);
		if (ready < 0)
			return -1;
		if (ready == 0)
			continue;
		n = read(q->in, &c, 1);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		/* Ctrl-D as a key is the end of input, as in a line */
		if (n <= 0 || (c == 4 && len == 0 && deadline_ms >= 0))
			return -1;
		deadline_ms = -1;	/* somebody is there */
		if (c == '\n' || c == '\r')
			break;
		if (len + 1 < size)
			line[len] = c;
		len++;
	}
	if (len + 1 > size) {
		put(q, "That line is too long.\n");
		len = 0;
	}
	line[len] = '\0';
	return 1;
}

/*
 * Ask for the value of q->typed and make an option word of it. 1, 0 when
 * nothing was typed, or -1.
 */
static int
read_value(const struct question *q, char *words, size_t size)
{
	size_t len;

	snprintf(words, size, "%s=", q->typed);
	put(q, words);
	len = strlen(words);
	if (read_line(q, -1, words + len, size - len) < 0)
		return -1;
	return words[len] ? 1 : 0;
}

/* True when the line is an answer; else the question is put again. */
static bool
understand(const struct question *q, const struct menu *m, const char *line,
	struct answer *a)
{
	int got;
	long n;

	a->words[0] = '\0';
	if (isalpha((unsigned char)line[0])) {
		a->request = REQUEST_RETRY;
		return text_copy(a->words, sizeof a->words, line) == 0;
	}
	if (text_number(line, 10, 1, (long)m->count, &n) < 0) {
		if (line[0])
			put(q, "Not one of the choices.\n");
		return false;
	}
	a->request = m->choice[n - 1].request;
	got = m->choice[n - 1].type ?
		read_value(q, a->words, sizeof a->words) : 1;
	if (got < 0)
		a->request = REQUEST_NOBODY;
	return got != 0;
}

static void
prompt(const struct question *q, int64_t deadline_ms)
{
	char text[128];

	if (deadline_ms >= 0) {
		snprintf(text, sizeof text, "Without an answer in %lld s: "
			"%s.\n", (long long)(deadline_ms - sys_now_ms() +
			999) / 1000, q->then);
		put(q, text);
	}
	put(q, strcmp(q->typed, "init") == 0 ?
		"Number, or an option such as init=/bin/sh: " :
		"Number, or an option such as root=/dev/vda1: ");
}

void
dialog_tell(const struct question *q, const char *why)
{
	put(q, "Not taken: ");
	put(q, why);
	put(q, "\n");
}

void
dialog_ask(const struct question *q, struct answer *a)
{
	char line[ANSWER_SIZE];
	struct menu menu;
	int64_t deadline_ms = q->deadline_ms;
	int got;

	make_menu(q, &menu);
	tcflush(q->in, TCIFLUSH);
	show(q, &menu);
	do {
		prompt(q, deadline_ms);
		got = read_line(q, deadline_ms, line, sizeof line);
		if (got > 0)
			deadline_ms = -1;
	} while (got > 0 && !understand(q, &menu, line, a));
	if (got <= 0) {
		a->words[0] = '\0';
		a->request = got == 0 ? REQUEST_TIMEOUT : REQUEST_NOBODY;
		put(q, "\n");
	}
}
