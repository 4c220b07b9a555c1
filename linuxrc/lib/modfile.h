/* SPDX-License-Identifier: MIT */
/*
 * modfile - what a module's file (uncompressed) says of itself, to explain why
 * a kernel does not take it: is it whole (ELF), is it signed
 * (kernel/module/signing.c), for which kernel was it built (its vermagic,
 * include/linux/vermagic.h). Pure; each offset in the file is checked.
 */
#ifndef LINUXRC_LIB_MODFILE_H
#define LINUXRC_LIB_MODFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MODFILE_VERMAGIC_SIZE = 128 };	/* a release has 64 bytes at most */

struct modfile {
	bool elf;		/* begins as an ELF file */
	bool cut;		/* and ends before its section table does */
	bool is_signed;
	size_t size;		/* bytes it has */
	uint64_t want;		/* bytes that it had at least before it was cut;
				   else size */
	char vermagic[MODFILE_VERMAGIC_SIZE];	/* "6.1.0 SMP mod_unload ",
				   "" if there is none */
};

void
modfile_look(const char *data, size_t size, struct modfile *f);

/* True when the release that the vermagic begins with is not this one; copied
 * to built, without the rest. */
bool
modfile_is_of_other(const struct modfile *f, const char *release,
	char built[MODFILE_VERMAGIC_SIZE]);

#endif
