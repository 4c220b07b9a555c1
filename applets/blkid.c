/* SPDX-License-Identifier: MIT */
/*
 * blkid - type and tags of block devices: blkid(8) of util-linux. Exit status
 * 2: nothing was found, which scripts rely on.
 *
 * Deviations: there is no cache, so -c and -g do nothing and every run reads
 * the devices; no BLOCK_SIZE; of the low-level mode only -p, without offsets;
 * -o is full, value, export or device.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/applet.h"
#include "lib/tags.h"
#include "lib/text.h"

enum { NOTHING_FOUND = 2, SHOWN_SIZE = 2 * sizeof(struct blk_info) };

static struct {
	bool show[TAG_COUNT];		/* -s */
	bool some;			/* any of them */
	const char *format;		/* -o */
	const char *wanted;		/* -t, -L, -U: "NAME=VALUE" */
	bool one;			/* -l */
} opt = { .format = "full" };

static bool
is_format(const char *name)
{
	return strcmp(opt.format, name) == 0;
}

/* What a terminal would take for a command is shown as ^X; what a shell would,
 * where the line is for one, behind a backslash. */
static const char *
shown(const char *value, char text[static SHOWN_SIZE])
{
	char *out = text;

	for (; *value; value++) {
		unsigned char c = (unsigned char)*value;

		if (c < 0x20 || c == 0x7f) {
			*out++ = '^';
			*out++ = (char)(c ^ 0x40);
		} else {
			if (strchr(is_format("full") ? "\"\\" :
			    is_format("export") ? " \"'\\`$<>&|;()*?[]{}~#!" :
			    "", c))
				*out++ = '\\';
			*out++ = (char)c;
		}
	}
	*out = '\0';
	return text;
}

/* True when the device has something to be printed. */
static bool
print(const char *device, const struct tags *t)
{
	static char line[4096], text[SHOWN_SIZE];
	bool any = false;

	line[0] = '\0';
	for (unsigned i = 0; i < TAG_COUNT; i++) {
		const char *value = tags_value(t, (enum tag)i);

		if (!value[0] || (opt.some && !opt.show[i]))
			continue;
		any = true;
		shown(value, text);
		if (is_format("value"))
			text_add(line, sizeof line, "%s\n", text);
		else if (is_format("export"))
			text_add(line, sizeof line, "%s=%s\n", tag_names[i],
				text);
		else
			text_add(line, sizeof line, " %s=\"%s\"",
				tag_names[i], text);
	}
	if (!any)
		return false;
	if (is_format("device"))
		applet_print("%s\n", device);
	else if (is_format("export"))
		applet_print("DEVNAME=%s\n%s\n", device, line);
	else if (is_format("value"))
		applet_print("%s", line);
	else
		applet_print("%s:%s\n", device, line);
	return true;
}

static bool
is_wanted(const struct tags *t)
{
	size_t len;

	if (!opt.wanted)
		return true;
	len = strcspn(opt.wanted, "=");
	for (unsigned i = 0; i < TAG_COUNT; i++)
		if (strlen(tag_names[i]) == len &&
		    memcmp(tag_names[i], opt.wanted, len) == 0)
			return opt.wanted[len] && strcmp(opt.wanted + len + 1,
				tags_value(t, (enum tag)i)) == 0;
	return false;
}

/* A device by the path that was given, which may be an image file. */
static bool
print_path(const struct blockdevs *here, const char *path)
{
	static struct tags t;
	const char *name = text_after(path, "/dev/");
	struct err e;
	int fd;

	memset(&t, 0, sizeof t);
	if (!name || strchr(name, '/') || tags_read(here, name, &t, &e) < 0) {
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0) {
			fail(&e, errno, "%s", path);
			applet_warn(&e);
			return false;
		}
		blk_probe(fd, &t.info, &e);
		close(fd);
	}
	return is_wanted(&t) && print(path, &t);
}

static bool
print_all(const struct blockdevs *here)
{
	static struct tags_devices all;
	static struct tags t;
	char path[BLOCKDEV_NAME_SIZE + 5], node[BLOCKDEV_NAME_SIZE];
	bool found = false;
	struct err e;

	if (tags_devices(here, &all, &e) < 0)
		applet_die(&e);
	for (unsigned i = 0; i < all.count && !(found && opt.one); i++) {
		if (tags_read(here, all.name[i], &t, &e) < 0 || !is_wanted(&t))
			continue;
		blockdev_node(here->dev, all.name[i], node);
		snprintf(path, sizeof path, "/dev/%s", node);
		found |= print(path, &t);
	}
	return found;
}

static noreturn void
usage(void)
{
	applet_usage("blkid [-l] [-o full|value|export|device] [-s TAG]... "
		"[-t NAME=VALUE] [DEVICE...] | blkid -L LABEL | "
		"blkid -U UUID");
}

static void
show(const char *name)
{
	for (unsigned i = 0; i < TAG_COUNT; i++)
		if (strcmp(tag_names[i], name) == 0)
			opt.show[i] = true;
	opt.some = true;	/* an unknown one is a tag that nobody has */
}

/* -L and -U print the one device's name. */
static void
look_up(const char *tag, const char *value)
{
	static char wanted[1024];

	wanted[0] = '\0';
	if (text_add(wanted, sizeof wanted, "%s=%s", tag, value) < 0)
		applet_fail(ENAMETOOLONG, "%.40s...", value);
	opt.wanted = wanted;
	opt.format = "device";
	opt.one = true;
}

static void
take_options(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "c:gkL:lo:ps:t:U:w:")) != -1)
		switch (c) {
		case 'L':
			look_up("LABEL", optarg);
			break;
		case 'U':
			look_up("UUID", optarg);
			break;
		case 'l':
			opt.one = true;
			break;
		case 'o':
			opt.format = optarg;
			if (!is_format("full") && !is_format("value") &&
			    !is_format("export") && !is_format("device"))
				usage();
			break;
		case 's':
			show(optarg);
			break;
		case 't':
			if (!strchr(optarg, '='))
				usage();
			opt.wanted = optarg;
			break;
		case 'c':
		case 'g':
		case 'p':
		case 'w':
			break;
		default:
			usage();
		}
}

int
blkid_main(int argc, char **argv)
{
	struct blockdevs here;
	bool found = false;

	take_options(argc, argv);
	tags_here(&here);
	if (optind == argc)
		found = print_all(&here);
	for (; optind < argc && !(found && opt.one); optind++)
		found |= print_path(&here, argv[optind]);
	return found ? 0 : NOTHING_FOUND;
}
