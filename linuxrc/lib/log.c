/* SPDX-License-Identifier: MIT */
/*
 * log.c - see log.h. The kernel takes ten lines in five seconds from one
 * open /dev/kmsg and drops the rest (printk.devkmsg=ratelimit, its default;
 * kernel/printk/printk.c): so it is opened anew before the tenth.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/log.h"
#include "lib/sys.h"

enum {
	LINE_SIZE = 900,	/* one record: LOG_LINE_MAX of the kernel is
				   1024 with its own prefix */
	KEPT_SIZE = 2048,	/* a few lines until /dev is there */
	LINES_PER_OPEN = 9
};

static struct {
	int dev;		/* directory that holds kmsg */
	int fd;			/* kmsg, or -1 */
	int lines;		/* written through fd */
	bool debug, opened;
	size_t kept_len;
	struct logbook *book;
} log_state = { .dev = -1, .fd = -1 };

static char kept[KEPT_SIZE];	/* lines, each ended by a newline */

static void
reopen(void)
{
	if (log_state.fd >= 0)
		close(log_state.fd);
	log_state.fd = openat(log_state.dev, "kmsg", O_WRONLY | O_CLOEXEC);
	log_state.lines = 0;
}

/* One line with its newline and its <level> in front. */
static void
put(const char *line, size_t len)
{
	const char *text = memchr(line, '>', len);

	if (log_state.fd >= 0 && log_state.lines++ == LINES_PER_OPEN)
		reopen();
	if (log_state.fd >= 0 && write(log_state.fd, line, len) > 0)
		return;
	/* Nobody hears of a console that cannot be written either. */
	if (text && write(2, text + 1, len - (size_t)(text + 1 - line)) < 0)
		return;
}

static void
keep(const char *line, size_t len)
{
	if (log_state.kept_len + len > KEPT_SIZE)
		return;		/* the first lines say most */
	memcpy(kept + log_state.kept_len, line, len);
	log_state.kept_len += len;
}

void
log_open(int dev)
{
	const char *line = kept;
	const char *end = line + log_state.kept_len;

	log_state.dev = dev;
	log_state.opened = true;
	if (dev >= 0)
		reopen();
	while (line < end) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));

		put(line, (size_t)(newline + 1 - line));
		line = newline + 1;
	}
	log_state.kept_len = 0;
}

void
log_keep(struct logbook *book)
{
	log_state.book = book;
}

void
log_to_stderr(void)
{
	log_open(-1);
}

void
log_debug(bool on)
{
	log_state.debug = on;
}

void
say(enum log_level level, const char *format, ...)
{
	char line[LINE_SIZE];
	va_list ap;
	int head, n;
	size_t len;

	if (level == LOG_DEBUG && !log_state.debug)
		return;
	head = snprintf(line, sizeof line, "<%d>linuxrc: ", (int)level);
	va_start(ap, format);
	n = vsnprintf(line + head, sizeof line - (size_t)head - 1, format, ap);
	va_end(ap);
	if (n < 0)
		return;
	len = (size_t)(head + n);
	if (len > sizeof line - 2)
		len = sizeof line - 2;
	if (log_state.book)
		logbook_add(log_state.book, sys_now_ms(), (int)level,
			line + head, len - (size_t)head);
	line[len++] = '\n';
	if (log_state.opened)
		put(line, len);
	else
		keep(line, len);
}
