/* SPDX-License-Identifier: MIT */
/*
 * report.c - see report.h. The form of a record of /dev/kmsg is that of the
 * kernel's Documentation/ABI/testing/dev-kmsg.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/buswalk.h"
#include "lib/dir.h"
#include "lib/file.h"
#include "lib/text.h"
#include "report.h"

enum { RECORD_SIZE = 8192 };	/* CONSOLE_EXT_LOG_MAX */

/* Make room: the older half goes. */
static size_t
forget_half(char *text, size_t len)
{
	const char *from = memchr(text + len / 2, '\n', len - len / 2);

	if (!from)
		return 0;
	from++;
	len -= (size_t)(from - text);
	memmove(text, from, len);
	return len;
}

/* "6,339,5140900,-;text\n KEY=value\n" -> "[    5.140900] text\n" */
static size_t
add_record(char *text, size_t len, char *record)
{
	char *fields = strchr(record, ';'), *time = record;
	unsigned long long us;

	if (!fields)
		return len;
	*fields++ = '\0';
	for (int comma = 0; comma < 2 && time; comma++)
		time = strchr(time, ',') ? strchr(time, ',') + 1 : NULL;
	us = time ? strtoull(time, NULL, 10) : 0;
	fields[strcspn(fields, "\n")] = '\0';
	if (len + strlen(fields) + 40 > REPORT_SIZE)
		len = forget_half(text, len);
	len += (size_t)snprintf(text + len, REPORT_SIZE - len,
		"[%5llu.%06llu] %s\n", us / 1000000, us % 1000000, fields);
	return len;
}

int
report_log(const struct places *at, char *text, struct err *e)
{
	char record[RECORD_SIZE / 4];
	size_t len = 0;
	ssize_t n;
	int fd = openat(at->dev, "kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	text[0] = '\0';
	if (fd < 0)
		return fail(e, errno, "/dev/kmsg");
	/* EPIPE: a record was overwritten meanwhile; EINVAL: a longer one */
	while ((n = read(fd, record, sizeof record - 1)) > 0 ||
	    (n < 0 && (errno == EPIPE || errno == EINVAL))) {
		if (n <= 0)
			continue;
		record[n] = '\0';
		len = add_record(text, len, record);
	}
	close(fd);
	return 0;
}

/* ------------------------------------------------------------ hardware */

/* The last part of what a link in /sys points to, or "-". */
static void
link_name(int dir, const char *path, char *name, size_t size)
{
	char target[NAME_SIZE];
	ssize_t n = readlinkat(dir, path, target, sizeof target - 1);
	const char *slash;

	target[n > 0 ? n : 0] = '\0';
	slash = strrchr(target, '/');
	text_copy(name, size, slash ? slash + 1 : "-");
}

static void
add_device(const struct buswalk *w, const char *device, char *text)
{
	char path[BUSWALK_NAME_SIZE + 16], alias[512], driver[64];

	snprintf(path, sizeof path, "%s/modalias", device);
	if (file_line(w->devices.fd, path, alias, sizeof alias) <= 0)
		return;
	snprintf(path, sizeof path, "%s/driver", device);
	link_name(w->devices.fd, path, driver, sizeof driver);
	text_add(text, REPORT_SIZE, "%-9s %-16s %-16s %s\n", w->bus, device,
		driver, alias);
}

static void
add_disk(int sys, const char *name, char *text)
{
	char path[NAME_SIZE + 48], sectors[32], model[64] = "";

	snprintf(path, sizeof path, "class/block/%s/size", name);
	if (file_line(sys, path, sectors, sizeof sectors) <= 0 ||
	    strcmp(sectors, "0") == 0)
		return;
	snprintf(path, sizeof path, "class/block/%s/device/model", name);
	file_line(sys, path, model, sizeof model);
	text_add(text, REPORT_SIZE, "%-9s %-16s %s sectors of 512 bytes%s%s\n",
		"block", name, sectors, model[0] ? ", " : "", model);
}

int
report_hardware(const struct places *at, char *text, struct err *e)
{
	static struct buswalk walk;
	const char *name;
	struct dir d;

	text[0] = '\0';
	if (at->sys < 0)
		return fail(e, 0, "there is no /sys");
	text_add(text, REPORT_SIZE, "%-9s %-16s %-16s %s\n", "bus", "device",
		"driver", "modalias");
	buswalk_init(&walk);
	walk.all = true;
	buswalk_begin(&walk);
	while ((name = buswalk_next(&walk, at->sys)))
		add_device(&walk, name, text);
	if (dir_open(&d, at->sys, "class/block") < 0)
		return 0;
	while ((name = dir_next(&d)))
		add_disk(at->sys, name, text);
	dir_close(&d);
	return 0;
}
