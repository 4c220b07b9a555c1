/* SPDX-License-Identifier: MIT */
/*
 * The init program: everything that exec would refuse is refused before, with
 * the reason. Only "/" itself can be looked at without rights (dir NULL), so
 * the candidates lie in a temporary directory; the boots cover the chroot.
 */
#include "unit.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "init.h"

static char dir[] = "/tmp/init.XXXXXX";
static struct err e;
static char found[INIT_SIZE];

static const char *
path(const char *name)
{
	static char full[4][128];
	static unsigned turn;

	turn = (turn + 1) % 4;
	snprintf(full[turn], sizeof full[turn], "%s/%s", dir, name);
	return full[turn];
}

static void
put(const char *name, const void *data, size_t size, mode_t mode)
{
	FILE *file = fopen(path(name), "w");

	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, size, file), size);
	fclose(file);
	chmod(path(name), mode);
}

static int
check(const char *name)
{
	e.code = 0;
	e.text[0] = '\0';
	return init_check(NULL, path(name), found, &e);
}

static void
refused(const char *name, const char *why)
{
	assert_int_equal(check(name), -1);
	if (!strstr(e.text, why))
		fail_msg("\"%s\" lacks \"%s\"", e.text, why);
}

static int
make_dir(void **state)
{
	(void)state;
	return mkdtemp(dir) ? 0 : -1;
}

static int
drop_dir(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof command, "rm -rf %s", dir);
	return system(command);
}

/* An ELF file of this machine with one PT_INTERP, or none when NULL. */
static void
put_elf(const char *name, unsigned short machine, const char *interp)
{
	struct {
		Elf64_Ehdr eh;
		Elf64_Phdr ph;
		char interp[64];
	} f;

	memset(&f, 0, sizeof f);
	memcpy(f.eh.e_ident, ELFMAG, SELFMAG);
	f.eh.e_ident[EI_CLASS] = ELFCLASS64;
	f.eh.e_ident[EI_DATA] = ELFDATA2LSB;
	f.eh.e_machine = machine;
	f.eh.e_phoff = offsetof(__typeof__(f), ph);
	f.eh.e_phnum = 1;
	f.ph.p_type = interp ? PT_INTERP : PT_LOAD;
	f.ph.p_offset = offsetof(__typeof__(f), interp);
	f.ph.p_filesz = interp ? strlen(interp) + 1 : sizeof f.interp;
	if (interp)
		strcpy(f.interp, interp);
	put(name, &f, sizeof f, 0755);
}

static void
copy_that_was_not_finished_is_refused(void **state)
{
	(void)state;
	put_elf("half", EM_X86_64, NULL);
	assert_int_equal(check("half"), 0);
	assert_int_equal(truncate(path("half"), sizeof(Elf64_Ehdr) +
		sizeof(Elf64_Phdr) + 63), 0);
	refused("half", "is cut short");
}

static void
program_of_this_machine_is_taken(void **state)
{
	(void)state;
	put_elf("static", EM_X86_64, NULL);
	assert_int_equal(check("static"), 0);
	assert_string_equal(found, path("static"));
	put_elf("dynamic", EM_X86_64, path("static"));
	assert_int_equal(check("dynamic"), 0);
}

static void
missing_program_is_named(void **state)
{
	(void)state;
	refused("nothing", "No such file or directory");
	assert_int_equal(symlink("/nowhere", path("dangling")), 0);
	refused("dangling", "No such file or directory");
}

static void
not_executable_is_said_with_its_mode(void **state)
{
	(void)state;
	put("plain", "#!/bin/sh\n", 10, 0644);
	refused("plain", "not executable (mode 0644)");
	mkdir(path("directory"), 0755);
	refused("directory", "not a regular file");
	mkfifo(path("fifo"), 0755);
	refused("fifo", "not a regular file");
}

static void
other_machine_is_refused(void **state)
{
	(void)state;
	put_elf("sparc", EM_SPARCV9, NULL);
	refused("sparc", "another kind of machine (ELF machine 43)");
}

static void
missing_elf_interpreter_is_named(void **state)
{
	(void)state;
	put_elf("needs", EM_X86_64, "/lib/no-such-ld.so");
	refused("needs", "needs /lib/no-such-ld.so: No such file");
	put("ld", "x", 1, 0644);
	put_elf("needs2", EM_X86_64, path("ld"));
	if (geteuid() != 0 || access(path("ld"), X_OK) < 0)
		refused("needs2", "which is not executable");
}

static void
script_needs_its_program(void **state)
{
	char text[256];

	(void)state;
	put("good.sh", "#! /bin/sh -e\n", 14, 0755);
	assert_int_equal(check("good.sh"), 0);
	put("bad.sh", "#!/no/such/sh\n", 14, 0755);
	refused("bad.sh", "/no/such/sh: No such file or directory");
	refused("bad.sh", "is a script that needs it");
	put("empty.sh", "#!\n", 3, 0755);
	refused("empty.sh", "names no program");
	snprintf(text, sizeof text, "#!%s\n", path("loop.sh"));
	put("loop.sh", text, strlen(text), 0755);
	refused("loop.sh", "scripts that run scripts");
}

static void
garbage_is_neither(void **state)
{
	(void)state;
	put("text", "hello\n", 6, 0755);
	refused("text", "neither an ELF program nor a script");
	put("nothing-in-it", "", 0, 0755);
	refused("nothing-in-it", "neither an ELF program nor a script");
	put("torn", "\177ELF\2\1\1\0", 8, 0755);
	refused("torn", "cut short");
}

static void
hostile_headers_end_in_a_sentence(void **state)
{
	Elf64_Ehdr eh;

	(void)state;
	memset(&eh, 0, sizeof eh);
	memcpy(eh.e_ident, ELFMAG, SELFMAG);
	eh.e_ident[EI_CLASS] = ELFCLASS64;
	eh.e_machine = EM_X86_64;
	eh.e_phoff = ~0ull;
	eh.e_phnum = 0xffff;
	put("wild", &eh, sizeof eh, 0755);
	refused("wild", "cut short");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(program_of_this_machine_is_taken),
		cmocka_unit_test(missing_program_is_named),
		cmocka_unit_test(not_executable_is_said_with_its_mode),
		cmocka_unit_test(other_machine_is_refused),
		cmocka_unit_test(copy_that_was_not_finished_is_refused),
		cmocka_unit_test(missing_elf_interpreter_is_named),
		cmocka_unit_test(script_needs_its_program),
		cmocka_unit_test(garbage_is_neither),
		cmocka_unit_test(hostile_headers_end_in_a_sentence),
	};

	return cmocka_run_group_tests(tests, make_dir, drop_dir);
}
