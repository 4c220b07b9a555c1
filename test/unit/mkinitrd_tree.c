/* SPDX-License-Identifier: MIT */
/*
 * The tree of an image, paths in it, and the name that was perhaps meant.
 */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../../applets/mkinitrd/meant.h"
#include "../../applets/mkinitrd/path.h"
#include "../../applets/mkinitrd/tree.h"

static struct tree tree;
static struct err e;

static int
begin(void **state)
{
	(void)state;
	for (unsigned i = 0; i < tree.count; i++) {
		free(tree.node[i]->path);
		free(tree.node[i]);
	}
	free(tree.node);
	tree = (struct tree){ .spool = -1 };
	return 0;
}

static struct node *
put(const char *path, mode_t mode)
{
	return tree_put(&tree, path, mode, &e);
}

static void
put_link(const char *path, char *target)
{
	struct node *node = put(path, S_IFLNK | 0777);

	assert_non_null(node);
	node->target = target;
}

static void
names_are_sorted_and_parents_known(void **state)
{
	static const char *const sorted[] = { "", "a", "a-b", "a/b", "a/b/c",
		"b" };

	(void)state;
	put("b", S_IFREG | 0644);
	put("//a/./b///c", S_IFREG | 0644);
	put("a-b", S_IFREG | 0644);
	tree_finish(&tree);
	assert_int_equal(tree.count, 6);
	for (unsigned i = 0; i < 6; i++)
		assert_string_equal(tree.node[i]->path, sorted[i]);
	assert_string_equal(tree.node[4]->name, "c");
	assert_int_equal(tree.node[4]->parent, 3);
	assert_int_equal(tree.node[3]->parent, 1);
	assert_int_equal(tree.node[2]->parent, 0);
	assert_int_equal(tree.node[1]->mode, S_IFDIR | 0755);
}

static void
later_replaces_earlier(void **state)
{
	struct node *node;

	(void)state;
	put("d", S_IFDIR | 0700);
	put_link("x", (char *)(uintptr_t)"y");
	node = put("x", S_IFREG | 0600);
	assert_ptr_equal(node, tree_find(&tree, "x"));
	assert_int_equal(node->mode, S_IFREG | 0600);
	assert_null(node->target);
	assert_null(tree_find(&tree, "y"));
	put("d", S_IFDIR | 0711);
	assert_int_equal(tree_find(&tree, "d")->mode, S_IFDIR | 0711);
	assert_int_equal(tree.count, 2);
}

static void
a_file_is_no_directory(void **state)
{
	(void)state;
	put("a", S_IFREG | 0644);
	put("d/f", S_IFREG | 0644);
	assert_null(put("a/b", S_IFREG | 0644));
	assert_string_equal(e.text, "a is to be a file and a directory in the "
		"image");
	assert_null(put("a", S_IFDIR | 0755));
	assert_null(put("d", S_IFREG | 0644));
	assert_null(put("/", S_IFREG | 0644));
	assert_non_null(put("/", S_IFDIR | 0750));
	assert_null(put("d/../../x", S_IFREG | 0644));
	assert_non_null(strstr(e.text, "\"..\" has no meaning"));
}

/* A skeleton with /lib -> usr/lib, and modules that go to lib/modules. */
static void
links_of_the_tree_are_followed(void **state)
{
	(void)state;
	put_link("lib", (char *)(uintptr_t)"usr/lib");
	put_link("abs", (char *)(uintptr_t)"/lib/../../srv");
	put_link("loop", (char *)(uintptr_t)"loop/x");
	put("lib/modules/m.ko", S_IFREG | 0644);
	assert_non_null(tree_find(&tree, "usr/lib/modules/m.ko"));
	put("abs/f", S_IFREG | 0644);
	assert_non_null(tree_find(&tree, "srv/f"));
	/* a directory there already is one: the link stays */
	put("lib", S_IFDIR | 0755);
	assert_true(S_ISLNK(tree_find(&tree, "lib")->mode));
	assert_null(put("loop/f", S_IFREG | 0644));
	assert_non_null(strstr(e.text, "Too many levels"));
}

/* ----------------------------------------------------------------- paths */

static bool
link_of(const void *self, const char *path, char *target)
{
	static const char *const links[][2] = { { "up", "../.." },
		{ "d/abs", "/x/y" }, { "d/rel", "../r" }, { "x/y", "z" } };

	(void)self;
	for (unsigned i = 0; i < 4; i++)
		if (strcmp(path, links[i][0]) == 0) {
			strcpy(target, links[i][1]);
			return true;
		}
	return false;
}

static void
paths_stay_below_the_top(void **state)
{
	static const char *const cases[][3] = {
		/* path, the last link followed, not followed */
		{ "", "", "" },
		{ "/../..", "", "" },
		{ "up", "", "up" },
		{ "up/../up/x", "x", "x" },
		{ "d/abs", "x/z", "d/abs" },
		{ "d/abs/f", "x/z/f", "x/z/f" },
		{ "d/rel/../q", "q", "q" },
		{ "./not//there/./at/all/", "not/there/at/all",
			"not/there/at/all" },
	};
	const struct path_tree t = { link_of, NULL };
	static char result[PATH_SIZE];

	(void)state;
	for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++)
		for (unsigned last = 0; last < 2; last++) {
			assert_int_equal(path_resolve(&t, cases[i][0],
				last == 0, result, &e), 0);
			assert_string_equal(result, cases[i][last + 1]);
		}
}

static void
long_paths_are_refused(void **state)
{
	const struct path_tree t = { path_no_link, NULL };
	static char path[PATH_SIZE + 1], result[PATH_SIZE];

	(void)state;
	memset(path, 'p', PATH_SIZE);
	assert_int_equal(path_resolve(&t, path, true, result, &e), -1);
	path[PATH_SIZE - 1] = '\0';
	assert_int_equal(path_resolve(&t, path, true, result, &e), 0);
	assert_string_equal(result, path);
	assert_true(path_goes_up("a/../b"));
	assert_true(path_goes_up(".."));
	assert_true(path_goes_up("/.."));
	assert_false(path_goes_up("a/..b/.c./..."));
}

/* --------------------------------------------------------------- nearest */

static const char *
nearest(const char *wanted)
{
	static const char *const names[] = { "virtio_blk", "virtio_pci",
		"virtio_net", "ext4", "ext2", "xfs", "e1000", "e1000e" };
	static struct meant n;

	n = (struct meant){ .wanted = wanted };
	for (unsigned i = 0; i < 8; i++)
		meant_try(&n, names[i]);
	return n.name;
}

static void
nearest_name_is_found(void **state)
{
	(void)state;
	assert_string_equal(nearest("virtio_bkl"), "virtio_blk");
	assert_string_equal(nearest("virtioblk"), "virtio_blk");
	assert_string_equal(nearest("virtio-pcii"), "virtio_pci");
	assert_string_equal(nearest("e1000x"), "e1000");
	assert_string_equal(nearest("xf"), "xfs");
	assert_string_equal(nearest("xsf"), "");
	assert_string_equal(nearest("ext5"), "ext4");
	assert_string_equal(nearest("nouveau"), "");
	assert_string_equal(nearest(""), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			names_are_sorted_and_parents_known, begin, begin),
		cmocka_unit_test_setup_teardown(later_replaces_earlier,
			begin, begin),
		cmocka_unit_test_setup_teardown(a_file_is_no_directory,
			begin, begin),
		cmocka_unit_test_setup_teardown(
			links_of_the_tree_are_followed, begin, begin),
		cmocka_unit_test(paths_stay_below_the_top),
		cmocka_unit_test(long_paths_are_refused),
		cmocka_unit_test(nearest_name_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
