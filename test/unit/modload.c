/* SPDX-License-Identifier: MIT */
/*
 * One module file into the kernel, compressed or not.
 */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <zlib.h>

#include "fake_sys.h"
#include "lib/modload.h"
#include "tree.h"

static struct err e;
static int top;

static int
begin(void **state)
{
	(void)state;
	fake_reset();
	top = tree_copy("modules/lib/modules/6.1.0-test");
	fake_below(tree_dir);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	tree_drop(top);
	return 0;
}

static int
load(const char *path, const char *name)
{
	struct modload l = { .dir = top, .path = path, .name = name,
		.params = "a=1", .release = "6.1.0-test",
		.listed = true };

	return modload_file(&l, &e);
}

static int
load_e1000(void)
{
	return load("kernel/drivers/net/ethernet/intel/e1000/e1000.ko",
		"e1000");
}

static void
plain_file_goes_to_the_kernel(void **state)
{
	(void)state;
	assert_int_equal(load_e1000(), 0);
	assert_string_equal(fake_calls(), "finit_module kernel/drivers/net/"
		"ethernet/intel/e1000/e1000.ko flags=0 params=a=1\n");
}

static void
module_that_is_there_is_told_apart(void **state)
{
	(void)state;
	fake_fail("finit_module", 1, EEXIST);
	assert_int_equal(load_e1000(), 1);
}

static void
missing_file_is_named(void **state)
{
	(void)state;
	assert_int_equal(load("kernel/gone.ko", "gone"), -1);
	assert_string_equal(e.text, "module gone: kernel/gone.ko: No such "
		"file or directory -- modules.dep names it, but the image "
		"does not have it");
}

static void
xz_and_zst_go_to_the_kernel(void **state)
{
	(void)state;
	assert_int_equal(load("kernel/fs/mbcache.ko.xz", "mbcache"), 0);
	assert_int_equal(load("kernel/fs/xfs/xfs.ko.zst", "xfs"), 0);
	assert_string_equal(fake_calls(),
		"finit_module kernel/fs/mbcache.ko.xz flags=4 params=a=1\n"
		"finit_module kernel/fs/xfs/xfs.ko.zst flags=4 params=a=1\n");
}

static const char gz_path[] = "kernel/squashfs.ko.gz";

static void
put_gz(const char *text)
{
	int fd = openat(top, gz_path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	gzFile gz = gzdopen(fd, "wb");

	assert_int_equal(gzputs(gz, text), strlen(text));
	gzclose(gz);
}

static void
gz_is_inflated_here(void **state)
{
	(void)state;
	put_gz("the module squashfs");
	assert_int_equal(load(gz_path, "squashfs"), 0);
	assert_string_equal(fake_calls(), "init_module size=19 params=a=1\n");
	assert_memory_equal(fake_image, "the module squashfs", 19);
}

static void
refused_gz_is_explained_as_others_are(void **state)
{
	(void)state;
	put_gz("the module squashfs");
	fake_fail("init_module", 1, ENODEV);
	assert_int_equal(load(gz_path, "squashfs"), -1);
	assert_string_equal(e.text,
		"module squashfs: it found no device that it drives");
	fake_fail("init_module", 1, EEXIST);
	assert_int_equal(load(gz_path, "squashfs"), 1);
}

static void
damaged_gz_says_so(void **state)
{
	(void)state;
	tree_put(gz_path, "this is not gzip data, is it");
	assert_int_equal(load(gz_path, "squashfs"), -1);
	assert_string_equal(e.text, "module squashfs: kernel/squashfs.ko.gz: "
		"not gzip data");
}

static void
gz_that_would_fill_the_memory_is_refused(void **state)
{
	static const unsigned char bomb[18] = { 0x1f, 0x8b, 8,
		[14] = 1, 0, 0, 0x10 };	/* 256 MiB and 1 byte */
	int fd = openat(top, gz_path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	(void)state;
	assert_int_equal(write(fd, bomb, sizeof bomb), sizeof bomb);
	close(fd);
	assert_int_equal(load(gz_path, "squashfs"), -1);
	assert_non_null(strstr(e.text, "module squashfs: kernel/"
		"squashfs.ko.gz: gzip data of 268435457 bytes, the limit is "));
	assert_string_equal(fake_calls(), "");
}

static void
kernel_without_finit_module_gets_an_image(void **state)
{
	(void)state;
	fake_fail("finit_module", 0, ENOSYS);
	assert_int_equal(load_e1000(), 0);
	assert_int_equal(fake_image_size, 9);
	assert_memory_equal(fake_image, "e1000.ko\n", 9);
	fake_fail("init_module", 1, ENOSYS);
	assert_int_equal(load_e1000(), -1);
	assert_string_equal(e.text, "module e1000: the kernel takes no "
		"modules -- it needs CONFIG_MODULES");
}

static void
empty_file_is_refused_by_the_kernel(void **state)
{
	(void)state;
	tree_put("kernel/empty.ko", "");
	tree_put("kernel/empty.ko.gz", "");
	fake_fail("finit_module", 1, ENOSYS);
	fake_fail("init_module", 1, ENOEXEC);
	assert_int_equal(load("kernel/empty.ko", "empty"), -1);
	assert_int_equal(e.code, ENOEXEC);
	assert_int_equal(load("kernel/empty.ko.gz", "empty"), -1);
	assert_string_equal(e.text, "module empty: kernel/empty.ko.gz: not "
		"gzip data");
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(plain_file_goes_to_the_kernel),
		T(module_that_is_there_is_told_apart),
		T(missing_file_is_named),
		T(xz_and_zst_go_to_the_kernel),
		T(gz_is_inflated_here),
		T(refused_gz_is_explained_as_others_are),
		T(damaged_gz_says_so),
		T(gz_that_would_fill_the_memory_is_refused),
		T(kernel_without_finit_module_gets_an_image),
		T(empty_file_is_refused_by_the_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
