/* SPDX-License-Identifier: MIT */
/*
 * diskpath.c - see diskpath.h. A disk's directory in /sys/devices lies below
 * those of all that it is plugged into; the walk goes from it upwards and
 * puts a word before the name for each kind of device on the way.
 */
#include "lib/diskpath.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/dir.h"
#include "lib/file.h"
#include "lib/text.h"

enum { PATH_SIZE = 512 };	/* a disk behind six hubs: 200 */

struct walk {
	int sys;
	bool older;
	bool place, transport;	/* both have to be known: path_id's rule */
	char disk[PATH_SIZE];	/* relative to /sys: where it began */
	char path[PATH_SIZE];	/* and where it is now */
	char id[DISKPATH_SIZE];
};

/* Append WORD to a copy of path. False: too long. */
static bool
below(char out[static PATH_SIZE], const char *path, const char *word)
{
	out[0] = '\0';
	return text_add(out, PATH_SIZE, "%s/%s", path, word) == 0;
}

static const char *
last_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool
up(char *path)
{
	char *slash = strrchr(path, '/');

	if (!slash)
		return false;
	*slash = '\0';
	return true;
}

/* The subsystem of a device; "" for a directory that is none. */
static void
subsystem_of(const struct walk *w, const char *path,
	char subsystem[static 32])
{
	char link[PATH_SIZE], target[PATH_SIZE];
	ssize_t n = -1;

	if (below(link, path, "subsystem"))
		n = readlinkat(w->sys, link, target, sizeof target - 1);
	target[n > 0 ? n : 0] = '\0';
	text_copy(subsystem, 32, last_of(target));
}

static bool
prepend(struct walk *w, const char *word)
{
	char rest[DISKPATH_SIZE];

	memcpy(rest, w->id, sizeof rest);
	w->id[0] = '\0';
	return text_add(w->id, sizeof w->id, "%s%s%s", word,
		rest[0] ? "-" : "", rest) == 0;
}

/* Up to the last one in a row that belongs to the same subsystem. */
static void
skip(struct walk *w, const char *subsystem)
{
	char above[PATH_SIZE], name[32];

	for (;;) {
		memcpy(above, w->path, sizeof above);
		if (!up(above))
			return;
		subsystem_of(w, above, name);
		if (strcmp(name, subsystem) != 0)
			return;
		memcpy(w->path, above, sizeof above);
	}
}

/* Cut the path behind its first component that begins with word and a
 * number, such as "host2"; false when there is none. */
static bool
cut_behind(char *path, const char *word)
{
	size_t len = strlen(word), digits;

	for (char *at = path; (at = strchr(at, '/'));) {
		if (strncmp(++at, word, len) != 0)
			continue;
		at += len;
		digits = strspn(at, "0123456789");
		if (digits > 0 && at[digits] == '/') {
			at[digits] = '\0';
			return true;
		}
	}
	return false;
}

/* The lowest number of a host beside this one: names count from there. */
static unsigned
lowest_host(const struct walk *w, const char *host)
{
	char above[PATH_SIZE];
	unsigned lowest = UINT_MAX, n;
	const char *name;
	struct dir d;

	text_copy(above, sizeof above, host);
	if (!up(above) || dir_open(&d, w->sys, above) < 0)
		return 0;
	while ((name = dir_next(&d)))
		if (sscanf(name, "host%u", &n) == 1 && n < lowest)
			lowest = n;
	dir_close(&d);
	return lowest == UINT_MAX ? 0 : lowest;
}

/* The disk's number at its ATA port: ata1/ata_port/ata1/port_no. */
static bool
ata_word(const struct walk *w, const unsigned hbtl[static 4],
	char word[static 64])
{
	char ata[PATH_SIZE], file[PATH_SIZE], port[16];

	memcpy(ata, w->path, sizeof ata);
	if (!cut_behind(ata, "ata"))
		return false;
	file[0] = '\0';
	if (text_add(file, sizeof file, "%s/ata_port/%s/port_no", ata,
	    last_of(ata)) < 0 ||
	    file_line(w->sys, file, port, sizeof port) <= 0)
		return false;
	if (w->older)
		snprintf(word, 64, "ata-%s", port);
	else if (hbtl[1] != 0)	/* behind a port multiplier */
		snprintf(word, 64, "ata-%s.%u.0", port, hbtl[1]);
	else
		snprintf(word, 64, "ata-%s.%u", port, hbtl[2]);
	return true;
}

/* On from a device such as 0:0:1:0 to its host. */
static bool
through_scsi(struct walk *w)
{
	static const char *const others[] = {
		"/rport-", "/end_device-", "/session", "/vmbus_"
	};
	char host[PATH_SIZE], word[64];
	unsigned at[4];

	if (sscanf(last_of(w->path), "%u:%u:%u:%u", &at[0], &at[1], &at[2],
	    &at[3]) != 4)
		return true;	/* a target or a host */
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (strstr(w->path, others[i]))
			return false;
	memcpy(host, w->path, sizeof host);
	if (!cut_behind(host, "host"))
		return false;
	if (strstr(w->path, "/ata")) {
		if (!ata_word(w, at, word))
			return false;
	} else {
		snprintf(word, sizeof word, "scsi-%u:%u:%u:%u",
			at[0] - lowest_host(w, host), at[1], at[2], at[3]);
	}
	memcpy(w->path, host, sizeof host);
	w->transport = true;
	return prepend(w, word);
}

static bool
through_usb(struct walk *w)
{
	char word[DISKPATH_SIZE];
	const char *port = strchr(last_of(w->path), '-');

	if (!port)
		return true;
	snprintf(word, sizeof word, "usb-0:%.200s", port + 1);
	skip(w, "usb");
	w->transport = true;
	return prepend(w, word);
}

static bool
through_nvme(struct walk *w)
{
	char file[PATH_SIZE], nsid[16], word[32];

	if (!below(file, w->disk, "nsid") ||
	    file_line(w->sys, file, nsid, sizeof nsid) <= 0)
		return true;
	snprintf(word, sizeof word, "nvme-%.15s", nsid);
	skip(w, "nvme");
	w->place = w->transport = true;
	return prepend(w, word);
}

/* A device whose name in /sys is its place: pci-0000:00:05.0. */
static bool
at_bus(struct walk *w, const char *subsystem, bool transport)
{
	char word[DISKPATH_SIZE];

	snprintf(word, sizeof word, "%.32s-%.200s", subsystem,
		last_of(w->path));
	skip(w, subsystem);
	w->place = true;
	w->transport |= transport;
	return prepend(w, word);
}

static bool
through(struct walk *w)
{
	char subsystem[32];

	subsystem_of(w, w->path, subsystem);
	if (strcmp(subsystem, "scsi") == 0)
		return through_scsi(w);
	if (strcmp(subsystem, "usb") == 0)
		return through_usb(w);
	if (strncmp(subsystem, "nvme", 4) == 0)
		return through_nvme(w);
	if (strcmp(subsystem, "pci") == 0)
		return at_bus(w, "pci", false);
	if (strcmp(subsystem, "platform") == 0)
		return at_bus(w, "platform", true);
	if (strcmp(subsystem, "virtio") == 0) {
		skip(w, "virtio");
		w->transport = true;
	}
	return true;
}

bool
diskpath_of(int sys, const char *disk, bool older,
	char id[static DISKPATH_SIZE])
{
	struct walk w = { .sys = sys, .older = older };
	char link[64], target[PATH_SIZE];
	const char *devices;
	ssize_t n;

	snprintf(link, sizeof link, "class/block/%.31s", disk);
	n = readlinkat(sys, link, target, sizeof target - 1);
	target[n > 0 ? n : 0] = '\0';
	devices = strstr(target, "devices/");
	if (!devices)
		return false;
	text_copy(w.disk, sizeof w.disk, devices);
	text_copy(w.path, sizeof w.path, devices);
	while (up(w.path))
		if (!through(&w))
			return false;
	memcpy(id, w.id, sizeof w.id);
	return w.place && w.transport;
}
