/* SPDX-License-Identifier: MIT */
/*
 * modfile.c - see modfile.h.
 */
#include <stdint.h>
#include <string.h>

#include <elf.h>

#include "lib/modfile.h"

/* Where the section table ends, by the header at the beginning. */
static uint64_t
end_of_sections(const char *data, size_t size)
{
	uint64_t at, count, each;

	if (data[EI_CLASS] == ELFCLASS64) {
		Elf64_Ehdr h;

		if (size < sizeof h)
			return sizeof h;
		memcpy(&h, data, sizeof h);
		at = h.e_shoff, count = h.e_shnum, each = h.e_shentsize;
	} else {
		Elf32_Ehdr h;

		if (size < sizeof h)
			return sizeof h;
		memcpy(&h, data, sizeof h);
		at = h.e_shoff, count = h.e_shnum, each = h.e_shentsize;
	}
	return at + count * each;
}

/* The string behind "vermagic=", which begins one of the strings that end in
 * NUL of which .modinfo consists. */
static void
copy_vermagic(const char *data, size_t size, char *vermagic)
{
	static const char key[] = "\0vermagic=";
	const char *found = memmem(data, size, key, sizeof key - 1);
	const char *end = data + size;
	size_t len = 0;

	vermagic[0] = '\0';
	if (!found)
		return;
	found += sizeof key - 1;
	while (found + len < end && found[len])
		len++;
	if (len >= MODFILE_VERMAGIC_SIZE)
		return;
	memcpy(vermagic, found, len);
	vermagic[len] = '\0';
}

void
modfile_look(const char *data, size_t size, struct modfile *f)
{
	static const char mark[] = "~Module signature appended~\n";
	size_t len = sizeof mark - 1;
	uint64_t end;

	*f = (struct modfile){ .size = size };
	if (size < EI_NIDENT || memcmp(data, ELFMAG, SELFMAG) != 0)
		return;
	f->elf = true;
	end = end_of_sections(data, size);
	f->cut = end > size;
	f->want = f->cut ? end : size;
	f->is_signed = size >= len && memcmp(data + size - len, mark, len) == 0;
	copy_vermagic(data, size, f->vermagic);
}

bool
modfile_is_of_other(const struct modfile *f, const char *release,
	char built[MODFILE_VERMAGIC_SIZE])
{
	size_t len = strcspn(f->vermagic, " ");

	memcpy(built, f->vermagic, len);
	built[len] = '\0';
	return len > 0 && strcmp(built, release) != 0;
}
