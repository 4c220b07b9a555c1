/* SPDX-License-Identifier: MIT */
/*
 * nearest.c - see nearest.h. Tags are compared as device.c does, then with
 * one slip of the finger; names by the place that they stand for, since the
 * same disk has another name with another driver.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "lib/nearest.h"
#include "lib/parttag.h"
#include "lib/rootspec.h"
#include "lib/text.h"

enum { HINTS_MAX = 2 };		/* more would not be nearest */

/* What is written, and how many hints are in it. */
struct hints {
	char *text;
	size_t size;
	unsigned count;
};

static void __attribute__((format(printf, 2, 3)))
note(struct hints *h, const char *format, ...)
{
	va_list args;
	size_t used;

	if (h->count++ >= HINTS_MAX)
		return;
	text_add(h->text, h->size, "; ");
	used = strlen(h->text);
	va_start(args, format);
	vsnprintf(h->text + used, h->size - used, format, args);
	va_end(args);
}

static bool
is_same(const char *a, const char *b, bool any_case)
{
	return (any_case ? strcasecmp(a, b) : strcmp(a, b)) == 0;
}

static bool
begins_alike(const char *a, const char *b, bool any_case)
{
	return *a && (*a == *b || (any_case &&
		tolower((unsigned char)*a) == tolower((unsigned char)*b)));
}

/* One character is another one, or too many, or missing, or two that stand
 * side by side have changed places. */
static bool
is_one_slip(const char *a, const char *b, bool any_case)
{
	size_t a_len = strlen(a), b_len = strlen(b);

	if (a_len > b_len)
		return is_one_slip(b, a, any_case);
	while (begins_alike(a, b, any_case))
		a++, b++;
	if (!*b)
		return false;
	if (a_len < b_len)
		return is_same(a, b + 1, any_case);
	return is_same(a + 1, b + 1, any_case) ||
		(begins_alike(a, b + 1, any_case) &&
		begins_alike(a + 1, b, any_case) &&
		is_same(a + 2, b + 2, any_case));
}

/* ---------------------------------------------------------------- tags */

static const enum root_kind tags[] = {
	ROOT_UUID, ROOT_LABEL, ROOT_PARTUUID, ROOT_PARTLABEL
};

static const char *
tag_of(enum root_kind kind, const struct seen_device *p)
{
	switch ((int)kind) {
	case ROOT_UUID:
		return p->uuid;
	case ROOT_LABEL:
		return p->label;
	case ROOT_PARTUUID:
		return p->partuuid;
	default:
		return p->partlabel;
	}
}

/* "UUID=" without its =. */
static int
name_length(enum root_kind kind)
{
	return (int)strlen(rootspec_prefix(kind)) - 1;
}

static bool
is_label(enum root_kind kind)
{
	return kind == ROOT_LABEL || kind == ROOT_PARTLABEL;
}

static bool
is_equal(enum root_kind kind, const char *a, const char *b)
{
	return is_same(a, b, !is_label(kind));
}

/* It carries the tag, and yet it is not the one. */
static void
not_taken(const struct root_spec *spec, const struct seen_device *p,
	struct hints *h)
{
	char disk[BLOCKDEV_NAME_SIZE];
	unsigned number;

	if (p->holder[0])
		note(h, "%s has this tag, but %s holds it", p->name,
			p->holder);
	else if (spec->kind == ROOT_PARTUUID && spec->partnroff &&
	    blockdev_split(p->name, disk, &number))
		note(h, "that is %s, but %s has no partition %lld", p->name,
			disk, (long long)number + spec->partnroff);
	else if (p->usage != BLK_FILESYSTEM && p->type[0] &&
	    (spec->kind == ROOT_UUID || spec->kind == ROOT_LABEL))
		note(h, "%s has this tag, but %s is never taken by a tag",
			p->name, p->type);
}

/* What is there, but is not what it was taken for. */
static void
compare_exactly(const struct root_spec *spec, const struct seen_device *p,
	struct hints *h)
{
	const char *found = tag_of(spec->kind, p);

	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		if (tags[i] != spec->kind && tag_of(tags[i], p)[0] &&
		    is_equal(tags[i], tag_of(tags[i], p), spec->value))
			note(h, "that is the %.*s of %s", name_length(tags[i]),
				rootspec_prefix(tags[i]), p->name);
	if (!found[0])
		return;
	if (is_equal(spec->kind, found, spec->value) || (spec->partnroff &&
	    parttag_uuid_fits(found, spec->value)))
		not_taken(spec, p, h);
	else if (is_same(found, spec->value, true))
		note(h, "the %.*s of %s is %s, in other letters",
			name_length(spec->kind), rootspec_prefix(spec->kind),
			p->name, found);
}

static void
compare_roughly(const struct root_spec *spec, const struct seen_device *p,
	struct hints *h)
{
	const char *found = tag_of(spec->kind, p);

	if (found[0] && is_one_slip(found, spec->value,
	    !is_label(spec->kind)))
		note(h, "the %.*s differs from that of %s in one character",
			name_length(spec->kind), rootspec_prefix(spec->kind),
			p->name);
}

/* Nothing is near, but there is one file system only. */
static void
name_the_only_one(const struct root_spec *spec, const struct seen *seen,
	struct hints *h)
{
	const struct seen_device *p = NULL, *only = NULL;
	const char *found;

	while ((p = seen_next(seen, p))) {
		if (p->usage != BLK_FILESYSTEM)
			continue;
		if (only)
			return;
		only = p;
	}
	if (!only)
		return;
	found = tag_of(spec->kind, only);
	note(h, "%s found on %s but %s %.*s%s%s", only->type, only->name,
		found[0] ? "its" : "it has no", name_length(spec->kind),
		rootspec_prefix(spec->kind), found[0] ? " is " : "", found);
}

static void
near_tags(const struct root_spec *spec, const struct seen *seen,
	struct hints *h)
{
	const struct seen_device *p = NULL;

	while ((p = seen_next(seen, p)))
		compare_exactly(spec, p, h);
	if (h->count == 0)
		while ((p = seen_next(seen, p)))
			compare_roughly(spec, p, h);
	if (h->count == 0 && (spec->kind == ROOT_UUID ||
	    spec->kind == ROOT_LABEL))
		name_the_only_one(spec, seen, h);
}

/* --------------------------------------------------------------- names */

/* The how manyth disk of its driver, and the partition, 0 for all of it. */
struct place {
	unsigned disk, partition;
};

/* What follows the disk's name: a number, or nothing. */
static bool
take_partition(const char *s, struct place *place)
{
	long n = 0;

	if (*s && text_number(s, 10, 1, 255, &n) < 0)
		return false;
	place->partition = (unsigned)n;
	return true;
}

/* Behind sd, hd, vd or xvd: a is the first disk, aa the 27th. */
static bool
take_letters(const char *s, struct place *place)
{
	unsigned n = 0;

	for (; islower((unsigned char)*s) && n < 1000; s++)
		n = n * 26 + (unsigned)(*s - 'a') + 1;
	place->disk = n - 1;
	return n > 0 && take_partition(s, place);
}

/* Behind nvme or mmcblk: a number, for NVMe the first name space, then p and
 * the partition. */
static bool
take_number(const char *s, const char *unit, struct place *place)
{
	unsigned n = 0;

	if (!isdigit((unsigned char)*s))
		return false;
	for (; isdigit((unsigned char)*s) && n < 1000; s++)
		n = n * 10 + (unsigned)(*s - '0');
	place->disk = n;
	s = text_after(s, unit);
	if (!s || (*s && *s++ != 'p'))
		return false;
	return take_partition(s, place);
}

static bool
place_of(const char *name, struct place *place)
{
	static const char *const lettered[] = { "sd", "hd", "vd", "xvd" };
	const char *rest;

	for (size_t i = 0; i < sizeof lettered / sizeof lettered[0]; i++)
		if ((rest = text_after(name, lettered[i])))
			return take_letters(rest, place);
	if ((rest = text_after(name, "nvme")))
		return take_number(rest, "n1", place);
	rest = text_after(name, "mmcblk");
	return rest && take_number(rest, "", place);
}

/* Put together from others, which are there, but by nobody here. */
static bool
is_put_together(const char *name)
{
	return text_after(name, "md") || text_after(name, "dm-") ||
		strchr(name, '/');
}

static const struct seen_device *
seen_there(const struct seen *seen, const char *name)
{
	for (unsigned i = 0; i < seen->count; i++)
		if (strcmp(seen->device[i].name, name) == 0)
			return &seen->device[i];
	return NULL;
}

static void
compare_names(const char *wanted, const struct seen_device *p,
	struct hints *h)
{
	struct place a, b;

	if (is_put_together(wanted)) {
		if (p->usage == BLK_MEMBER)
			note(h, "%s is a part of something (%s) that is not "
				"put together here", p->name, p->type);
	} else if (place_of(wanted, &a) && place_of(p->name, &b)) {
		if (a.disk == b.disk && a.partition == b.partition)
			note(h, "no %s is there, but %s is", wanted, p->name);
	} else if (strlen(wanted) != strlen(p->name) &&
	    is_one_slip(wanted, p->name, false)) {
		note(h, "%s is there, which is one character from it",
			p->name);
	}
}

static void
near_names(const char *wanted, const struct seen *seen, struct hints *h)
{
	const struct seen_device *p = NULL;
	char disk[BLOCKDEV_NAME_SIZE];
	unsigned number;

	if (blockdev_split(wanted, disk, &number) && seen_there(seen, disk)) {
		note(h, "%s is there, but has no partition %u", disk, number);
		return;
	}
	while ((p = seen_next(seen, p)))
		compare_names(wanted, p, h);
}

/* include/uapi/linux/major.h: disks whose numbers are always the same. */
static bool
name_of_number(const struct root_spec *spec,
	char name[static BLOCKDEV_NAME_SIZE])
{
	bool ide = spec->major == 3;
	unsigned per_disk = ide ? 64 : 16;

	if ((spec->major != 8 && !ide) || spec->minor >= 16 * 16)
		return false;
	snprintf(name, BLOCKDEV_NAME_SIZE, "%cd%c", ide ? 'h' : 's',
		(int)('a' + spec->minor / per_disk));
	if (spec->minor % per_disk)
		text_add(name, BLOCKDEV_NAME_SIZE, "%u",
			spec->minor % per_disk);
	return true;
}

void
nearest_match(const struct root_spec *spec, const struct seen *seen,
	char *text, size_t size)
{
	struct hints h = { .text = text, .size = size };
	char name[BLOCKDEV_NAME_SIZE];

	switch ((int)spec->kind) {
	case ROOT_UUID:
	case ROOT_LABEL:
	case ROOT_PARTUUID:
	case ROOT_PARTLABEL:
		near_tags(spec, seen, &h);
		break;
	case ROOT_NAME:
		near_names(spec->value, seen, &h);
		break;
	case ROOT_NUMBER:
		if (name_of_number(spec, name)) {
			note(&h, "%u:%u would be %s", spec->major,
				spec->minor, name);
			near_names(name, seen, &h);
		}
		break;
	default:
		break;
	}
}
