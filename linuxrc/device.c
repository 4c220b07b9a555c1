/* SPDX-License-Identifier: MIT */
/*
 * device.c - see device.h. PARTUUID= and PARTLABEL= follow block/
 * early-lookup.c: any case, a prefix is enough, the first of a disk counts,
 * PARTNROFF is added to its number; PARTLABEL also as block/partitions/efi.c
 * spells it in 7 bits.
 *
 * Deviations: two disks that fit are an error where the kernel takes the
 * first, and UUID= is compared in any case.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "device.h"
#include "lib/parttag.h"
#include "lib/text.h"

enum {
	RAMDISK_MAJOR = 1,	/* include/uapi/linux/major.h */
	HINT_SIZE = 120		/* kept free behind a long list of devices */
};

void
device_search_begin(struct device_search *s, const struct root_spec *spec,
	const struct places *at)
{
	s->spec = spec;
	s->seen.at.proc = at->proc;
	s->seen.at.sys = at->sys;
	s->seen.at.dev = at->dev;
	s->seen.at.look_only = false;
	s->seen.count = 0;
}

/* "ram0" for "ram": a name with a number behind it. */
static bool
numbered(const char *name, const char *kind)
{
	const char *rest = text_after(name, kind);

	return rest && isdigit((unsigned char)*rest);
}

static bool
never_by_tag(const char *name)
{
	return numbered(name, "ram") || numbered(name, "fd");
}

static bool
is_partition_kind(const struct root_spec *spec)
{
	return spec->kind == ROOT_PARTUUID || spec->kind == ROOT_PARTLABEL;
}

static bool
is_tag_kind(const struct root_spec *spec)
{
	return spec->kind == ROOT_UUID || spec->kind == ROOT_LABEL;
}

static bool
tag_fits(const struct root_spec *spec, const struct blk_info *info)
{
	if (spec->kind == ROOT_UUID)
		return strcasecmp(info->uuid, spec->value) == 0;
	return strcmp(info->label, spec->value) == 0;
}

static void
look_at_superblock(struct device_search *s, const char *name)
{
	struct blk_info info;
	struct seen_device *p = seen_probe(&s->seen, name, &info);

	p->fits = info.usage == BLK_FILESYSTEM && p->major != RAMDISK_MAJOR &&
		tag_fits(s->spec, &info);
}

static bool
part_fits(const struct root_spec *spec, const struct blk_part *part)
{
	return spec->kind == ROOT_PARTUUID ?
		parttag_uuid_fits(part->uuid, spec->value) :
		parttag_label_fits(part->label, spec->value);
}

/* Which partition of the disk is meant: the first that fits, and then the
 * one that PARTNROFF says. */
static void
mark_partition(struct device_search *s, const char *disk, unsigned number)
{
	long long n = (long long)number + s->spec->partnroff;
	char name[DEVNAME_SIZE];

	if (n >= 0 && n <= INT_MAX &&
	    blockdev_partition(disk, (unsigned)n, name) == 0)
		seen_remember(&s->seen, name)->fits = true;
}

static void
take_table(struct device_search *s, const char *disk,
	const struct blk_table *t)
{
	struct blk_part part;
	char name[DEVNAME_SIZE];
	unsigned first = 0;
	struct seen_device *p;

	for (unsigned i = 0; i < t->count; i++) {
		blk_table_entry(t, i, &part);
		if (part.number == 0 ||
		    blockdev_partition(disk, part.number, name) < 0)
			continue;
		p = seen_remember(&s->seen, name);
		text_copy(p->partuuid, sizeof p->partuuid, part.uuid);
		if (part_fits(s->spec, &part) &&
		    (first == 0 || part.number < first))
			first = part.number;
	}
	if (first)
		mark_partition(s, disk, first);
}

/* Read the partition table of a whole disk. */
static void
look_at_table(struct device_search *s, const char *disk)
{
	struct blk_table t;
	struct err ignored;
	struct seen_device *p = seen_remember(&s->seen, disk);
	int fd = blockdev_open(&s->seen.at, disk);

	p->unreadable = fd < 0 || blk_table_open(&t, fd, &ignored) < 0;
	if (!p->unreadable) {
		take_table(s, disk, &t);
		blk_table_close(&t);
	}
	if (fd >= 0)
		close(fd);
}

/* The table is read anew: what it had before no longer counts. */
static void
forget_partitions(struct device_search *s, const char *disk)
{
	for (unsigned i = s->seen.count; i-- > 0;)
		if (strcmp(s->seen.device[i].name, disk) == 0 ||
		    blockdev_is_partition_of(s->seen.device[i].name, disk))
			seen_forget(&s->seen, s->seen.device[i].name);
}

static void
look(struct device_search *s, const char *name)
{
	if (never_by_tag(name))
		return;
	if (is_tag_kind(s->spec))
		look_at_superblock(s, name);
	else if (is_partition_kind(s->spec) &&
	    !blockdev_is_partition(&s->seen.at, name))
		look_at_table(s, name);
}

static const char *
prefix(const struct root_spec *spec)
{
	static const char *const names[] = {
		[ROOT_UUID] = "UUID=", [ROOT_LABEL] = "LABEL=",
		[ROOT_PARTUUID] = "PARTUUID=", [ROOT_PARTLABEL] = "PARTLABEL=",
	};

	return is_tag_kind(spec) || is_partition_kind(spec) ?
		names[spec->kind] : "";
}

/* A disk and its partition with one file system: an isohybrid stick, whose
 * first partition begins where the disk does. */
static bool
are_twins(const char *a, const char *b)
{
	return !blockdev_is_partition_of(a, b) &&
		!blockdev_is_partition_of(b, a);
}

/* Among what was seen: one that fits and is there, or two. */
static int
judge(struct device_search *s, struct root_device *d, struct err *e)
{
	struct seen_device *first = NULL, *p;

	for (unsigned i = 0; i < s->seen.count; i++) {
		p = &s->seen.device[i];
		if (!p->fits || (is_partition_kind(s->spec) &&
		    !blockdev_find(&s->seen.at, p->name, &p->major, &p->minor)))
			continue;
		if (!first)
			first = p;
		else if (are_twins(first->name, p->name)) {
			fail(e, 0, "%s%.300s is on %s and on %s",
				prefix(s->spec), s->spec->value,
				first->name, p->name);
			return hint(e, "name one of them: root=/dev/%s",
				first->name);
		}
	}
	if (!first)
		return 0;
	text_copy(d->name, sizeof d->name, first->name);
	d->major = first->major;
	d->minor = first->minor;
	text_copy(d->fstype, sizeof d->fstype, first->type);
	return 1;
}

/* root=/dev/NAME and root=MAJOR:MINOR. */
static int
look_up(struct device_search *s, struct root_device *d, struct err *e)
{
	const struct root_spec *spec = s->spec;

	d->fstype[0] = '\0';
	if (spec->kind == ROOT_NUMBER) {
		d->major = spec->major;
		d->minor = spec->minor;
		return blockdev_find_number(&s->seen.at, d->major, d->minor,
			d->name);
	}
	if (blockdev_kernel_name(d->name, spec->value) < 0)
		return fail(e, ENAMETOOLONG, "/dev/%.300s", spec->value);
	return blockdev_find(&s->seen.at, d->name, &d->major, &d->minor);
}

/* Look at all that are there now; forget those that are not any more. */
static int
scan_all(struct device_search *s, struct err *e)
{
	static struct blockdev_walk w;
	char name[DEVNAME_SIZE];
	const struct seen_device *p;
	unsigned major, minor;

	for (unsigned i = s->seen.count; i-- > 0;)
		if (is_partition_kind(s->spec) || !blockdev_find(&s->seen.at,
		    s->seen.device[i].name, &major, &minor))
			seen_forget(&s->seen, s->seen.device[i].name);
	if (blockdev_walk_open(&w, &s->seen.at, e) < 0)
		return -1;
	while (blockdev_walk_next(&w, name)) {
		p = seen_find(&s->seen, name);
		if (!p || !p->probed || p->usage == BLK_NOTHING)
			look(s, name);
	}
	blockdev_walk_close(&w);
	return 0;
}

int
device_scan(struct device_search *s, struct root_device *d, struct err *e)
{
	if (s->spec->kind == ROOT_NAME || s->spec->kind == ROOT_NUMBER)
		return look_up(s, d, e);
	if (!is_tag_kind(s->spec) && !is_partition_kind(s->spec))
		return 0;
	return scan_all(s, e) < 0 ? -1 : judge(s, d, e);
}

/* An event of a device that a tag may be on. */
static void
take_event(struct device_search *s, const struct uevent *u, const char *name)
{
	const struct seen_device *p = seen_find(&s->seen, name);
	bool change = strcmp(u->action, "change") == 0;

	if (strcmp(u->action, "remove") == 0)
		seen_forget(&s->seen, name);
	else if (is_tag_kind(s->spec) && (change || !p || !p->probed))
		look(s, name);
	else if (is_partition_kind(s->spec) && strcmp(u->devtype,
	    "partition") != 0 && (change || !p)) {
		forget_partitions(s, name);
		look(s, name);
	}
}

int
device_event(struct device_search *s, const struct uevent *u,
	struct root_device *d, struct err *e)
{
	const struct root_spec *spec = s->spec;
	char name[DEVNAME_SIZE];

	if (strcmp(u->subsystem, "block") != 0 || !u->devname[0] ||
	    blockdev_kernel_name(name, u->devname) < 0)
		return 0;
	if (spec->kind == ROOT_NAME || spec->kind == ROOT_NUMBER)
		return look_up(s, d, e);
	if (!is_tag_kind(spec) && !is_partition_kind(spec))
		return 0;
	take_event(s, u, name);
	return judge(s, d, e);
}

/* How many characters differ, of two texts of the same length. */
static unsigned
differing(const char *a, const char *b)
{
	unsigned n = 0;

	if (strlen(a) != strlen(b))
		return UINT_MAX;
	for (; *a; a++, b++)
		n += tolower((unsigned char)*a) != tolower((unsigned char)*b);
	return n;
}

/* What a person may have mistaken for the tag that was asked for. */
static void
nearest(const struct root_spec *spec, const struct seen_device *p,
	char *text, size_t size)
{
	const char *found = spec->kind == ROOT_UUID ? p->uuid : p->label;
	const char *name = prefix(spec);

	if (differing(p->partuuid, spec->value) == 0 && p->partuuid[0])
		text_add(text, size, "; that is the PARTUUID of %s", p->name);
	if (!found[0] || !is_tag_kind(spec))
		return;
	if (p->usage != BLK_FILESYSTEM && strcmp(found, spec->value) == 0)
		text_add(text, size, "; %s has this tag, but %s is never "
			"taken by a tag", p->name, p->type);
	else if (spec->kind == ROOT_LABEL && !p->fits &&
	    differing(found, spec->value) == 0)
		text_add(text, size, "; the LABEL of %s is %s, in other "
			"letters", p->name, found);
	else if (differing(found, spec->value) == 1)
		text_add(text, size, "; the %.*s differs from that of %s in "
			"one character", (int)strlen(name) - 1, name, p->name);
}

/* For the sentence, see on every device what has not been looked at. */
static void
look_at_rest(struct device_search *s)
{
	static struct blockdev_walk w;
	char name[DEVNAME_SIZE];
	struct blk_info info;
	const struct seen_device *p;
	struct err ignored;

	if (blockdev_walk_open(&w, &s->seen.at, &ignored) < 0)
		return;
	while (blockdev_walk_next(&w, name)) {
		p = seen_find(&s->seen, name);
		if (!never_by_tag(name) && (!p || !p->probed))
			seen_probe(&s->seen, name, &info);
	}
	blockdev_walk_close(&w);
}

void
device_describe(struct device_search *s, char *text, size_t size)
{
	text[0] = '\0';
	look_at_rest(s);
	seen_list(&s->seen, text, size > 2 * HINT_SIZE ? size - HINT_SIZE :
		size);
	for (unsigned i = 0; i < s->seen.count; i++)
		nearest(s->spec, &s->seen.device[i], text, size);
}
