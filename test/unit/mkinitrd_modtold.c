/* SPDX-License-Identifier: MIT */
/*
 * modprobe.d of the system that the modules are of, and of the image: which
 * lines come into the image, and which modules they bring.
 */
#include "unit.h"

#include <string.h>
#include <unistd.h>

#include "../../applets/mkinitrd/host.h"
#include "../../applets/mkinitrd/modtold.h"
#include "fake_sys.h"

/* The fixture's tree, beside that of an image. */
#define tree_copy fixture_copy
#define tree_put fixture_put
#include "tree.h"
#undef tree_copy
#undef tree_put

#define VERSION "6.1.0-test"

static struct modules m;
static struct tree image;
static struct err e;
static int dir;

static int
begin(void **state)
{
	struct release from;

	(void)state;
	fake_reset();
	dir = fixture_copy("modules");
	image = (struct tree){ .spool = -1 };
	return release_find(&from, tree_dir, VERSION, &e) < 0 ||
		modules_open(&m, &from, &e) < 0 ? -1 : 0;
}

static int
end(void **state)
{
	(void)state;
	tree_drop(dir);
	return 0;
}

static bool
wants(const char *name)
{
	return modules_find(&m, name)->wanted;
}

/* What the image has at the path, or "". */
static const char *
content(const char *path)
{
	static char text[1024];
	const struct node *node = tree_find(&image, path);
	char *data;

	text[0] = '\0';
	if (!node)
		return text;
	data = tree_load(&image, node, &e);
	assert_non_null(data);
	assert_true(node->size < sizeof text);
	memcpy(text, data, (size_t)node->size);
	text[node->size] = '\0';
	return text;
}

static void
put_in_image(const char *path, const char *text)
{
	struct node *node = tree_put(&image, path, S_IFREG | 0644, &e);

	assert_non_null(node);
	assert_int_equal(tree_store(&image, node, text, strlen(text), &e), 0);
}

static void
want(const char *name)
{
	assert_int_equal(modules_want(&m, name, &e), 0);
}

static void
lines_about_its_modules_and_no_others_come_in(void **state)
{
	(void)state;
	fixture_put("etc/modprobe.d/b.conf",
		"# a comment\n"
		"options virtio-blk queue_depth=8 \\\n num=2\n"
		"options bochs modeset=0\n"
		"options virtio:d00000002v1 alias=1\n"
		"blacklist virtio_blk\n"
		"blacklist e1000\n"
		"alias my-disk virtio_blk\n"
		"alias my-net e1000\n");
	fixture_put("usr/lib/modprobe.d/a.conf",
		"install virtio_* /bin/false\n"
		"softdep virtio_b* pre: wmi post: sg\n"
		"softdep e1000 pre: bochs\n"
		"options virtio_blk text=a\\\\b\n");
	modtold_host(&m);
	want("virtio_blk");
	assert_true(wants("wmi") && wants("sg") && wants("scsi_mod"));
	assert_false(wants("bochs"));
	assert_int_equal(modtold_put(&m, &image, &e), 0);
	assert_string_equal(content("etc/modprobe.d/b.conf"),
		"options virtio-blk queue_depth=8  num=2\n"
		"options virtio:d00000002v1 alias=1\n"
		"blacklist virtio_blk\n"
		"alias my-disk virtio_blk\n");
	assert_string_equal(content("etc/modprobe.d/a.conf"),
		"install virtio_* /bin/false\n"
		"softdep virtio_b* pre: wmi post: sg\n"
		"options virtio_blk text=a\\\\b\n");
}

static void
nothing_said_is_no_file(void **state)
{
	(void)state;
	fixture_put("etc/modprobe.d/b.conf", "options bochs modeset=0\n");
	modtold_host(&m);
	want("virtio_blk");
	assert_int_equal(modtold_put(&m, &image, &e), 0);
	assert_int_equal(image.count, 0);
}

static void
what_linuxrc_would_not_run_stays_out(void **state)
{
	(void)state;
	fixture_put("etc/modprobe.d/b.conf",
		"install virtio_blk /sbin/modprobe --ignore-install x\n");
	modtold_host(&m);
	want("virtio_blk");
	assert_int_equal(modtold_put(&m, &image, &e), 0);
	assert_int_equal(image.count, 0);
}

static void
files_of_the_image_win(void **state)
{
	(void)state;
	fixture_put("etc/modprobe.d/b.conf", "options virtio_blk a=1\n");
	fixture_put("etc/modprobe.d/c.conf", "options virtio_blk c=1\n");
	put_in_image("lib/modprobe.d/b.conf", "softdep virtio_blk post: wmi\n");
	put_in_image("etc/modprobe.d/no", "softdep virtio_blk post: sg\n");
	put_in_image("etc/modprobe.d/d/x.conf",
		"softdep virtio_blk post: sg\n");
	assert_int_equal(modtold_image(&m, &image, &e), 0);
	modtold_host(&m);
	want("virtio_blk");
	assert_true(wants("wmi"));
	assert_false(wants("sg"));
	assert_int_equal(modtold_put(&m, &image, &e), 0);
	assert_string_equal(content("lib/modprobe.d/b.conf"),
		"softdep virtio_blk post: wmi\n");
	assert_null(tree_find(&image, "etc/modprobe.d/b.conf"));
	assert_string_equal(content("etc/modprobe.d/c.conf"),
		"options virtio_blk c=1\n");
}

static void
devices_get_what_modprobe_would_load(void **state)
{
	struct places at = { .root = dir };

	(void)state;
	tree_device("virtio", "virtio0", "virtio:d00000002v00001AF4");
	tree_device("pci", "0000:00:1f.0",
		"pci:v00008086d00007010sv00001AF4sd00001100bc01sc01i80");
	fixture_put("etc/modprobe.d/a.conf", "blacklist ata-piix\n"
		"alias virtio:d00000002v* sd-mod\n");
	at.sys = openat(dir, "sys", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(at.sys >= 0);
	modtold_host(&m);
	assert_int_equal(host_want_devices(&m, &at, &e), 0);
	close(at.sys);
	assert_true(wants("ata_generic") && wants("sd_mod"));
	assert_false(wants("ata_piix") || wants("virtio_blk"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
		TEST(lines_about_its_modules_and_no_others_come_in),
		TEST(nothing_said_is_no_file),
		TEST(what_linuxrc_would_not_run_stays_out),
		TEST(files_of_the_image_win),
		TEST(devices_get_what_modprobe_would_load),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
