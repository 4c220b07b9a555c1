/* SPDX-License-Identifier: MIT */
/*
 * seen.c - see seen.h.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "lib/devname.h"
#include "lib/seen.h"
#include "lib/text.h"

struct seen_device *
seen_find(struct seen *s, const char *name)
{
	for (unsigned i = 0; i < s->count; i++)
		if (strcmp(s->device[i].name, name) == 0)
			return &s->device[i];
	return NULL;
}

struct seen_device *
seen_remember(struct seen *s, const char *name)
{
	struct seen_device *p = seen_find(s, name);

	if (p)
		return p;
	if (s->count < SEEN_MAX) {
		p = &s->device[s->count++];
	} else {
		s->overflowed = true;
		p = &s->device[SEEN_MAX - 1];
		while (p > s->device && p->fits != 0)
			p--;
	}
	memset(p, 0, sizeof *p);
	text_copy(p->name, sizeof p->name, name);
	return p;
}

void
seen_forget(struct seen *s, const char *name)
{
	struct seen_device *p = seen_find(s, name);

	if (p)
		*p = s->device[--s->count];
}

/* The number of the open node; of an image file of a test, that of /sys. */
static void
learn_number(struct seen *s, struct seen_device *p, int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0 || !S_ISBLK(st.st_mode)) {
		blockdev_find(&s->at, p->name, &p->major, &p->minor);
		return;
	}
	p->major = major(st.st_rdev);
	p->minor = minor(st.st_rdev);
}

struct seen_device *
seen_probe(struct seen *s, const char *name, struct blk_info *info)
{
	struct seen_device *p = seen_remember(s, name);
	int fd = blockdev_open(&s->at, name);
	struct err ignored;

	memset(info, 0, sizeof *info);
	p->probed = true;
	p->unreadable = fd < 0 || blk_probe(fd, info, &ignored) < 0;
	if (fd >= 0) {
		learn_number(s, p, fd);
		close(fd);
	}
	p->usage = info->usage;
	text_copy(p->type, sizeof p->type, info->type);
	text_copy(p->uuid, sizeof p->uuid, info->uuid);
	text_copy(p->uuid_sub, sizeof p->uuid_sub, info->uuid_sub);
	snprintf(p->label, sizeof p->label, "%.*s",
		(int)sizeof p->label - 1, info->label);
	return p;
}

/* RAM disks and loop devices with nothing in them are on every machine; what
 * was not asked is named by a table only. */
static bool
says_nothing(const struct seen_device *p)
{
	if (!p->probed && !p->table_read)
		return true;
	return p->usage == BLK_NOTHING && !p->partuuid[0] &&
		(strncmp(p->name, "ram", 3) == 0 ||
		strncmp(p->name, "loop", 4) == 0);
}

static void
add_word(char *text, size_t size, const char *name, const char *value)
{
	if (value[0])
		text_add(text, size, "%s%s%s", text[0] ? " " : "", name,
			value);
}

static void
describe(const struct seen_device *p, bool parts, char *text, size_t size)
{
	char words[256] = "";

	add_word(words, sizeof words, "", p->type);
	if (p->usage == BLK_AMBIVALENT)
		add_word(words, sizeof words, "", "several signatures");
	if (p->unreadable)
		add_word(words, sizeof words, "", "cannot be read");
	add_word(words, sizeof words, parts ? "PARTLABEL=" : "LABEL=",
		parts ? p->partlabel : p->label);
	add_word(words, sizeof words, parts ? "PARTUUID=" : "UUID=",
		parts ? p->partuuid : p->uuid);
	add_word(words, sizeof words, "held by ", p->holder);
	text[0] = '\0';
	text_add(text, size, words[0] ? "%s (%s)" : "%s", p->name, words);
}

void
seen_text(const struct seen_device *p, char *text, size_t size)
{
	describe(p, false, text, size);
}

const struct seen_device *
seen_next(const struct seen *s, const struct seen_device *after)
{
	const struct seen_device *p, *next = NULL;

	for (p = s->device; p < s->device + s->count; p++) {
		if (says_nothing(p) ||
		    (after && devname_order(p->name, after->name) <= 0))
			continue;
		if (!next || devname_order(p->name, next->name) < 0)
			next = p;
	}
	return next;
}

void
seen_list(const struct seen *s, bool parts, char *text, size_t size)
{
	const struct seen_device *p = NULL;
	const char *comma = "";
	char entry[320];

	if (s->overflowed)
		text_add(text, size, "more than %d devices: ", SEEN_MAX);
	while ((p = seen_next(s, p))) {
		describe(p, parts, entry, sizeof entry);
		if (strlen(text) + strlen(entry) + sizeof ", , ..." > size) {
			text_append(text, size, ", ...");
			return;
		}
		text_add(text, size, "%s%s", comma, entry);
		comma = ", ";
	}
	if (!comma[0])
		text_add(text, size, "no block device");
}
