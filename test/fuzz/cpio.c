/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/cpio: whatever an archive says, names and data lie in
 * it, reading it ends, and what was read is written and read again the same.
 */
#include "lib/cpio.h"

#include "fuzz.h"

static const char *start, *end;

static void
check(const struct cpio_entry *entry)
{
	must(entry->name > start && entry->name < end &&
		has_end(entry->name, (size_t)(end - entry->name)),
		"a name lies in the archive and ends there");
	must(entry->name[0] != '\0', "a name is never empty");
	must(entry->data >= entry->name && entry->data <= end &&
		entry->size <= (size_t)(end - entry->data),
		"the data lies in the archive");
}

/* Header and name of it, written by us, say the same. */
static void
check_again(const struct cpio_entry *entry)
{
	static char head[CPIO_HEAD_SIZE];
	struct cpio_entry copy = *entry, again;
	struct cpio_reader c = { .data = head };
	struct err e;

	copy.size = 0;
	c.size = cpio_head(head, &copy);
	must(c.size > 0 && c.size % 4 == 0, "a name that was read can be "
		"written");
	must(cpio_next(&c, &again, &e) >= 0 && c.at == c.size,
		"what was written can be read");
	must(strcmp(again.name, entry->name) == 0 &&
		again.inode == entry->inode && again.mode == entry->mode &&
		again.uid == entry->uid && again.gid == entry->gid &&
		again.links == entry->links && again.mtime == entry->mtime &&
		again.major == entry->major && again.minor == entry->minor,
		"it is the same");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* of its own, so that reading beyond it is seen */
	char *archive = malloc(size > 0 ? size : 1);
	struct cpio_reader c = { .data = archive, .size = size };
	struct cpio_entry entry;
	struct err e = { 0 };
	int result = 1;

	must(archive != NULL, "there is memory");
	if (size > 0)
		memcpy(archive, data, size);
	start = archive;
	end = archive + size;
	cpio_is(archive, size);
	while (result > 0) {
		size_t before = c.at;

		result = cpio_next(&c, &entry, &e);
		if (result < 0)
			break;
		must(c.at > before && c.at <= size, "each entry has a length");
		check(&entry);
		check_again(&entry);
	}
	must(result == 0 || (e.text[0] != '\0' &&
		has_end(e.text, sizeof e.text)), "a failure is a sentence");
	free(archive);
	return 0;
}
