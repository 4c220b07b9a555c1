/* SPDX-License-Identifier: MIT */
/*
 * The files of modprobe.d: which ones count, in which order, and what is said
 * of those that do not.
 */
#include "unit.h"

#include "fake_sys.h"
#include "lib/file.h"
#include "lib/log.h"
#include "lib/modprobed.h"
#include "tree.h"

static const struct modconf *conf;
static int root, modules, dev;

static int
begin(void **state)
{
	(void)state;
	root = tree_copy("modules");
	tree_sh("mkdir dev && touch dev/kmsg && rm -r lib && mkdir -p lib/m");
	modules = openat(root, "lib/m", O_RDONLY | O_DIRECTORY);
	dev = openat(root, "dev", O_RDONLY | O_DIRECTORY);
	log_open(dev);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	close(modules);
	close(dev);
	tree_drop(root);
	return 0;
}

/* "FILE:NUMBER NAME, ..." of every line. */
static const char *
read_all(void)
{
	static char all[8192];
	size_t len = 0;

	conf = modprobed_read(root, modules);
	all[0] = '\0';
	for (unsigned i = 0; i < conf->count; i++)
		len += (size_t)snprintf(all + len, sizeof all - len,
			"%s:%u %s, ", conf->line[i].file, conf->line[i].number,
			conf->line[i].name);
	return all;
}

static const char *
said(void)
{
	static char log[2048];
	struct err e;

	assert_true(file_read(dev, "kmsg", log, sizeof log, &e) >= 0);
	return log;
}

static void
no_files_no_lines(void **state)
{
	(void)state;
	assert_string_equal(read_all(), "");
	tree_sh("mkdir -p etc/modprobe.d usr/lib/modprobe.d");
	assert_string_equal(read_all(), "");
	assert_string_equal(said(), "");
}

static void
first_directory_has_the_name_and_names_are_sorted(void **state)
{
	(void)state;
	tree_put("etc/modprobe.d/c.conf", "blacklist ce\n");
	tree_put("run/modprobe.d/c.conf", "blacklist cr\n");
	tree_put("run/modprobe.d/z.conf", "blacklist zr\n");
	tree_put("usr/local/lib/modprobe.d/z.conf", "blacklist zl\n");
	tree_put("usr/local/lib/modprobe.d/b.conf", "blacklist bl\n");
	tree_put("usr/lib/modprobe.d/a.conf", "\nblacklist au\n");
	tree_put("lib/modprobe.d/a.conf", "blacklist al\n");
	tree_put("lib/modprobe.d/y.conf", "blacklist yl\n");
	tree_put("lib/m/modules.softdep", "softdep s pre: t\n");
	assert_string_equal(read_all(), "usr/lib/modprobe.d/a.conf:2 au, "
		"usr/local/lib/modprobe.d/b.conf:1 bl, "
		"etc/modprobe.d/c.conf:1 ce, modules.softdep:1 s, "
		"lib/modprobe.d/y.conf:1 yl, run/modprobe.d/z.conf:1 zr, ");
	/* and again, as after a question */
	assert_int_equal(strlen(read_all()), 175);
	assert_int_equal(conf->count, 6);
}

static void
other_names_are_passed_over(void **state)
{
	(void)state;
	tree_put("etc/modprobe.d/a", "blacklist a\n");
	tree_put("etc/modprobe.d/.b.conf", "blacklist b\n");
	tree_put("etc/modprobe.d/.conf", "blacklist c\n");
	tree_put("etc/modprobe.d/d.conf.bak", "blacklist d\n");
	tree_put("etc/modprobe.d/e.conf/f.conf", "blacklist f\n");
	tree_put("etc/modprobe.d/modules.softdep", "blacklist g\n");
	assert_string_equal(read_all(), "");
	assert_string_equal(said(), "");
}

static void
what_cannot_be_read_is_said_and_the_rest_counts(void **state)
{
	(void)state;
	tree_put("etc/modprobe.d/a.conf", "blacklist a\n");
	tree_sh("ln -s nowhere etc/modprobe.d/b.conf");
	tree_sh("yes 'blacklist c' | head -n 9000 >etc/modprobe.d/c.conf");
	tree_put("etc/modprobe.d/d.conf", "oops d\nblacklist d\n");
	assert_string_equal(read_all(), "etc/modprobe.d/a.conf:1 a, "
		"etc/modprobe.d/d.conf:2 d, ");
	assert_string_equal(said(),
		"<4>linuxrc: etc/modprobe.d/b.conf: No such file or "
		"directory\n"
		"<4>linuxrc: etc/modprobe.d/c.conf is not used: the files of "
		"modprobe.d are longer than 65536 bytes\n"
		"<4>linuxrc: etc/modprobe.d/d.conf:1: no command of "
		"modprobe.d(5): \"oops\"\n");
}

static void
more_files_than_fit_are_said(void **state)
{
	(void)state;
	tree_sh("mkdir -p etc/modprobe.d && cd etc/modprobe.d && for i in "
		"$(seq 100 229); do echo blacklist m >$i.conf; done");
	read_all();
	assert_int_equal(conf->count, MODPROBED_FILES_MAX - 1);
	assert_non_null(strstr(said(), " is not read: there are more than 128 "
		"files\n"));
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(no_files_no_lines),
		T(first_directory_has_the_name_and_names_are_sorted),
		T(other_names_are_passed_over),
		T(what_cannot_be_read_is_said_and_the_rest_counts),
		T(more_files_than_fit_are_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
