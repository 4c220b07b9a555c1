/* SPDX-License-Identifier: MIT */
/*
 * Why the kernel did not take a module: a sentence for each code, and what
 * the module's file adds to it.
 */
#include "unit.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "lib/modfile.h"
#include "lib/modwhy.h"
#include "tree.h"

#define MARK "~Module signature appended~\n"

static struct err e;
static struct modload l;
static char module[1024];
static size_t module_size;

static int
begin(void **state)
{
	(void)state;
	l = (struct modload){ .dir = tree_copy("modules"), .path = "a.ko",
		.name = "a", .params = "", .release = "6.1.0-test" };
	return 0;
}

static int
end(void **state)
{
	(void)state;
	tree_drop(l.dir);
	return 0;
}

static void
put(const char *path, const char *data, size_t size)
{
	int fd = openat(l.dir, path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert_int_equal(write(fd, data, size), size);
	close(fd);
}

/* A module: header, .modinfo, section table, and maybe a signature. */
static void
make(const char *vermagic, bool is_signed)
{
	Elf64_Ehdr h = { .e_shnum = 2, .e_shentsize = 64, .e_shoff = 256 };

	memset(module, 0, sizeof module);
	memcpy(h.e_ident, ELFMAG, SELFMAG);
	h.e_ident[EI_CLASS] = ELFCLASS64;
	memcpy(module, &h, sizeof h);
	snprintf(module + 65, 190, "license=GPL%cvermagic=%s", 0, vermagic);
	module_size = 256 + 128;
	if (is_signed) {
		memcpy(module + module_size + 10, MARK, sizeof MARK - 1);
		module_size += 10 + sizeof MARK - 1;
	}
	put("a.ko", module, module_size);
}

static void
check(int error, const char *want)
{
	assert_int_equal(modwhy_refused(&l, error, &e), -1);
	assert_string_equal(e.text, want);
	assert_int_equal(e.code, error);
}

#define KEEP " -- take the module that was signed with this kernel; " \
	"strip(1) and mkinitrd --unsigned cut it off"

static void
each_code_has_its_sentence(void **state)
{
	(void)state;
	make("6.1.0-test SMP ", true);
	check(ENOENT, "module a: it needs a symbol that this kernel does not "
		"have -- the image's modules are of another build; the kernel "
		"log names the symbol");
	check(ENOEXEC, "module a: the kernel does not accept the file as its "
		"module -- it was built for another kernel, or is damaged; "
		"the kernel log says more");
	check(ENOKEY, "module a: it is not signed with a key that the kernel "
		"trusts" KEEP);
	check(EKEYREJECTED, "module a: the kernel does not accept its "
		"signature: another key, or a file that was changed" KEEP);
	check(EBADMSG, "module a: the kernel does not accept its signature: "
		"it is damaged" KEEP);
	check(ENOPKG, "module a: the kernel cannot check its signature -- it "
		"lacks the hash or the cipher of it");
	check(EPERM, "module a: the kernel forbids it -- lockdown, a security "
		"policy or kernel.modules_disabled");
	check(ENODEV, "module a: it found no device that it drives");
	check(ENOSYS, "module a: the kernel takes no modules -- it needs "
		"CONFIG_MODULES");
	check(EINVAL, "module a: the kernel refuses it, or the version of a "
		"symbol that it needs -- the kernel log names it");
	l.params = "x=1";
	check(EINVAL, "module a: the kernel refuses one of its parameters or "
		"values -- the kernel log names it");
	check(EIO, "module a: Input/output error");
	check(ENOMEM, "module a: Cannot allocate memory -- it has 422 bytes");
}

static void
unsigned_module_is_told_so(void **state)
{
	static const int error[] = { ENOKEY, EKEYREJECTED, EBADMSG };

	(void)state;
	make("5.10.0 SMP ", false);
	for (unsigned i = 0; i < 3; i++)
		check(error[i], "module a: it is not signed, and this kernel "
			"takes only signed ones" KEEP);
	check(EPERM, "module a: the kernel forbids it, and it is not signed -- "
		"lockdown takes only signed modules, kernel.modules_disabled "
		"none");
}

static void
module_of_another_kernel_names_both(void **state)
{
	static const int error[] = { ENOENT, ENOEXEC, EINVAL, EKEYREJECTED };

	(void)state;
	make("6.1.0-test-b SMP preempt ", true);
	for (unsigned i = 0; i < 4; i++)
		check(error[i], "module a: it was built for Linux "
			"6.1.0-test-b, and this is 6.1.0-test -- put the "
			"modules of this kernel into the image");
	check(ENODEV, "module a: it found no device that it drives");
}

static void
cut_module_is_told_so(void **state)
{
	static const size_t sizes[] = { 383, 256, 64, 63, 16 };
	char want[128];

	(void)state;
	make("5.10.0 SMP ", true);
	for (unsigned i = 0; i < 5; i++) {
		put("a.ko", module, sizes[i]);
		snprintf(want, sizeof want, "module a: a.ko is cut short: it "
			"has %zu bytes of %d or more", sizes[i],
			sizes[i] < 64 ? 64 : 384);
		check(ENOEXEC, want);
		check(EKEYREJECTED, want);
	}
	for (size_t size = 0; size < 16; size++) {
		put("a.ko", module, size);
		check(ENOEXEC, "module a: a.ko does not begin as a module "
			"does");
	}
	put("a.ko", "#!/bin/sh\n# this is no module\n", 30);
	check(ENOEXEC, "module a: a.ko does not begin as a module does");
}

static void
kernel_that_cannot_decompress_gets_a_remedy(void **state)
{
	static const int error[] = { EINVAL, EOPNOTSUPP, ENOSYS, 524 };

	(void)state;
	l.path = "a.ko.zst";
	for (unsigned i = 0; i < 4; i++)
		check(error[i], "module a: the kernel cannot decompress "
			"a.ko.zst -- store it uncompressed in the image, or "
			"use a kernel with CONFIG_MODULE_DECOMPRESS and "
			"CONFIG_MODULE_COMPRESS_ZSTD");
	l.path = "a.ko.xz";
	check(EINVAL, "module a: the kernel cannot decompress a.ko.xz -- "
		"store it uncompressed in the image, or use a kernel with "
		"CONFIG_MODULE_DECOMPRESS and CONFIG_MODULE_COMPRESS_XZ");
	check(ENODEV, "module a: it found no device that it drives");
}

/* Whatever an offset says, only the file is read. */
static void
every_flipped_byte_is_survived(void **state)
{
	struct modfile f;
	char *copy;

	(void)state;
	make("6.1.0-test SMP ", true);
	for (size_t i = 0; i < module_size; i++) {
		copy = malloc(module_size);
		assert_non_null(copy);
		memcpy(copy, module, module_size);
		copy[i] = (char)~copy[i];
		modfile_look(copy, module_size, &f);
		free(copy);
		copy = malloc(i + 1);
		assert_non_null(copy);
		memcpy(copy, module, i);
		modfile_look(copy, i, &f);
		free(copy);
	}
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(each_code_has_its_sentence),
		T(unsigned_module_is_told_so),
		T(module_of_another_kernel_names_both),
		T(cut_module_is_told_so),
		T(kernel_that_cannot_decompress_gets_a_remedy),
		T(every_flipped_byte_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
