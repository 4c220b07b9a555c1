/* SPDX-License-Identifier: MIT */
/*
 * twins.c - see twins.h.
 */
#include <string.h>

#include "lib/devname.h"
#include "lib/holder.h"
#include "lib/twins.h"

static bool
is_there(const struct seen *s, struct seen_device *p)
{
	return (p->probed && !p->unreadable) ||
		blockdev_find(&s->at, p->name, &p->major, &p->minor);
}

/* Nothing can be held where there is no holder: no look at /sys. */
static bool
has_holders(const struct seen *s)
{
	for (unsigned i = 0; i < s->count; i++)
		if (holder_is_name(s->device[i].name))
			return true;
	return false;
}

static bool
is_of_one_file_system(const struct seen_device *p, const struct seen_device *q)
{
	return p->uuid_sub[0] && q->uuid_sub[0] &&
		strcmp(p->type, q->type) == 0 && strcmp(p->uuid, q->uuid) == 0;
}

/* Does another one stand for p? For a device of a file system that has
 * several, another does, unless that is a copy of just this one. */
static bool
has_stand_in(const struct seen *s, unsigned bits, const struct seen_device *p)
{
	const struct seen_device *q;
	bool earlier = false;

	for (q = s->device; q < s->device + s->count; q++) {
		if (q == p || !(q->fits & bits))
			continue;
		if (blockdev_is_partition_of(q->name, p->name))
			return true;
		if (!is_of_one_file_system(p, q))
			continue;
		if (strcmp(p->uuid_sub, q->uuid_sub) == 0)
			return false;
		earlier |= devname_order(q->name, p->name) < 0;
	}
	return earlier;
}

static bool
counts(struct seen *s, unsigned bits, struct seen_device *p, bool holders)
{
	char holder[BLOCKDEV_NAME_SIZE];

	return (p->fits & bits) && is_there(s, p) &&
		!has_stand_in(s, bits, p) &&
		!(holders && holder_find(&s->at, p->name, holder));
}

bool
twins_counts(struct seen *s, unsigned bits, struct seen_device *p)
{
	return counts(s, bits, p, has_holders(s));
}

static bool
is_before(const struct seen_device *p, const struct seen_device *q)
{
	return !q || devname_order(p->name, q->name) < 0;
}

unsigned
twins_choose(struct seen *s, unsigned bits, struct seen_device **first,
	struct seen_device **second)
{
	bool holders = has_holders(s);
	struct seen_device *p;
	unsigned n = 0;

	*first = *second = NULL;
	for (p = s->device; p < s->device + s->count; p++) {
		if (!counts(s, bits, p, holders))
			continue;
		n++;
		if (is_before(p, *first)) {
			*second = *first;
			*first = p;
		} else if (is_before(p, *second)) {
			*second = p;
		}
	}
	return n;
}
