/* SPDX-License-Identifier: MIT */
/*
 * ELF files: this program itself, one of the other class and byte order, and
 * what a damaged one makes of it.
 */
#include "unit.h"

#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "../../applets/mkinitrd/elf.h"
#include "lib/file.h"

static struct file_map self;
static struct err e;

static int
map_self(void **state)
{
	(void)state;
	return file_map(AT_FDCWD, "/proc/self/exe", &self, &e);
}

static bool
needs(const struct elf *elf, const char *library)
{
	const char *name;

	for (unsigned i = 0; (name = elf_needed(elf, i)); i++)
		if (strcmp(name, library) == 0)
			return true;
	return false;
}

static void
this_program_is_understood(void **state)
{
	const char *interpreter;
	struct elf elf;
	size_t size = 0;

	(void)state;
	assert_true(elf_open(&elf, self.data, self.size));
	interpreter = elf_interpreter(&elf);
	assert_non_null(interpreter);
	assert_int_equal(interpreter[0], '/');
	assert_true(needs(&elf, "libcmocka.so.0"));
	assert_false(needs(&elf, "libcmocka.so"));
	assert_null(elf_rpath(&elf));
	assert_non_null(elf_section(&elf, ".interp", &size));
	assert_int_equal(size, strlen(interpreter) + 1);
	assert_null(elf_section(&elf, ".modinfo", &size));
}

/* A module for a machine of 32 bits, the highest byte first. */
static unsigned char module[256];

static void
put(size_t at, unsigned bytes, unsigned value)
{
	while (bytes-- > 0) {
		module[at + bytes] = (unsigned char)value;
		value >>= 8;
	}
}

static void
put_section(unsigned i, unsigned name, unsigned offset, unsigned size)
{
	size_t at = 128 + i * sizeof(Elf32_Shdr);

	put(at + offsetof(Elf32_Shdr, sh_name), 4, name);
	put(at + offsetof(Elf32_Shdr, sh_offset), 4, offset);
	put(at + offsetof(Elf32_Shdr, sh_size), 4, size);
}

static void
make_module(void)
{
	memset(module, 0, sizeof module);
	memcpy(module, ELFMAG, SELFMAG);
	module[EI_CLASS] = ELFCLASS32;
	module[EI_DATA] = ELFDATA2MSB;
	put(offsetof(Elf32_Ehdr, e_machine), 2, EM_MIPS);
	put(offsetof(Elf32_Ehdr, e_shoff), 4, 128);
	put(offsetof(Elf32_Ehdr, e_shnum), 2, 3);
	put(offsetof(Elf32_Ehdr, e_shstrndx), 2, 2);
	memcpy(module + 64, "\0.modinfo\0.shstrtab", 20);
	memcpy(module + 96, "firmware=a/b.bin", 17);
	put_section(1, 1, 96, 17);
	put_section(2, 10, 64, 20);
}

static void
other_machines_are_understood(void **state)
{
	const char *modinfo;
	struct elf elf;
	size_t size = 0;

	(void)state;
	make_module();
	assert_true(elf_open(&elf, module, sizeof module));
	assert_int_equal(elf.machine, EM_MIPS);
	modinfo = elf_section(&elf, ".modinfo", &size);
	assert_non_null(modinfo);
	assert_int_equal(size, 17);
	assert_string_equal(modinfo, "firmware=a/b.bin");
	assert_null(elf_interpreter(&elf));
	assert_null(elf_needed(&elf, 0));
	/* a section that is not in the file is none */
	put_section(1, 1, 96, 161);
	assert_null(elf_section(&elf, ".modinfo", &size));
	put_section(1, 1, 0xffffffff, 17);
	assert_null(elf_section(&elf, ".modinfo", &size));
}

static void
use_all(const void *data, size_t size)
{
	struct elf elf;
	const char *text;
	size_t bytes;

	if (!elf_open(&elf, data, size))
		return;
	text = elf_interpreter(&elf);
	assert_true(!text || strlen(text) < size);
	for (unsigned i = 0; i < 40 && elf_needed(&elf, i); i++)
		assert_true(strlen(elf_needed(&elf, i)) < size);
	elf_runpath(&elf);
	text = elf_section(&elf, ".modinfo", &bytes);
	for (size_t i = 0; text && i < bytes; i++)
		assert_true(text[i] || !text[i]);
}

static void
every_cut_is_harmless(void **state)
{
	(void)state;
	make_module();
	for (size_t size = 0; size <= sizeof module; size++) {
		void *copy = malloc(size + 1);

		memcpy(copy, module, size);
		use_all(copy, size);
		free(copy);
	}
	for (size_t size = 0; size < self.size; size += 997) {
		void *copy = malloc(size + 1);

		memcpy(copy, self.data, size);
		use_all(copy, size);
		free(copy);
	}
}

static void
every_flipped_byte_is_harmless(void **state)
{
	/* the headers of a real program, over and over */
	unsigned char *copy = malloc(self.size);

	(void)state;
	memcpy(copy, self.data, self.size);
	srand(1);
	for (unsigned i = 0; i < 4000; i++) {
		size_t at = (size_t)rand() % 1024;
		unsigned char was = copy[at];

		copy[at] = (unsigned char)rand();
		use_all(copy, self.size);
		copy[at] = was;
	}
	free(copy);
	make_module();
	for (size_t at = 0; at < sizeof module; at++)
		for (unsigned value = 0; value < 256; value += 5) {
			unsigned char was = module[at];

			module[at] = (unsigned char)value;
			use_all(module, sizeof module);
			module[at] = was;
		}
}

static void
other_files_are_none(void **state)
{
	struct elf elf;

	(void)state;
	assert_false(elf_open(&elf, "", 0));
	assert_false(elf_open(&elf, "#!/bin/sh\n# forty bytes of a script, "
		"and some more than that", 60));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(this_program_is_understood),
		cmocka_unit_test(other_machines_are_understood),
		cmocka_unit_test(every_cut_is_harmless),
		cmocka_unit_test(every_flipped_byte_is_harmless),
		cmocka_unit_test(other_files_are_none),
	};

	return cmocka_run_group_tests(tests, map_self, NULL);
}
