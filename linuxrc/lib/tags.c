/* SPDX-License-Identifier: MIT */
/*
 * tags.c - see tags.h. Each call reads anew: these are tools that are run
 * once, and what they read stays in the kernel's cache.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "lib/devname.h"
#include "lib/tags.h"
#include "lib/text.h"

const char *const tag_names[TAG_COUNT] = { "LABEL", "UUID", "UUID_SUB", "TYPE",
	"PARTLABEL", "PARTUUID" };

const char *
tags_value(const struct tags *t, enum tag tag)
{
	const char *const values[TAG_COUNT] = { t->info.label, t->info.uuid,
		t->info.uuid_sub, t->info.type, t->part.label, t->part.uuid };

	return values[tag];
}

void
tags_here(struct blockdevs *b)
{
	b->proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	b->sys = open("/sys", O_PATH | O_DIRECTORY | O_CLOEXEC);
	b->dev = open("/dev", O_PATH | O_DIRECTORY | O_CLOEXEC);
	b->look_only = true;
}

/* "sda" and 2 of "sda2", "nvme0n1" and 1 of "nvme0n1p1". False: by its name
 * it is no partition. */
static bool
split(const char *name, char disk[static BLOCKDEV_NAME_SIZE],
	unsigned *number)
{
	size_t len = strlen(name);
	long n;

	while (len > 0 && isdigit((unsigned char)name[len - 1]))
		len--;
	if (text_number(name + len, 10, 1, 1 << 20, &n) < 0)
		return false;
	*number = (unsigned)n;
	text_copy(disk, BLOCKDEV_NAME_SIZE, name);
	if (len > 1 && disk[len - 1] == 'p' &&
	    isdigit((unsigned char)disk[len - 2]))
		len--;
	disk[len] = '\0';
	return blockdev_is_partition_of(name, disk);
}

/* Find the partition in the table of its disk; t->part stays empty if it is
 * none. */
static void
read_entry(const struct blockdevs *b, const char *name, struct tags *t)
{
	char disk[BLOCKDEV_NAME_SIZE];
	struct blk_table table;
	struct blk_part part;
	struct err ignored;
	unsigned number;
	int fd;

	if (!split(name, disk, &number) || !blockdev_is_partition(b, name))
		return;
	fd = blockdev_open(b, disk);
	if (fd < 0)
		return;
	if (blk_table_open(&table, fd, &ignored) == 0) {
		for (unsigned i = 0; i < table.count; i++) {
			blk_table_entry(&table, i, &part);
			if (part.number == number)
				t->part = part;
		}
		blk_table_close(&table);
	}
	close(fd);
}

int
tags_read(const struct blockdevs *b, const char *name, struct tags *t,
	struct err *e)
{
	int fd = blockdev_open(b, name), result;

	memset(t, 0, sizeof *t);
	if (fd < 0)
		return fail(e, errno, "/dev/%s", name);
	result = blk_probe(fd, &t->info, e);
	close(fd);
	if (result == 0)
		read_entry(b, name, t);
	return result;
}

int
tags_devices(const struct blockdevs *b, struct tags_devices *all,
	struct err *e)
{
	static struct blockdev_walk walk;
	char name[BLOCKDEV_NAME_SIZE];
	unsigned at;

	all->count = 0;
	if (blockdev_walk_open(&walk, b, e) < 0)
		return -1;
	while (all->count < TAGS_DEVICES_MAX &&
	    blockdev_walk_next(&walk, name)) {
		for (at = all->count; at > 0 && devname_order(name,
		    all->name[at - 1]) < 0; at--)
			memcpy(all->name[at], all->name[at - 1], sizeof name);
		memcpy(all->name[at], name, sizeof name);
		all->count++;
	}
	blockdev_walk_close(&walk);
	return 0;
}

/* Which tag the text begins with; *value is what stands behind =, without
 * quotes. -1: none of them. */
static int
parse(const char *text, char *value, size_t size)
{
	size_t len;

	for (int tag = 0; tag < TAG_COUNT; tag++) {
		const char *rest = text_after(text, tag_names[tag]);

		if (!rest || *rest++ != '=')
			continue;
		len = strlen(rest);
		if (len > 1 && rest[0] == '"' && rest[len - 1] == '"') {
			rest++;
			len -= 2;
		}
		if (len == 0 || len >= size)
			return -1;
		memcpy(value, rest, len);
		value[len] = '\0';
		return tag;
	}
	return -1;
}

/* UUIDs in any case, as fstab(5) may have them. */
static bool
is_equal(int tag, const char *a, const char *b)
{
	return tag == TAG_UUID || tag == TAG_UUID_SUB || tag == TAG_PARTUUID ?
		strcasecmp(a, b) == 0 : strcmp(a, b) == 0;
}

int
tags_find(const struct blockdevs *b, const char *text,
	char name[static BLOCKDEV_NAME_SIZE], struct err *e)
{
	static struct tags_devices all;
	static struct tags t;
	char value[sizeof t.info.label];
	int tag = parse(text, value, sizeof value);
	struct err ignored;

	if (tag < 0)
		return fail(e, 0, "%.200s: LABEL=, UUID=, UUID_SUB=, TYPE=, "
			"PARTLABEL= or PARTUUID= and a value", text);
	if (tags_devices(b, &all, e) < 0)
		return -1;
	for (unsigned i = 0; i < all.count; i++)
		if (tags_read(b, all.name[i], &t, &ignored) == 0 &&
		    is_equal(tag, tags_value(&t, (enum tag)tag), value)) {
			memcpy(name, all.name[i], sizeof all.name[i]);
			return 1;
		}
	return 0;
}
