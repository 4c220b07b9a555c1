/* SPDX-License-Identifier: MIT */
/*
 * cpio.c - see cpio.h. The last entry may lack its padding, since other
 * archivers leave it out at the end of a file.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/cpio.h"

enum {
	HEAD = 110,		/* bytes before the name */
	FIELDS = 13,		/* of eight hexadecimal digits */
	MAGIC = 6		/* "070701", or "070702" with a sum */
};

/* In the order of the header. */
enum field {
	INODE, MODE, UID, GID, LINKS, MTIME, SIZE, DEV_MAJOR, DEV_MINOR,
	MAJOR, MINOR, NAME, SUM
};

bool
cpio_is(const char *data, size_t size)
{
	return size >= MAGIC && memcmp(data, "07070", 5) == 0 &&
		(data[5] == '1' || data[5] == '2');
}

size_t
cpio_padding(size_t size)
{
	return -size & 3;
}

/* Eight digits. 0, or -1. */
static int
parse_field(const char *text, uint32_t *value)
{
	*value = 0;
	for (unsigned i = 0; i < 8; i++) {
		char c = text[i];
		unsigned digit;

		if (c >= '0' && c <= '9')
			digit = (unsigned)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			digit = (unsigned)((c | 0x20) - 'a' + 10);
		else
			return -1;
		*value = *value << 4 | digit;
	}
	return 0;
}

static int
parse_head(const struct cpio_reader *c, uint32_t field[static FIELDS],
	struct err *e)
{
	const char *head = c->data + c->at;

	if (c->size - c->at < HEAD)
		return fail(e, 0, "cpio archive: cut short at byte %zu, "
			"without its trailer", c->at);
	if (!cpio_is(head, HEAD))
		return fail(e, 0, "cpio archive: no header at byte %zu",
			c->at);
	for (unsigned i = 0; i < FIELDS; i++)
		if (parse_field(head + MAGIC + i * 8, &field[i]) < 0)
			return fail(e, 0, "cpio archive: the header at byte "
				"%zu has something else than digits", c->at);
	return 0;
}

static int
parse_name(const struct cpio_reader *c, uint32_t size, struct err *e)
{
	const char *name = c->data + c->at + HEAD;

	if (size < 2 || size > CPIO_NAME_SIZE)
		return fail(e, 0, "cpio archive: the entry at byte %zu has a "
			"name of %u bytes, 2 to %d are possible", c->at,
			(unsigned)size, CPIO_NAME_SIZE);
	if (size > c->size - c->at - HEAD)
		return fail(e, 0, "cpio archive: cut short in the name at "
			"byte %zu", c->at + HEAD);
	if (memchr(name, '\0', size) != name + size - 1)
		return fail(e, 0, "cpio archive: the name at byte %zu does "
			"not end where its header says", c->at + HEAD);
	return 0;
}

static uint32_t
sum_of(const char *data, size_t size)
{
	uint32_t sum = 0;

	while (size-- > 0)
		sum += (unsigned char)*data++;
	return sum;
}

static size_t
rounded(size_t at)
{
	return at + cpio_padding(at);
}

int
cpio_next(struct cpio_reader *c, struct cpio_entry *entry, struct err *e)
{
	const char *head = c->data + c->at;
	uint32_t f[FIELDS];
	size_t at;

	if (parse_head(c, f, e) < 0 || parse_name(c, f[NAME], e) < 0)
		return -1;
	*entry = (struct cpio_entry){ .name = head + HEAD, .size = f[SIZE],
		.inode = f[INODE], .mode = f[MODE], .uid = f[UID],
		.gid = f[GID], .links = f[LINKS], .mtime = f[MTIME],
		.dev_major = f[DEV_MAJOR], .dev_minor = f[DEV_MINOR],
		.major = f[MAJOR], .minor = f[MINOR] };
	at = rounded(c->at + HEAD + f[NAME]);
	if (at > c->size && entry->size == 0)
		at = c->size;
	if (at > c->size || entry->size > c->size - at)
		return fail(e, 0, "cpio archive: %.200s has %u bytes, cut "
			"short after %zu", entry->name, (unsigned)entry->size,
			at > c->size ? 0 : c->size - at);
	entry->data = c->data + at;
	/* links have none, whatever the document says */
	if (head[5] == '2' && S_ISREG(entry->mode) &&
	    sum_of(entry->data, entry->size) != f[SUM])
		return fail(e, 0, "cpio archive: %.200s is damaged: its sum is "
			"%08x, not %08x", entry->name,
			(unsigned)sum_of(entry->data, entry->size),
			(unsigned)f[SUM]);
	c->at = rounded(at + entry->size);
	if (c->at > c->size)
		c->at = c->size;
	return strcmp(entry->name, "TRAILER!!!") != 0;
}

size_t
cpio_head(char buffer[static CPIO_HEAD_SIZE], const struct cpio_entry *entry)
{
	size_t name = strlen(entry->name) + 1;
	size_t padding = cpio_padding(HEAD + name);

	if (name > CPIO_NAME_SIZE)
		return 0;
	snprintf(buffer, HEAD + 1, "070701%08x%08x%08x%08x%08x%08x%08x"
		"%08x%08x%08x%08x%08x%08x", (unsigned)entry->inode,
		(unsigned)entry->mode, (unsigned)entry->uid,
		(unsigned)entry->gid, (unsigned)entry->links,
		(unsigned)entry->mtime, (unsigned)entry->size, 0U, 0U,
		(unsigned)entry->major, (unsigned)entry->minor,
		(unsigned)name, 0U);
	memcpy(buffer + HEAD, entry->name, name);
	memset(buffer + HEAD + name, 0, padding);
	return HEAD + name + padding;
}
