/* SPDX-License-Identifier: MIT */
/*
 * Which modules come into an image: by name and alias, with what they need
 * and what they want beside them; and what a module's file says.
 */
#include "unit.h"

#include <string.h>
#include <sys/utsname.h>

#include "../../applets/mkinitrd/modfile.h"
#include "../../applets/mkinitrd/rows.h"
#include "tree.h"
#include "wanted.h"

#define VERSION "6.1.0-test"
#define MODULES "lib/modules/" VERSION "/"

static struct err e;
static int dir;

static int
begin(void **state)
{
	struct release from;

	(void)state;
	dir = tree_copy("modules");
	tree_put(MODULES "modules.softdep",
		"# a comment\n"
		"softdep e1000 never pre: sg xhci-pci post: button absent\n"
		"softdep sg pre: e1000\n"
		"softdep wmi crypto post: fs-ext3\n");
	tree_put(MODULES "modules.weakdep", "weakdep bochs lpc-ich gone\n");
	if (release_find(&from, tree_dir, NULL, &e) < 0 ||
	    modules_open(&m, &from, &e) < 0)
		return -1;
	return 0;
}

static int
end(void **state)
{
	(void)state;
	tree_drop(dir);
	return 0;
}

static void
module_brings_what_it_needs(void **state)
{
	(void)state;
	assert_int_equal(modules_want(&m, "virtio-blk", &e), 0);
	assert_string_equal(wanted(), "virtio virtio_ring virtio_blk");
	assert_int_equal(modules_want(&m, "ata_piix", &e), 0);
	assert_string_equal(wanted(), "virtio virtio_ring virtio_blk scsi_mod "
		"libata ata_piix");
}

static void
alias_brings_all_that_it_stands_for(void **state)
{
	(void)state;
	assert_int_equal(modules_want(&m, "fs-ext3", &e), 0);
	assert_string_equal(wanted(), "ext4 jbd2 mbcache");
	/* several modules for one alias; one of no module at all */
	assert_int_equal(modules_want(&m, "scsi:t-0x00", &e), 0);
	assert_string_equal(wanted(), "scsi_mod sd_mod sg e1000 xhci_hcd "
		"xhci_pci button ext4 jbd2 mbcache");
	assert_int_equal(modules_want(&m, "fs-nothing", &e), -1);
}

static void
soft_and_weak_dependencies_come_along(void **state)
{
	(void)state;
	/* two that name each other end */
	assert_int_equal(modules_want(&m, "e1000", &e), 0);
	assert_string_equal(wanted(), "scsi_mod sg e1000 xhci_hcd xhci_pci "
		"button");
	assert_int_equal(modules_want(&m, "wmi", &e), 0);
	assert_true(modules_find(&m, "ext4")->wanted);
	assert_int_equal(modules_want(&m, "bochs", &e), 0);
	assert_true(modules_find(&m, "lpc_ich")->wanted);
	assert_true(modules_find(&m, "gone")->wanted);
}

static void
what_is_inside_the_kernel_is_remembered(void **state)
{
	(void)state;
	assert_int_equal(modules_want(&m, "hw_random", &e), 0);
	assert_int_equal(modules_want(&m, "hw-random", &e), 0);
	assert_string_equal(wanted(), "");
	assert_int_equal(m.inside_count, 1);
	assert_string_equal(m.inside[0], "hw_random");
}

static void
nearest_module_is_named(void **state)
{
	(void)state;
	assert_int_equal(modules_want(&m, "virtio_bkl", &e), -1);
	assert_string_equal(e.text, "-m virtio_bkl: the kernel 6.1.0-test has "
		"no such module -- is virtio_blk meant?");
	assert_int_equal(modules_want(&m, "nouveau", &e), -1);
	assert_string_equal(e.text, "-m nouveau: the kernel 6.1.0-test has no "
		"such module");
	assert_int_equal(modules_want(&m, "", &e), -1);
}

static void
all_are_all(void **state)
{
	(void)state;
	modules_want_all(&m);
	for (unsigned i = 0; i < m.count; i++)
		assert_true(m.module[i].wanted);
	assert_int_equal(m.count, 29);
}

/* --------------------------------------------------------------- release */

static int
find(const char *below, const char *version, struct release *r)
{
	static char path[256];

	snprintf(path, sizeof path, "%s%s", tree_dir, below);
	return release_find(r, path, version, &e);
}

static void
release_is_found_by_any_directory(void **state)
{
	static const char *const below[] = { "", "/lib/modules",
		"/lib/modules/" VERSION };
	struct release r;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		assert_int_equal(find(below[i], NULL, &r), 0);
		assert_string_equal(r.version, VERSION);
		assert_int_equal(find(below[i], VERSION, &r), 0);
		assert_non_null(strstr(r.base, "/lib/modules"));
	}
}

static void
nearest_release_is_named(void **state)
{
	struct utsname running;
	struct release r;
	char path[256];

	(void)state;
	assert_int_equal(find("", "6.1.0-tst", &r), -1);
	assert_non_null(strstr(e.text, "-k 6.1.0-tst: "));
	assert_non_null(strstr(e.text, " -- is 6.1.0-test meant?"));
	assert_int_equal(find("", "5.10", &r), -1);
	assert_non_null(strstr(e.text, " -- there are: 6.1.0-test"));
	assert_int_equal(find("/lib/modules/" VERSION, "5.10", &r), -1);
	assert_non_null(strstr(e.text, "has the modules of 6.1.0-test"));
	/* of several the running one, or none is guessed */
	tree_put("lib/modules/6.1.0-10/modules.dep", "x.ko:\n");
	assert_int_equal(find("", NULL, &r), -1);
	assert_non_null(strstr(e.text, " -- say -k with one of: 6.1.0-10, "
		"6.1.0-test"));
	uname(&running);
	snprintf(path, sizeof path, "lib/modules/%s/modules.dep",
		running.release);
	tree_put(path, "x.ko:\n");
	assert_int_equal(find("", NULL, &r), 0);
	assert_string_equal(r.version, running.release);
	assert_int_equal(find("/lib/modules/" VERSION "/kernel", NULL, &r), -1);
	assert_non_null(strstr(e.text, "has no modules: there is no "
		"modules.dep -- depmod(8) makes it"));
	assert_int_equal(find("/lib/module", NULL, &r), -1);
	assert_non_null(strstr(e.text, "No such file or directory -- is "
		"modules meant?"));
}

/* ------------------------------------------------------------------ file */

#define MARK "~Module signature appended~\n"

static void
signature_is_measured(void **state)
{
	static char text[] = "module" "SIGNER" "KEY" "twelve bytes"
		"\0\0\2\6\3\0\0\0\0\0\0\14" MARK;
	size_t size = sizeof text - 1;

	(void)state;
	assert_int_equal(modfile_signature(text, size), size - 6);
	/* one byte longer than the file, and absurd */
	text[6 + 9 + 12 + 11] = 19;
	assert_int_equal(modfile_signature(text, size), 0);
	text[6 + 9 + 12 + 11] = 18;
	assert_int_equal(modfile_signature(text, size), size);
	memset(text + 6 + 9 + 12 + 8, 0xff, 4);
	assert_int_equal(modfile_signature(text, size), 0);
	assert_int_equal(modfile_signature(MARK, sizeof MARK - 1), 0);
	assert_int_equal(modfile_signature("", 0), 0);
	text[size - 2] = 'x';
	assert_int_equal(modfile_signature(text, size), 0);
}

static void
rows_are_split(void **state)
{
	static const char text[] = "softdep a-b x pre: c\tpost: pre: d\n\nlast";
	const struct file_map map = { text, sizeof text - 1 };
	struct piece line, name, rest, word;
	bool listed = false;
	size_t at = 0;

	(void)state;
	assert_true(modindex_line(&map, &at, &line));
	assert_true(rows_head(line, "softdep", &name, &rest));
	assert_true(rows_is(name, "a_b"));
	assert_false(rows_is(name, "a_bc"));
	assert_false(rows_is(name, "a"));
	assert_false(rows_head(line, "alias", &name, &rest));
	rows_head(line, "softdep", &name, &rest);
	assert_true(rows_soft_word(&rest, &listed, &word));
	assert_true(rows_is(word, "c"));
	assert_true(rows_soft_word(&rest, &listed, &word));
	assert_true(rows_is(word, "d"));
	assert_false(rows_soft_word(&rest, &listed, &word));
	assert_true(modindex_line(&map, &at, &line));
	assert_int_equal(line.len, 0);
	assert_true(modindex_line(&map, &at, &line));
	assert_true(rows_is(line, "last"));
	assert_false(modindex_line(&map, &at, &line));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
		TEST(module_brings_what_it_needs),
		TEST(alias_brings_all_that_it_stands_for),
		TEST(soft_and_weak_dependencies_come_along),
		TEST(what_is_inside_the_kernel_is_remembered),
		TEST(nearest_module_is_named),
		TEST(all_are_all),
		TEST(release_is_found_by_any_directory),
		TEST(nearest_release_is_named),
#undef TEST
		cmocka_unit_test(signature_is_measured),
		cmocka_unit_test(rows_are_split),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
