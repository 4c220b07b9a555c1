/* SPDX-License-Identifier: MIT */
/*
 * Soft dependencies: what modules.softdep wants before a module is loaded
 * before it, if it can be.
 */
#include "unit.h"

#include <errno.h>

#include "fake_sys.h"
#include "lib/module.h"
#include "tree.h"

static struct module_index index_of;
static struct module_source from;
static struct err e;
static int root;
static char below[128];

static int
begin(void **state)
{
	(void)state;
	fake_reset();
	root = tree_copy("modules");
	snprintf(below, sizeof below, "%s/lib/modules/6.1.0-test", tree_dir);
	fake_below(below);
	from = (struct module_source){ .root = root, .release = "6.1.0-test" };
	return 0;
}

static int
end(void **state)
{
	(void)state;
	module_close(&index_of);
	tree_drop(root);
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
	assert_int_equal(fake_count("finit_module"), 2);
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(softdeps_are_loaded_before),
		T(softdep_that_fails_is_passed_over),
		T(softdeps_of_each_other_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
