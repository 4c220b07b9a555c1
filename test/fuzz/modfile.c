/* SPDX-License-Identifier: MIT */
/*
 * Fuzz target of lib/modfile: the input is a module's file. Only its bytes are
 * read, and what is said of it fits.
 */
#include "lib/modfile.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size + (size == 0));	/* nothing behind it */
	char built[MODFILE_VERMAGIC_SIZE];
	struct modfile f;

	must(copy != NULL, "there is memory");
	if (size > 0)
		memcpy(copy, data, size);
	modfile_look(copy, size, &f);
	must(has_end(f.vermagic, sizeof f.vermagic), "the vermagic ends");
	must(f.size == size, "its size is known");
	must(f.elf ? f.cut == (f.want > size) : !f.cut,
		"only a module is cut short");
	if (modfile_is_of_other(&f, "6.1.0", built))
		must(has_end(built, sizeof built) && built[0] &&
			strcmp(built, "6.1.0") != 0, "another one is another");
	free(copy);
	return 0;
}
