/* SPDX-License-Identifier: MIT */
/*
 * Modules by name and by alias: order, what is tried and what is not, the
 * blacklists of the command line, indexes that are missing or garbage.
 */
#include "unit.h"

#include <errno.h>

#include "modtree.h"

/* A fresh index over a fresh copy of the tree. */
static int
open_tree(const char *name, const char *cmdline)
{
	have_tree(name);
	from.words[0] = cmdline;
	return module_open(&index_of, &from, &e);
}

static void
close_tree(void)
{
	end(NULL);
}

/* Begin again, with this command line. */
static void
with_cmdline(const char *cmdline)
{
	close_tree();
	assert_int_equal(open_tree("modules", cmdline), 0);
}

static void
with_tree(const char *name)
{
	close_tree();
	assert_int_equal(open_tree(name, NULL), 0);
}

static void
needs_are_loaded_first(void **state)
{
	(void)state;
	assert_int_equal(module_load(&index_of, "virtio_pci", &e), 0);
	assert_string_equal(fake_calls(),
		"finit_module kernel/drivers/virtio/virtio_ring.ko "
			"flags=0 params=\n"
		"finit_module kernel/drivers/virtio/virtio.ko "
			"flags=0 params=\n"
		"finit_module kernel/drivers/virtio/virtio_pci_modern_dev.ko "
			"flags=0 params=\n"
		"finit_module kernel/drivers/virtio/virtio_pci.ko "
			"flags=0 params=\n");
	assert_int_equal(index_of.loads, 4);
}

static void
what_is_there_is_not_loaded_again(void **state)
{
	(void)state;
	assert_int_equal(module_load(&index_of, "virtio_pci", &e), 0);
	fake_forget();
	assert_int_equal(module_load(&index_of, "virtio-blk", &e), 0);
	assert_int_equal(module_load(&index_of, "virtio_blk", &e), 0);
	assert_string_equal(fake_calls(), "finit_module "
		"kernel/drivers/block/virtio_blk.ko flags=0 params=\n");
}

static void
dash_equals_underscore(void **state)
{
	(void)state;
	assert_int_equal(module_load(&index_of, "usb_storage", &e), 0);
	assert_int_equal(module_load(&index_of, "xhci-pci", &e), 0);
	assert_int_equal(fake_count("finit_module"), 4);
	assert_true(module_tried(&index_of, "usb-storage"));
	assert_true(module_tried(&index_of, "xhci_hcd"));
	assert_false(module_tried(&index_of, "virtio"));
}

static void
module_that_the_kernel_has_is_a_success(void **state)
{
	(void)state;
	fake_fail("finit_module", 1, EEXIST);
	assert_int_equal(module_load(&index_of, "sd_mod", &e), 0);
	assert_int_equal(fake_count("finit_module"), 2);
	assert_int_equal(index_of.loads, 1);
	assert_int_equal(index_of.done[0].state, MODULE_PRESENT);
}

static void
builtin_module_is_a_success(void **state)
{
	(void)state;
	assert_int_equal(module_load(&index_of, "ext2", &e), 0);
	assert_int_equal(module_load(&index_of, "hw_random", &e), 0);
	assert_string_equal(fake_calls(), "");
}

static void
unknown_module_is_named(void **state)
{
	(void)state;
	assert_int_equal(module_load(&index_of, "zfs", &e), -1);
	assert_int_equal(e.code, ENOENT);
	assert_string_equal(e.text, "module zfs: not in this image");
}

static void
parameters_of_needs_count_too(void **state)
{
	(void)state;
	with_cmdline("scsi_mod.scan=sync");
	assert_int_equal(module_load(&index_of, "sg", &e), 0);
	assert_non_null(strstr(fake_calls(),
		"scsi_mod.ko flags=0 params=scan=sync\n"));
}

static const char ide[] =
	"pci:v00008086d00007010sv00001AF4sd00001100bc01sc01i80";

static void
alias_gives_every_match(void **state)
{
	(void)state;
	assert_string_equal(matches(ide), " ata_piix ata_generic");
	assert_string_equal(matches("fs-ext3"), " ext4");
	assert_string_equal(matches("acpi:X:PNP0C0C:"), " button");
	assert_string_equal(matches("pci:v00008086"), "");
}

static void
blacklists_hold_for_aliases(void **state)
{
	(void)state;
	with_cmdline("modprobe.blacklist=x,ata-piix,y");
	assert_string_equal(matches(ide), " ata_generic");
	assert_int_equal(module_load(&index_of, "ata_piix", &e), 0);
	with_cmdline("modprobe.blacklist=ata_pii module_blacklist=ata_generic");
	assert_string_equal(matches(ide), " ata_piix");
	with_cmdline("modprobe.blacklist=ata_piix modprobe.blacklist="
		"ata_generic");
	assert_string_equal(matches(ide), "");
	with_cmdline("modprobe.blacklist module_blacklist= blacklist=ata_piix");
	assert_string_equal(matches(ide), " ata_piix ata_generic");
}

static void
path_of_a_module(void **state)
{
	char path[MODULE_PATH_SIZE];

	(void)state;
	assert_true(module_path(&index_of, "i2c_i801", path, sizeof path));
	assert_string_equal(path, "kernel/drivers/i2c/busses/i2c-i801.ko");
	assert_false(module_path(&index_of, "i2c_i801", path, 37));
	assert_true(module_path(&index_of, "i2c_i801", path, 38));
	assert_false(module_path(&index_of, "zfs", path, sizeof path));
}

static void
other_release_is_named(void **state)
{
	(void)state;
	close_tree();
	assert_int_equal(open_tree("other", NULL), -1);
	assert_string_equal(e.text,
		"this image has modules of 6.1.0-30, the kernel is 6.1.0-test");
	assert_int_equal(e.code, 0);
	/* and nothing is found, and nothing crashes */
	assert_int_equal(module_load(&index_of, "a", &e), -1);
	assert_string_equal(matches(ide), "");
}

static void
image_without_modules_says_so(void **state)
{
	(void)state;
	tree_sh("rm -r lib");
	assert_int_equal(module_open(&index_of, &from, &e), -1);
	assert_int_equal(e.code, ENOENT);
	assert_string_equal(e.text,
		"lib/modules/6.1.0-test: No such file or directory");
}

static void
usr_lib_serves_as_well(void **state)
{
	(void)state;
	module_close(&index_of);
	tree_sh("mkdir usr && mv lib usr");
	assert_int_equal(module_open(&index_of, &from, &e), 0);
	assert_int_equal(module_load(&index_of, "e1000", &e), 0);
}

static void
missing_index_is_named(void **state)
{
	(void)state;
	close_tree();
	assert_int_equal(open_tree("nodep", NULL), -1);
	assert_string_equal(e.text, "lib/modules/6.1.0-test/modules.dep: No "
		"such file or directory -- depmod(8) makes it");
}

static void
without_aliases_names_still_load(void **state)
{
	(void)state;
	tree_sh("rm lib/modules/6.1.0-test/modules.alias");
	module_close(&index_of);
	assert_int_equal(module_open(&index_of, &from, &e), 0);
	assert_int_equal(module_load(&index_of, "e1000", &e), 0);
	assert_string_equal(matches(ide), "");
}

static void
cycle_ends(void **state)
{
	(void)state;
	with_tree("garbage");
	assert_int_equal(module_load(&index_of, "a", &e), 0);
	assert_int_equal(module_load(&index_of, "b", &e), 0);
	assert_int_equal(module_load(&index_of, "self", &e), 0);
	assert_string_equal(fake_calls(),
		"finit_module kernel/b.ko flags=0 params=\n"
		"finit_module kernel/a.ko flags=0 params=\n"
		"finit_module kernel/self.ko flags=0 params=\n");
}

static void
garbage_is_named_or_passed_over(void **state)
{
	(void)state;
	with_tree("garbage");
	assert_int_equal(module_load(&index_of, "notamodule", &e), -1);
	assert_int_equal(module_load(&index_of, "bad", &e), -1);
	assert_string_equal(e.text, "modules.dep: \"kernel/README\" is not a "
		"module -- bad needs it");
	assert_int_equal(module_load(&index_of, "cut", &e), -1);
	assert_string_equal(e.text, "modules.dep: \"kerne\" is not a "
		"module -- cut needs it");
	assert_string_equal(fake_calls(), "");
	assert_string_equal(matches("pci:v1"), " a");
	assert_string_equal(matches(" open"), "");
}

static void
more_modules_than_fit_are_an_error(void **state)
{
	char name[32];

	(void)state;
	module_close(&index_of);
	tree_sh("cd lib/modules/6.1.0-test && for i in $(seq 600); do "
		"echo $i.ko:; >$i.ko; done >modules.dep");
	assert_int_equal(module_open(&index_of, &from, &e), 0);
	for (int i = 1; i <= MODULES_MAX; i++) {
		snprintf(name, sizeof name, "%d", i);
		assert_int_equal(module_load(&index_of, name, &e), 0);
	}
	assert_int_equal(module_load(&index_of, "513", &e), -1);
	assert_string_equal(e.text, "module 513: more than 512 modules");
	assert_int_equal(module_load(&index_of, "512", &e), 0);
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(needs_are_loaded_first),
		T(what_is_there_is_not_loaded_again),
		T(dash_equals_underscore),
		T(module_that_the_kernel_has_is_a_success),
		T(builtin_module_is_a_success),
		T(unknown_module_is_named),
		T(parameters_of_needs_count_too),
		T(alias_gives_every_match),
		T(blacklists_hold_for_aliases),
		T(path_of_a_module),
		T(other_release_is_named),
		T(image_without_modules_says_so),
		T(usr_lib_serves_as_well),
		T(missing_index_is_named),
		T(without_aliases_names_still_load),
		T(cycle_ends),
		T(garbage_is_named_or_passed_over),
		T(more_modules_than_fit_are_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
