/* SPDX-License-Identifier: MIT */
/*
 * whole.c - see whole.h.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "drivers.h"
#include "lib/btrfs.h"
#include "lib/log.h"
#include "lib/text.h"
#include "whole.h"

bool
whole_has_word(const char *list, const char *word)
{
	size_t len;

	for (;; list += len + 1) {
		len = strcspn(list, ",");
		if (len == strlen(word) && memcmp(list, word, len) == 0)
			return true;
		if (list[len] == '\0')
			return false;
	}
}

/* A device that was named has not been looked at; what is seen now need not be
 * looked for again when it is mounted. */
static const struct seen_device *
learn(struct device_search *s, struct root_device *d)
{
	struct seen_device *p = seen_find(&s->seen, d->name);
	struct blk_info info;

	if (!p || !p->probed || p->usage == BLK_NOTHING)
		p = seen_probe(&s->seen, d->name, &info);
	if (p->usage == BLK_FILESYSTEM)
		text_copy(d->fstype, sizeof d->fstype, p->type);
	return p;
}

static unsigned
devices_of(const struct device_search *s, const char *name)
{
	int fd = blockdev_open(&s->seen.at, name);
	unsigned n = fd < 0 ? 0 : btrfs_devices(fd);

	if (fd >= 0)
		close(fd);
	return n;
}

/* Without the driver, or when it cannot be asked, the mount will say why. */
static int
tell_driver(const struct whole *w, struct device_search *s,
	const struct seen_device *p)
{
	char dir[BASE_SIZE + sizeof "/dev"];
	struct err e;
	int ready;

	if (s->seen.at.look_only)
		return 1;
	snprintf(dir, sizeof dir, "%s/dev", w->base);
	drivers_filesystem("btrfs", &e);
	ready = btrfs_register(&s->seen, p, dir, &e);
	if (ready < 0)
		say(LOG_WITHOUT, "%s", e.text);
	return ready != 0;
}

int
whole_judge(const struct whole *w, struct device_search *s,
	struct root_device *d, bool enough, struct err *e)
{
	const struct seen_device *p;
	char names[160];
	unsigned all, there;

	if (w->types[0] && !whole_has_word(w->types, "btrfs"))
		return 1;
	if (!d->fstype[0])
		learn(s, d);
	if (strcmp(d->fstype, "btrfs") != 0)
		return 1;
	all = devices_of(s, d->name);
	if (all < 2)
		return 1;
	device_look_at_all(s);
	p = learn(s, d);
	there = btrfs_seen(&s->seen, p, names, sizeof names);
	enough = enough && w->degraded;
	if ((there >= all || enough) && (tell_driver(w, s, p) || enough))
		return 1;
	fail(e, 0, "btrfs UUID=%s: %u of %u devices are there: %s", p->uuid,
		there, all, names);
	return 0;
}
