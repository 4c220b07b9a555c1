/* SPDX-License-Identifier: MIT */
/*
 * Soft dependencies: what modules.softdep wants before a module is loaded
 * before it, if it can be.
 */
#include "unit.h"

#include <errno.h>

#include "modtree.h"

/* The indexes are not written yet. */
static int
begin_unopened(void **state)
{
	(void)state;
	have_tree("modules");
	return 0;
}

/* The index of the tree with these soft dependencies. */
static void
with_softdep(const char *lines)
{
	tree_put("lib/modules/6.1.0-test/modules.softdep", lines);
	assert_int_equal(module_open(&index_of, &from, &e), 0);
}

static void
softdeps_are_loaded_before(void **state)
{
	(void)state;
	tree_sh("echo alias some-hash virtio >>"
		"lib/modules/6.1.0-test/modules.alias");
	with_softdep("softdep e1000 pre: usb-storage no-such some-hash\n"
		"softdep usb_storage pre: bochs\n");
	assert_int_equal(module_load(&index_of, "e1000", &e), 0);
	assert_string_equal(fake_modules(),
		"scsi_mod bochs usb-storage virtio e1000");
}

static void
softdeps_are_loaded_behind(void **state)
{
	(void)state;
	with_softdep("softdep e1000 pre: bochs post: virtio sg\n");
	tree_put("etc/modprobe.d/a.conf", "softdep e1* post: xhci-pci\n"
		"softdep scsi_mod post: wmi\n");
	assert_int_equal(module_load(&index_of, "e1000", &e), 0);
	assert_string_equal(fake_modules(), "bochs e1000 xhci-hcd xhci-pci "
		"virtio scsi_mod wmi sg");
}

static void
softdep_behind_that_fails_is_passed_over(void **state)
{
	(void)state;
	with_softdep("softdep e1000 post: bochs no-such virtio\n");
	fake_fail("finit_module", 2, ENODEV);
	assert_int_equal(module_load(&index_of, "e1000", &e), 0);
	assert_string_equal(fake_modules(), "e1000 bochs virtio");
}

static void
nothing_comes_behind_what_failed(void **state)
{
	(void)state;
	with_softdep("softdep e1000 post: bochs\n");
	fake_fail("finit_module", 1, ENODEV);
	assert_int_equal(module_load(&index_of, "e1000", &e), -1);
	assert_string_equal(fake_modules(), "e1000");
}

static void
softdep_that_fails_is_passed_over(void **state)
{
	(void)state;
	with_softdep("softdep e1000 pre: bochs\n");
	fake_fail("finit_module", 1, ENODEV);
	assert_int_equal(module_load(&index_of, "e1000", &e), 0);
	assert_int_equal(index_of.loads, 1);
}

static void
softdeps_of_each_other_end(void **state)
{
	(void)state;
	with_softdep("softdep e1000 pre: bochs\nsoftdep bochs pre: e1000\n");
	assert_int_equal(module_load(&index_of, "e1000", &e), 0);
	assert_string_equal(fake_modules(), "e1000 bochs");
}

static void
softdep_that_needs_its_module_comes_after_it(void **state)
{
	(void)state;
	with_softdep("softdep scsi_mod pre: sg\n");
	assert_int_equal(module_load(&index_of, "sd_mod", &e), 0);
	assert_string_equal(fake_modules(), "scsi_mod sg sd_mod");
}

static void
long_chain_of_softdeps_is_followed_to_its_end(void **state)
{
	(void)state;
	with_softdep("softdep e1000 pre: bochs\nsoftdep bochs pre: wmi\n"
		"softdep wmi pre: button\nsoftdep button pre: virtio\n"
		"softdep virtio pre: virtio_ring\n"
		"softdep virtio_ring pre: scsi_mod\n");
	assert_int_equal(module_load(&index_of, "e1000", &e), 0);
	assert_string_equal(fake_modules(),
		"scsi_mod virtio_ring virtio button wmi bochs e1000");
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin_unopened, \
	end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(softdeps_are_loaded_before),
		T(softdeps_are_loaded_behind),
		T(softdep_behind_that_fails_is_passed_over),
		T(nothing_comes_behind_what_failed),
		T(softdep_that_needs_its_module_comes_after_it),
		T(long_chain_of_softdeps_is_followed_to_its_end),
		T(softdep_that_fails_is_passed_over),
		T(softdeps_of_each_other_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
