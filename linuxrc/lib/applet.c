/* SPDX-License-Identifier: MIT */
/*
 * applet.c - see applet.h. Output is written as it comes: tools print a few
 * lines, and what was printed must be there before another program runs.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/applet.h"
#include "lib/sys.h"
#include "lib/text.h"

enum { LINE_SIZE = 8192 };

static const char *applet = "linuxrc";

void
applet_begin(const char *name)
{
	applet = name;
}

static int
write_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		text += n;
		len -= (size_t)n;
	}
	return 0;
}

/* One line to fd 2, in one write. */
static void
complain(const char *before, const char *text)
{
	char line[ERR_TEXT_SIZE + 256];

	line[0] = '\0';
	text_add(line, sizeof line - 1, "%s: %s", before, text);
	strcat(line, "\n");
	write_all(2, line, strlen(line));
}

static void
complain_of(const char *what, int code)
{
	struct err e;

	fail(&e, code, "%s", what);
	complain(applet, e.text);
}

void
applet_warn(const struct err *e)
{
	complain(applet, e->text);
}

noreturn void
applet_die(const struct err *e)
{
	applet_warn(e);
	exit(1);
}

noreturn void
applet_fail(int code, const char *what, ...)
{
	char text[ERR_TEXT_SIZE];
	struct err e;
	va_list args;

	va_start(args, what);
	vsnprintf(text, sizeof text, what, args);
	va_end(args);
	fail(&e, code, "%s", text);
	applet_die(&e);
}

noreturn void
applet_usage(const char *text)
{
	complain("usage", text);
	exit(2);
}

void
applet_print(const char *format, ...)
{
	static char line[LINE_SIZE];
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(line, sizeof line, format, args);
	va_end(args);
	if (len < 0 || (size_t)len >= sizeof line)
		applet_fail(0, "a line of more than %d bytes", LINE_SIZE - 1);
	if (write_all(1, line, (size_t)len) < 0)
		applet_fail(errno, "standard output");
}

noreturn void
applet_exec(char *const argv[])
{
	int code;

	/* the kernel gives a program of the initrd no PATH */
	setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 0);
	sys_execvp(argv[0], argv);
	code = errno;
	complain_of(argv[0], code);
	exit(code == ENOENT ? 127 : 126);
}
