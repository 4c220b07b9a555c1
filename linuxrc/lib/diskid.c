/* SPDX-License-Identifier: MIT */
/*
 * diskid.c - see diskid.h. A name of each kind is made for the disk and
 * compared.
 */
#include "lib/diskid.h"

#include <ctype.h>
#include <limits.h>
#include <linux/hdreg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lib/file.h"
#include "lib/text.h"

enum {
	WORD_SIZE = 128,	/* the longest: a UUID of the device mapper */
	PATH_SIZE = 512		/* below /sys */
};

struct disk {
	const struct blockdevs *at;
	const char *name;
};

/* As udev writes what devices say of themselves: no blanks around it, one
 * _ for blanks in it and for every byte that no rule of udev allows. */
static void
clean(char *s)
{
	char *out = s;
	const char *in = s;

	for (in += strspn(in, " \t\n"); *in; in++) {
		if (isspace((unsigned char)*in)) {
			if (!isspace((unsigned char)in[1]) && in[1])
				*out++ = '_';
		} else {
			*out++ = isalnum((unsigned char)*in) || *in & 0x80 ||
				strchr("#+-.:=@_", *in) ? *in : '_';
		}
	}
	*out = '\0';
}

/* A file below the disk's directory in /sys; false when it is not there or
 * says nothing. */
static bool
attribute(const struct disk *d, const char *file, char word[static WORD_SIZE])
{
	char path[PATH_SIZE];

	snprintf(path, sizeof path, "class/block/%.31s/%.400s", d->name, file);
	if (file_line(d->at->sys, path, word, WORD_SIZE) <= 0)
		return false;
	clean(word);
	return word[0] != '\0';
}

static bool
is_attribute(const struct disk *d, const char *file, const char *rest)
{
	char word[WORD_SIZE];

	return attribute(d, file, word) && strcmp(word, rest) == 0;
}

static bool
virtio_fits(const struct disk *d, const char *rest)
{
	return text_after(d->name, "vd") && is_attribute(d, "serial", rest);
}

/* MODEL_SERIAL and, newer, MODEL_SERIAL_NSID; or what identifies it in the
 * world. */
static bool
nvme_fits(const struct disk *d, const char *rest)
{
	char model[WORD_SIZE], serial[WORD_SIZE], nsid[WORD_SIZE];
	char name[2 * WORD_SIZE];

	if (!text_after(d->name, "nvme"))
		return false;
	if (is_attribute(d, "wwid", rest))
		return true;
	if (!attribute(d, "device/model", model) ||
	    !attribute(d, "device/serial", serial))
		return false;
	snprintf(name, sizeof name, "%s_%s", model, serial);
	rest = text_after(rest, name);
	return rest && (*rest == '\0' || (*rest++ == '_' &&
		attribute(d, "nsid", nsid) && strcmp(nsid, rest) == 0));
}

/* A field of the disk's IDENTIFY, which the kernel has put in order. */
static void
identified(const void *field, size_t len, char word[static WORD_SIZE])
{
	memcpy(word, field, len);
	word[len] = '\0';
	clean(word);
}

static bool
ata_fits(const struct disk *d, const char *rest)
{
	union {
		struct hd_driveid id;
		unsigned char bytes[512];	/* that many are written */
	} u;
	char model[WORD_SIZE], serial[WORD_SIZE], name[2 * WORD_SIZE];
	int fd, got;

	if (!text_after(d->name, "sd") || !is_attribute(d, "device/vendor",
	    "ATA") || (fd = blockdev_open(d->at, d->name)) < 0)
		return false;
	memset(&u, 0, sizeof u);
	got = ioctl(fd, HDIO_GET_IDENTITY, &u);
	close(fd);
	if (got < 0)
		return false;
	identified(u.id.model, sizeof u.id.model, model);
	identified(u.id.serial_no, sizeof u.id.serial_no, serial);
	snprintf(name, sizeof name, "%s%s%s", model, serial[0] ? "_" : "",
		serial);
	return strcmp(name, rest) == 0;
}

/* The serial number of the USB device that the disk is on: the next
 * directory above the SCSI device that has one. */
static bool
usb_serial(const struct disk *d, char serial[static WORD_SIZE])
{
	char path[PATH_SIZE], target[PATH_SIZE], *slash;
	ssize_t n;

	snprintf(path, sizeof path, "class/block/%.31s", d->name);
	n = readlinkat(d->at->sys, path, target, sizeof target - 1);
	target[n > 0 ? n : 0] = '\0';
	slash = strstr(target, "/host");
	if (!slash || !strstr(target, "/usb"))
		return false;
	*slash = '\0';
	/* first the interface, then the device; no further */
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "class/block/%.400s/serial",
			target);
		if (file_line(d->at->sys, path, serial, WORD_SIZE) > 0) {
			clean(serial);
			return true;
		}
		slash = strrchr(target, '/');
		if (!slash)
			break;
		*slash = '\0';
	}
	serial[0] = '\0';
	return true;
}

/* VENDOR_MODEL_SERIAL-TARGET:LUN */
static bool
usb_fits(const struct disk *d, const char *rest)
{
	char vendor[WORD_SIZE], model[WORD_SIZE], serial[WORD_SIZE];
	char path[PATH_SIZE], target[PATH_SIZE], name[3 * WORD_SIZE + 32];
	unsigned at[2];
	const char *slash;
	ssize_t n;

	if (!usb_serial(d, serial) || !attribute(d, "device/vendor", vendor) ||
	    !attribute(d, "device/model", model))
		return false;
	snprintf(path, sizeof path, "class/block/%.31s/device", d->name);
	n = readlinkat(d->at->sys, path, target, sizeof target - 1);
	target[n > 0 ? n : 0] = '\0';
	slash = strrchr(target, '/');
	if (!slash || sscanf(slash + 1, "%*u:%*u:%u:%u", &at[0], &at[1]) != 2)
		return false;
	snprintf(name, sizeof name, "%s_%s%s%s-%u:%u", vendor, model,
		serial[0] ? "_" : "", serial, at[0], at[1]);
	return strcmp(name, rest) == 0;
}

static bool
mmc_fits(const struct disk *d, const char *rest)
{
	char model[WORD_SIZE];
	const char *serial;

	if (!text_after(d->name, "mmcblk") ||
	    !attribute(d, "device/name", model))
		return false;
	serial = text_after(rest, model);
	return serial && *serial++ == '_' &&
		is_attribute(d, "device/serial", serial);
}

/* wwn-0x5000... is the kernel's naa.5000... */
static bool
wwn_fits(const struct disk *d, const char *rest)
{
	char word[WORD_SIZE];
	const char *digits;

	rest = text_after(rest, "0x");
	if (!rest || !attribute(d, "device/wwid", word))
		return false;
	digits = text_after(word, "naa.");
	return digits && strcmp(digits, rest) == 0;
}

static bool
dm_name_fits(const struct disk *d, const char *rest)
{
	return is_attribute(d, "dm/name", rest);
}

static bool
dm_uuid_fits(const struct disk *d, const char *rest)
{
	return is_attribute(d, "dm/uuid", rest);
}

static const struct kind {
	const char *prefix;
	bool (*fits)(const struct disk *, const char *rest);
} kinds[] = {
	{ "virtio-", virtio_fits },
	{ "nvme-", nvme_fits },
	{ "ata-", ata_fits },
	{ "usb-", usb_fits },
	{ "mmc-", mmc_fits },
	{ "wwn-", wwn_fits },
	{ "dm-name-", dm_name_fits },
	{ "dm-uuid-", dm_uuid_fits },
};

static const struct kind *
kind_of(const char *id)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (text_after(id, kinds[i].prefix))
			return &kinds[i];
	return NULL;
}

bool
diskid_is_known(const char *id)
{
	return kind_of(id) != NULL;
}

bool
diskid_fits(const struct blockdevs *b, const char *disk, const char *id)
{
	const struct kind *kind = kind_of(id);
	const struct disk d = { b, disk };

	return kind && b->sys >= 0 &&
		kind->fits(&d, id + strlen(kind->prefix));
}
