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
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "lib/device.h"
#include "lib/devlink.h"
#include "lib/holder.h"
#include "lib/nearest.h"
#include "lib/parttag.h"
#include "lib/rootspec.h"
#include "lib/text.h"
#include "lib/twins.h"

enum {
	RAMDISK_MAJOR = 1,	/* include/uapi/linux/major.h */
	HINT_SIZE = 200		/* kept free behind a long list of devices */
};

void
device_search_begin(struct device_search *s, const struct places *at)
{
	s->count = 0;
	s->word = "root";
	s->swap = false;
	s->seen.at = (struct blockdevs){ at->proc, at->sys, at->dev, false };
	s->seen.count = 0;
	s->seen.overflowed = false;
}

unsigned
device_search_add(struct device_search *s, const struct root_spec *spec)
{
	s->seen.count = 0;
	s->seen.overflowed = false;
	if (s->count < DEVICE_SPECS_MAX)
		s->spec[s->count++] = spec;
	return s->count - 1;
}

static bool
is_partition_kind(const struct root_spec *spec)
{
	return spec->kind == ROOT_PARTUUID || spec->kind == ROOT_PARTLABEL;
}

static bool
is_tag_kind(const struct root_spec *spec)
{
	return spec->kind == ROOT_UUID || spec->kind == ROOT_LABEL ||
		spec->kind == ROOT_AUTO;
}

bool
device_is_named(const struct root_spec *spec)
{
	return spec->kind == ROOT_NAME || spec->kind == ROOT_NUMBER ||
		spec->kind == ROOT_DISK_PATH || spec->kind == ROOT_DISK_ID;
}

bool
device_can_be(enum root_kind kind)
{
	const struct root_spec spec = { .kind = kind };

	return device_is_named(&spec) || is_partition_kind(&spec) ||
		(is_tag_kind(&spec) && kind != ROOT_AUTO);
}

/* Is one of the specs of this kind? */
static bool
wants(const struct device_search *s, bool (*is_kind)(const struct root_spec *))
{
	for (unsigned i = 0; i < s->count; i++)
		if (is_kind(s->spec[i]))
			return true;
	return false;
}

static bool
tag_fits(const struct root_spec *spec, const struct blk_info *info)
{
	if (spec->kind == ROOT_UUID)
		return strcasecmp(info->uuid, spec->value) == 0;
	return spec->kind == ROOT_AUTO || (spec->kind == ROOT_LABEL &&
		strcmp(info->label, spec->value) == 0);
}

static void
look_at_superblock(struct device_search *s, const char *name)
{
	struct blk_info info;
	struct seen_device *p = seen_probe(&s->seen, name, &info);

	for (unsigned i = 0; i < s->count; i++) {
		if (!is_tag_kind(s->spec[i]))
			continue;
		p->fits &= ~(1u << i);
		if ((info.usage == BLK_FILESYSTEM ||
		    (s->swap && blk_is_swap(&info))) &&
		    p->major != RAMDISK_MAJOR && tag_fits(s->spec[i], &info))
			p->fits |= 1u << i;
	}
}

static bool
part_fits(const struct root_spec *spec, const struct blk_part *part)
{
	if (spec->kind == ROOT_PARTUUID)
		return parttag_uuid_fits(part->uuid, spec->value);
	return spec->kind == ROOT_PARTLABEL &&
		parttag_label_fits(part->label, spec->value);
}

/* Which partition of the disk spec i means: the one that PARTNROFF counts
 * from number, which is the first that fits. */
static void
mark_partition(struct device_search *s, unsigned i, const char *disk,
	unsigned number)
{
	long long n = (long long)number + s->spec[i]->partnroff;
	char name[DEVNAME_SIZE];

	if (n >= 0 && n <= INT_MAX &&
	    blockdev_partition(disk, (unsigned)n, name) == 0)
		seen_remember(&s->seen, name)->fits |= 1u << i;
}

static void
take_table(struct device_search *s, const char *disk,
	const struct blk_table *t)
{
	unsigned first[DEVICE_SPECS_MAX] = { 0 };
	struct seen_device *p;
	struct blk_part part;
	char name[DEVNAME_SIZE];

	for (unsigned n = 0; n < t->count; n++) {
		blk_table_entry(t, n, &part);
		if (part.number == 0 ||
		    blockdev_partition(disk, part.number, name) < 0)
			continue;
		p = seen_remember(&s->seen, name);
		text_copy(p->partuuid, sizeof p->partuuid, part.uuid);
		snprintf(p->partlabel, sizeof p->partlabel, "%.*s",
			(int)sizeof p->partlabel - 1, part.label);
		for (unsigned i = 0; i < s->count; i++)
			if (part_fits(s->spec[i], &part) &&
			    (first[i] == 0 || part.number < first[i]))
				first[i] = part.number;
	}
	for (unsigned i = 0; i < s->count; i++)
		if (first[i])
			mark_partition(s, i, disk, first[i]);
}

/* The table is read anew: what it had before no longer counts. */
static void
forget_table(struct device_search *s, const char *disk)
{
	unsigned of_tables = 0;

	for (unsigned i = 0; i < s->count; i++)
		if (is_partition_kind(s->spec[i]))
			of_tables |= 1u << i;
	for (unsigned i = s->seen.count; i-- > 0;) {
		struct seen_device *p = &s->seen.device[i];

		if (strcmp(p->name, disk) != 0 &&
		    !blockdev_is_partition_of(p->name, disk))
			continue;
		p->fits &= ~of_tables;
		p->partuuid[0] = p->partlabel[0] = '\0';
	}
}

/* Read the partition table of a whole disk. */
static void
look_at_table(struct device_search *s, const char *disk)
{
	struct blk_table t;
	struct err ignored;
	struct seen_device *p = seen_remember(&s->seen, disk);
	int fd = blockdev_open(&s->seen.at, disk);
	bool readable = fd >= 0 && blk_table_open(&t, fd, &ignored) == 0;

	p->table_read = true;
	/* what was found out about its superblock stands */
	p->unreadable = !readable || (p->probed && p->unreadable);
	if (readable) {
		forget_table(s, disk);
		take_table(s, disk, &t);
		blk_table_close(&t);
	}
	if (fd >= 0)
		close(fd);
}

static int
judge_tag(struct device_search *s, unsigned which, struct root_device *d,
	struct err *e)
{
	const struct root_spec *spec = s->spec[which];
	struct seen_device *first, *second;
	unsigned n = twins_choose(&s->seen, 1u << which, &first, &second);

	if (n == 0)
		return 0;
	if (n > 1) {
		fail(e, 0, "%s%.300s is on %s and on %s",
			rootspec_prefix(spec->kind), spec->value, first->name,
			second->name);
		if (n > 2)
			text_add(e->text, sizeof e->text, " and on %u more",
				n - 2);
		return hint(e, "name one of them: %s=/dev/%s", s->word,
			first->name);
	}
	text_copy(d->name, sizeof d->name, first->name);
	d->major = first->major;
	d->minor = first->minor;
	text_copy(d->fstype, sizeof d->fstype, first->type);
	return 1;
}

static int
look_up(struct device_search *s, const struct root_spec *spec,
	struct root_device *d, struct err *e)
{
	const struct blockdevs *b = &s->seen.at;
	int found;

	d->fstype[0] = '\0';
	if (spec->kind == ROOT_NUMBER) {
		d->major = spec->major;
		d->minor = spec->minor;
		return blockdev_find_number(b, d->major, d->minor, d->name);
	}
	if (spec->kind == ROOT_NAME && blockdev_kernel_name(d->name,
	    spec->value) == 0 && blockdev_find(b, d->name, &d->major,
	    &d->minor))
		return 1;
	found = spec->kind == ROOT_NAME ?
		devlink_node(b, spec->value, d->name, e) :
		devlink_disk(b, spec->value, spec->kind == ROOT_DISK_ID,
			d->name, e);
	return found > 0 ? blockdev_find(b, d->name, &d->major, &d->minor) :
		found;
}

int
device_judge(struct device_search *s, unsigned which, struct root_device *d,
	struct err *e)
{
	const struct root_spec *spec = s->spec[which];

	if (device_is_named(spec))
		return look_up(s, spec, d, e);
	if (spec->kind == ROOT_AUTO ||
	    (!is_tag_kind(spec) && !is_partition_kind(spec)))
		return 0;
	return judge_tag(s, which, d, e);
}

/* What has been read is not read again, but what held nothing may have been
 * formatted, and tables change without a word. */
static void
look(struct device_search *s, const char *name)
{
	const struct seen_device *p = seen_find(&s->seen, name);

	if (blockdev_never_by_tag(name))
		return;
	if (wants(s, is_tag_kind) && (!p || !p->probed ||
	    p->usage == BLK_NOTHING))
		look_at_superblock(s, name);
	if (wants(s, is_partition_kind) &&
	    !blockdev_is_partition(&s->seen.at, name))
		look_at_table(s, name);
}

static void
forget_gone(struct device_search *s)
{
	unsigned major, minor;

	for (unsigned i = s->seen.count; i-- > 0;)
		if (!blockdev_find(&s->seen.at, s->seen.device[i].name,
		    &major, &minor))
			seen_forget(&s->seen, s->seen.device[i].name);
}

int
device_scan(struct device_search *s, struct err *e)
{
	static struct blockdev_walk w;
	char name[DEVNAME_SIZE];

	if (!wants(s, is_tag_kind) && !wants(s, is_partition_kind))
		return 0;
	forget_gone(s);
	if (blockdev_walk_open(&w, &s->seen.at, e) < 0)
		return -1;
	while (blockdev_walk_next(&w, name))
		look(s, name);
	blockdev_walk_close(&w);
	return 0;
}

/* An event of a device that a tag may be on. */
static void
take_event(struct device_search *s, const struct uevent *u, const char *name)
{
	const struct seen_device *p = seen_find(&s->seen, name);
	bool change = strcmp(u->action, "change") == 0;
	bool probe = wants(s, is_tag_kind) && (change || !p || !p->probed);
	bool table = wants(s, is_partition_kind) &&
		strcmp(u->devtype, "partition") != 0 &&
		(change || !p || !p->table_read);

	if (strcmp(u->action, "remove") == 0) {
		seen_forget(&s->seen, name);
		return;
	}
	if (blockdev_never_by_tag(name))
		return;
	if (probe)
		look_at_superblock(s, name);
	if (table)
		look_at_table(s, name);
}

bool
device_event(struct device_search *s, const struct uevent *u)
{
	char name[DEVNAME_SIZE];

	if (strcmp(u->subsystem, "block") != 0 || !u->devname[0] ||
	    blockdev_kernel_name(name, u->devname) < 0)
		return false;
	take_event(s, u, name);
	return true;
}

void
device_look_at_all(struct device_search *s)
{
	static struct blockdev_walk w;
	char name[DEVNAME_SIZE];
	struct seen_device *p;
	struct err ignored;

	if (blockdev_walk_open(&w, &s->seen.at, &ignored) < 0)
		return;
	while (blockdev_walk_next(&w, name)) {
		if (blockdev_never_by_tag(name))
			continue;
		p = seen_find(&s->seen, name);
		if (!p || !p->probed)
			look_at_superblock(s, name);
		if ((!p || !p->table_read) &&
		    !blockdev_is_partition(&s->seen.at, name))
			look_at_table(s, name);
		p = seen_remember(&s->seen, name);
		if (!holder_find(&s->seen.at, name, p->holder))
			p->holder[0] = '\0';
	}
	blockdev_walk_close(&w);
}

void
device_describe(struct device_search *s, unsigned which, char *text,
	size_t size)
{
	bool parts = is_partition_kind(s->spec[which]);

	text[0] = '\0';
	device_look_at_all(s);
	seen_list(&s->seen, parts, text,
		size > 2 * HINT_SIZE ? size - HINT_SIZE : size);
	nearest_match(s->spec[which], &s->seen, text, size);
}
