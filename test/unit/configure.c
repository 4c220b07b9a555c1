/* SPDX-License-Identifier: MIT */
/*
 * Tests of configure over a fixture tree: the order of the sources, and what
 * becomes of a source that is damaged: a sentence, and all else still counts.
 */
#include "unit.h"

#include "configure.h"
#include "lib/file.h"
#include "lib/log.h"
#include "lib/options.h"

#include "tree.h"

static struct boot boot;
static struct places at;
static struct err e;
static char said[16384];

static int
setup(void **state)
{
	(void)state;
	at.root = tree_copy("other");
	tree_sh("mkdir -p proc dev etc/linuxrc.d && touch dev/kmsg");
	at.proc = openat(at.root, "proc", O_RDONLY | O_CLOEXEC);
	at.dev = openat(at.root, "dev", O_RDONLY | O_CLOEXEC);
	log_open(at.dev);
	memset(&boot, 0, sizeof boot);
	boot.contract = CONTRACT_INITRAMFS;
	e.text[0] = '\0';
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	log_open(-1);
	close(at.proc);
	close(at.dev);
	tree_drop(at.root);
	return 0;
}

static int
configure(void)
{
	int result = configure_read(&boot, &at, &e);

	assert_true(file_read(at.dev, "kmsg", said, sizeof said, &e) >= 0 ||
		result < 0);
	return result;
}

static void
the_last_source_wins(void **state)
{
	(void)state;
	tree_put("etc/linuxrc.conf", "root=/dev/a init=/a rw panic=1\n");
	tree_put("etc/linuxrc.d/20-b", "root=/dev/c init=/c\n");
	tree_put("etc/linuxrc.d/10-a", "root=/dev/b init=/b rootdelay=1\n");
	tree_put("etc/linuxrc.d/.hidden", "root=/dev/hidden\n");
	tree_put("proc/cmdline", "root=/dev/d quiet\n");
	strcpy(boot.typed, "panic=7");
	assert_int_equal(configure(), 0);
	assert_string_equal(boot.options.root, "/dev/d");
	assert_string_equal(boot.options.init, "/c");
	assert_int_equal(boot.options.rootdelay_s, 1);
	assert_true(boot.options.rw);
	assert_int_equal(boot.panic_s, 7);
	assert_string_equal(boot.cmdline, "root=/dev/d quiet");
	assert_string_equal(said, "");
}

static void
a_file_with_garbage_says_so_and_the_rest_counts(void **state)
{
	(void)state;
	tree_sh("{ printf 'root=\"unended\\r\\n\\0\\0\\377\\376rw\\r\\n'; "
		"head -c 3000 /dev/zero; printf 'init=/b\\r\\n'; } "
		">etc/linuxrc.conf");
	tree_put("proc/cmdline", "root=/dev/d\n");
	assert_int_equal(configure(), 0);
	assert_string_equal(boot.options.root, "/dev/d");
	assert_string_equal(boot.options.init, "/b");
}

static void
a_file_that_is_too_long_says_so_and_the_rest_counts(void **state)
{
	(void)state;
	tree_sh("{ echo root=/dev/long; head -c 100000 /dev/zero | "
		"tr '\\0' '#'; } >etc/linuxrc.conf");
	tree_put("proc/cmdline", "root=/dev/d\n");
	assert_int_equal(configure(), 0);
	assert_string_equal(boot.options.root, "/dev/d");
	assert_non_null(strstr(said, "etc/linuxrc.conf is longer than 65535 "
		"bytes"));
}

static void
a_command_line_of_100_kilobytes_is_asked_about(void **state)
{
	(void)state;
	tree_sh("{ printf 'root=/dev/d '; head -c 100000 /dev/zero | "
		"tr '\\0' 'x'; } >proc/cmdline");
	tree_put("etc/linuxrc.conf", "root=/dev/a\n");
	assert_int_equal(configure(), -1);
	assert_non_null(strstr(e.text, "cmdline is longer than 36863 bytes"));
	strcpy(boot.typed, "root=/dev/typed");
	assert_int_equal(configure(), 0);
	assert_string_equal(boot.options.root, "/dev/typed");
	assert_non_null(strstr(said, "cmdline is longer than 36863 bytes"));
}

static void
a_faulty_word_is_said_and_the_others_count(void **state)
{
	(void)state;
	tree_put("proc/cmdline", "rootwait=x root=/dev/d linuxrc.nonsense=1\n");
	assert_int_equal(configure(), 0);
	assert_string_equal(boot.options.root, "/dev/d");
	assert_non_null(strstr(said, "rootwait"));
	assert_non_null(strstr(said, "linuxrc.nonsense"));
}

static void
real_root_dev_counts_when_nothing_else_does(void **state)
{
	(void)state;
	boot.contract = CONTRACT_LINUXRC;
	tree_put("proc/cmdline", "quiet\n");
	tree_put("proc/sys/kernel/real-root-dev", "-1048575\n");
	assert_int_equal(configure(), 0);
	assert_string_equal(boot.options.root, "0xfff00001");
	assert_int_equal(boot.options.origin[OPT_ROOT], ORIGIN_KERNEL);
	tree_put("proc/sys/kernel/real-root-dev", "8:1\n");
	assert_int_equal(configure(), 0);
	assert_string_equal(boot.options.root, "");
	boot.contract = CONTRACT_INITRAMFS;
	tree_put("proc/sys/kernel/real-root-dev", "2049\n");
	assert_int_equal(configure(), 0);
	assert_string_equal(boot.options.root, "");
}

static void
after_linuxrc_the_words_mean_what_they_meant_to_it(void **state)
{
	(void)state;
	boot.contract = CONTRACT_RAM0;
	tree_put("proc/cmdline", "root=/dev/a rw init=/a\n");
	tree_put("proc/sys/kernel/real-root-dev", "0\n");
	assert_int_equal(configure(), 0);
	assert_string_equal(boot.options.root, "");
	tree_put("proc/sys/kernel/real-root-dev", "256\n");
	assert_int_equal(configure(), 0);
	assert_string_equal(boot.options.root, "/dev/a");
	assert_true(boot.options.rw);
	assert_string_equal(boot.options.init, "/a");
}

static void
panic_is_the_kernels_unless_it_is_given(void **state)
{
	(void)state;
	tree_put("proc/cmdline", "quiet\n");
	tree_put("proc/sys/kernel/panic", "30\n");
	assert_int_equal(configure(), 0);
	assert_int_equal(boot.panic_s, 30);
	tree_put("proc/sys/kernel/panic", "forever\n");
	assert_int_equal(configure(), 0);
	assert_int_equal(boot.panic_s, 0);
	tree_put("proc/cmdline", "panic=-1\n");
	assert_int_equal(configure(), 0);
	assert_int_equal(boot.panic_s, -1);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(the_last_source_wins),
		T(a_file_with_garbage_says_so_and_the_rest_counts),
		T(a_file_that_is_too_long_says_so_and_the_rest_counts),
		T(a_command_line_of_100_kilobytes_is_asked_about),
		T(a_faulty_word_is_said_and_the_others_count),
		T(real_root_dev_counts_when_nothing_else_does),
		T(after_linuxrc_the_words_mean_what_they_meant_to_it),
		T(panic_is_the_kernels_unless_it_is_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
