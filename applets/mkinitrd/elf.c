/* SPDX-License-Identifier: MIT */
/*
 * elf.c - see elf.h and elf(5). Offsets instead of structures, since the file
 * may be of another class and byte order than this program.
 */
#include <elf.h>
#include <string.h>

#include "elf.h"

/* A number of 1 to 8 bytes at an offset; 0 when it is not in the file. */
static uint64_t
number(const struct elf *elf, uint64_t at, unsigned bytes)
{
	uint64_t value = 0;

	if (at > elf->size || bytes > elf->size - at)
		return 0;
	for (unsigned i = 0; i < bytes; i++) {
		unsigned shift = elf->big ? bytes - 1 - i : i;

		value |= (uint64_t)elf->data[at + i] << (8 * shift);
	}
	return value;
}

/* The same where the two classes have it at different places; a word is 4
 * bytes in one and 8 in the other. */
static uint64_t
word(const struct elf *elf, uint64_t at, unsigned in32, unsigned in64)
{
	return elf->is64 ? number(elf, at + in64, 8) :
		number(elf, at + in32, 4);
}

static bool
is_inside(const struct elf *elf, uint64_t at, uint64_t size)
{
	return at <= elf->size && size <= elf->size - at;
}

/* The text at this offset, if it ends before limit bytes are over. */
static const char *
text_at(const struct elf *elf, uint64_t at, uint64_t limit)
{
	if (!is_inside(elf, at, limit) ||
	    !memchr(elf->data + at, '\0', (size_t)limit))
		return NULL;
	return (const char *)elf->data + at;
}

/* ------------------------------------------------------ program headers */

/* The offset of the n-th program header of this type; 0: no more. */
static uint64_t
segment(const struct elf *elf, unsigned type, unsigned n)
{
	uint64_t table = word(elf, 0, offsetof(Elf32_Ehdr, e_phoff),
		offsetof(Elf64_Ehdr, e_phoff));
	unsigned size = elf->is64 ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr);
	unsigned count = (unsigned)number(elf, elf->is64 ?
		offsetof(Elf64_Ehdr, e_phnum) :
		offsetof(Elf32_Ehdr, e_phnum), 2);

	for (unsigned i = 0; i < count; i++) {
		uint64_t at = table + (uint64_t)i * size;

		if (is_inside(elf, at, size) && number(elf, at, 4) == type &&
		    n-- == 0)
			return at;
	}
	return 0;
}

static uint64_t
segment_offset(const struct elf *elf, uint64_t at)
{
	return word(elf, at, offsetof(Elf32_Phdr, p_offset),
		offsetof(Elf64_Phdr, p_offset));
}

static uint64_t
segment_size(const struct elf *elf, uint64_t at)
{
	return word(elf, at, offsetof(Elf32_Phdr, p_filesz),
		offsetof(Elf64_Phdr, p_filesz));
}

/* Where in the file an address of the running program lies; 0: nowhere. */
static uint64_t
offset_of(const struct elf *elf, uint64_t address)
{
	uint64_t at;

	for (unsigned i = 0; (at = segment(elf, PT_LOAD, i)); i++) {
		uint64_t start = word(elf, at, offsetof(Elf32_Phdr, p_vaddr),
			offsetof(Elf64_Phdr, p_vaddr));

		if (address >= start && address - start <
		    segment_size(elf, at))
			return segment_offset(elf, at) + (address - start);
	}
	return 0;
}

/* -------------------------------------------------------------- dynamic */

/* The value of the n-th entry with this tag. False: no more. */
static bool
dynamic(const struct elf *elf, uint64_t tag, unsigned n, uint64_t *value)
{
	unsigned half = elf->is64 ? 8 : 4;
	uint64_t end = elf->dynamic + elf->dynamic_size;

	for (uint64_t at = elf->dynamic; at + 2 * half <= end; at += 2 * half) {
		uint64_t found = number(elf, at, half);

		if (found == DT_NULL)
			break;
		if (found == tag && n-- == 0) {
			*value = number(elf, at + half, half);
			return true;
		}
	}
	return false;
}

static const char *
dynamic_text(const struct elf *elf, uint64_t tag, unsigned n)
{
	uint64_t value;

	if (!dynamic(elf, tag, n, &value) || value >= elf->strings_size)
		return NULL;
	return text_at(elf, elf->strings + value, elf->strings_size - value);
}

static void
find_dynamic(struct elf *elf)
{
	uint64_t at = segment(elf, PT_DYNAMIC, 0), address;

	if (at == 0)
		return;
	elf->dynamic = segment_offset(elf, at);
	elf->dynamic_size = segment_size(elf, at);
	if (!is_inside(elf, elf->dynamic, elf->dynamic_size))
		elf->dynamic_size = 0;
	if (!dynamic(elf, DT_STRTAB, 0, &address) ||
	    !dynamic(elf, DT_STRSZ, 0, &elf->strings_size))
		return;
	elf->strings = offset_of(elf, address);
	if (elf->strings == 0 ||
	    !is_inside(elf, elf->strings, elf->strings_size))
		elf->strings_size = 0;
}

/* -------------------------------------------------------------- exported */

bool
elf_open(struct elf *elf, const void *data, size_t size)
{
	*elf = (struct elf){ .data = data, .size = size };
	if (size < sizeof(Elf32_Ehdr) || memcmp(data, ELFMAG, SELFMAG) != 0)
		return false;
	elf->is64 = elf->data[EI_CLASS] == ELFCLASS64;
	elf->big = elf->data[EI_DATA] == ELFDATA2MSB;
	elf->machine = (unsigned)number(elf, offsetof(Elf64_Ehdr, e_machine),
		2);
	find_dynamic(elf);
	return true;
}

const char *
elf_interpreter(const struct elf *elf)
{
	uint64_t at = segment(elf, PT_INTERP, 0);

	return at ? text_at(elf, segment_offset(elf, at),
		segment_size(elf, at)) : NULL;
}

const char *
elf_needed(const struct elf *elf, unsigned n)
{
	return dynamic_text(elf, DT_NEEDED, n);
}

const char *
elf_rpath(const struct elf *elf)
{
	return dynamic_text(elf, DT_RPATH, 0);
}

const char *
elf_runpath(const struct elf *elf)
{
	return dynamic_text(elf, DT_RUNPATH, 0);
}

/* ------------------------------------------------------ section headers */

/* The offset of the header of section i, or 0. */
static uint64_t
section(const struct elf *elf, unsigned i)
{
	unsigned size = elf->is64 ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
	uint64_t at = word(elf, 0, offsetof(Elf32_Ehdr, e_shoff),
		offsetof(Elf64_Ehdr, e_shoff)) + (uint64_t)i * size;

	return is_inside(elf, at, size) ? at : 0;
}

static uint64_t
section_offset(const struct elf *elf, uint64_t at)
{
	return word(elf, at, offsetof(Elf32_Shdr, sh_offset),
		offsetof(Elf64_Shdr, sh_offset));
}

static uint64_t
section_size(const struct elf *elf, uint64_t at)
{
	return word(elf, at, offsetof(Elf32_Shdr, sh_size),
		offsetof(Elf64_Shdr, sh_size));
}

const char *
elf_section(const struct elf *elf, const char *name, size_t *size)
{
	bool is64 = elf->is64;
	unsigned count = (unsigned)number(elf, is64 ?
		offsetof(Elf64_Ehdr, e_shnum) :
		offsetof(Elf32_Ehdr, e_shnum), 2);
	uint64_t names = section(elf, (unsigned)number(elf, is64 ?
		offsetof(Elf64_Ehdr, e_shstrndx) :
		offsetof(Elf32_Ehdr, e_shstrndx), 2));

	for (unsigned i = 0; i < count && names; i++) {
		uint64_t at = section(elf, i), text = number(elf, at, 4);
		uint64_t all = section_size(elf, names);
		const char *found = at && text < all ? text_at(elf,
			section_offset(elf, names) + text, all - text) : NULL;

		if (!found || strcmp(found, name) != 0 || !is_inside(elf,
		    section_offset(elf, at), section_size(elf, at)))
			continue;
		*size = (size_t)section_size(elf, at);
		return (const char *)elf->data + section_offset(elf, at);
	}
	return NULL;
}
