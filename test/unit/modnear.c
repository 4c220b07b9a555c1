/* SPDX-License-Identifier: MIT */
/*
 * Names that a person may have meant.
 */
#include "unit.h"

#include <string.h>

#include "lib/modnear.h"
#include "tree.h"

static const char *
near(int dir, const char *name)
{
	static char found[MODULE_NAME_SIZE];

	return modnear_find(dir, name, found) ? found : "none";
}

static void
nearest_name_is_found_if_it_is_near(void **state)
{
	int top = tree_copy("modules");
	int dir = openat(top, "lib/modules/6.1.0-test", O_RDONLY);

	(void)state;
	assert_string_equal(near(dir, "virtio-bk"), "virtio_blk");
	assert_string_equal(near(dir, "usbstorage"), "usb_storage");
	assert_string_equal(near(dir, "e100"), "e1000");
	assert_string_equal(near(dir, "xf"), "xfs");
	assert_string_equal(near(dir, "ext3"), "ext4");
	assert_string_equal(near(dir, "nouveau"), "none");
	assert_string_equal(near(dir, "x"), "none");
	tree_put("lib/modules/6.1.0-test/modules.dep", "garbage\n\nno.ko\n"
		":\nkernel/a.ko");
	assert_string_equal(near(dir, "a"), "none");
	tree_put("lib/modules/6.1.0-test/modules.dep", "");
	assert_string_equal(near(dir, "a"), "none");
	tree_sh("rm lib/modules/6.1.0-test/modules.dep");
	assert_string_equal(near(dir, "a"), "none");
	close(dir);
	tree_drop(top);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nearest_name_is_found_if_it_is_near),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
