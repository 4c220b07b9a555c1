/* SPDX-License-Identifier: MIT */
/*
 * elf - what a program needs besides itself, and the sections of a module:
 * ELF files of either class and byte order, out of memory. Pure; whatever a
 * damaged file says, nothing outside of it is read.
 */
#ifndef MKINITRD_ELF_H
#define MKINITRD_ELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct elf {
	const unsigned char *data;
	size_t size;
	bool is64, big;		/* class, byte order */
	unsigned machine;	/* EM_* */
	/* what the dynamic section says, or NULL and 0 */
	uint64_t dynamic, dynamic_size;		/* in the file */
	uint64_t strings, strings_size;		/* DT_STRTAB, in the file */
};

/* False: not an ELF file. */
bool
elf_open(struct elf *elf, const void *data, size_t size);

/* The program that the kernel is to start (PT_INTERP), or NULL. */
const char *
elf_interpreter(const struct elf *elf);

/* The n-th library (from 0) that is needed (DT_NEEDED), or NULL. */
const char *
elf_needed(const struct elf *elf, unsigned n);

/* Where libraries are: DT_RPATH, DT_RUNPATH, or NULL. */
const char *
elf_rpath(const struct elf *elf);
const char *
elf_runpath(const struct elf *elf);

/* The section of this name; NULL: there is none. *size: its bytes. */
const char *
elf_section(const struct elf *elf, const char *name, size_t *size);

#endif
