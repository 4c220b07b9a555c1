/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/options: which of the kernel's words mean the initrd under
 * which contract, and which of two words beats the other.
 */
#include "unit.h"

#include <string.h>

#include "opttaken.h"

static void
ram0_leaves_the_initrds_words_alone(void **state)
{
	(void)state;
	assert_int_equal(take(CONTRACT_RAM0, "root=/dev/ram0 init=/linuxrc rw "
		"rootflags=a rootfstype=ext2 rootwait"), 0);
	assert_string_equal(o.root, "");
	assert_string_equal(o.init, "");
	assert_false(o.rw);
	assert_string_equal(o.rootflags, "");
	assert_string_equal(o.rootfstype, "");
	assert_int_equal(o.origin[OPT_ROOT], ORIGIN_DEFAULT);
	assert_int_equal(o.rootwait_s, WAIT_FOREVER);
}

static void
ram0_has_words_for_the_real_root(void **state)
{
	(void)state;
	take(CONTRACT_RAM0, "root=/dev/ram0 init=/linuxrc rw "
		"linuxrc.root=UUID=1 linuxrc.init=/sbin/i linuxrc.ro "
		"linuxrc.rootflags=a linuxrc.rootfstype=xfs");
	assert_string_equal(o.root, "UUID=1");
	assert_string_equal(o.init, "/sbin/i");
	assert_false(o.rw);
	assert_string_equal(o.rootflags, "a");
	assert_string_equal(o.rootfstype, "xfs");
	take(CONTRACT_RAM0, "real-root=UUID=2 real_init=/i real_rw "
		"real_rootflags=b real_rootfstype=ext4");
	assert_string_equal(o.root, "UUID=2");
	assert_string_equal(o.init, "/i");
	assert_true(o.rw);
	assert_string_equal(o.rootflags, "b");
	assert_string_equal(o.rootfstype, "ext4");
}

static void
linuxrc_takes_the_kernels_words_for_the_real_root(void **state)
{
	(void)state;
	take(CONTRACT_LINUXRC, "root=/dev/vda1 init=/bin/sh rw rootflags=a "
		"rootfstype=ext2");
	assert_string_equal(o.root, "/dev/vda1");
	assert_string_equal(o.init, "/bin/sh");
	assert_true(o.rw);
	assert_string_equal(o.rootflags, "a");
	assert_string_equal(o.rootfstype, "ext2");
	take(CONTRACT_LINUXRC, "linuxrc.rootfstype=xfs rootfstype=ext2");
	assert_string_equal(o.rootfstype, "xfs");
}

static void
linuxrc_cannot_choose_init_and_says_so(void **state)
{
	(void)state;
	assert_int_equal(take(CONTRACT_LINUXRC, "linuxrc.init=/i"), -1);
	expect_said("linuxrc.init=/i: the kernel itself starts init");
	assert_int_equal(take(CONTRACT_LINUXRC, "real_init=/i"), -1);
	assert_int_equal(options_take(&o, "init=/i", ORIGIN_DIALOG,
		CONTRACT_LINUXRC, &e), -1);
	assert_string_equal(o.init, "");
}

static void
the_initrd_and_linuxrc_are_not_the_real_ones(void **state)
{
	(void)state;
	assert_int_equal(take(CONTRACT_LINUXRC, "root=/dev/ram0 root=/dev/ram "
		"init=/linuxrc init=/boot/linuxrc init=linuxrc"), 0);
	assert_string_equal(o.root, "");
	assert_string_equal(o.init, "");
	take(CONTRACT_LINUXRC, "init=/xlinuxrc");
	assert_string_equal(o.init, "/xlinuxrc");
	assert_int_equal(take(CONTRACT_RAM0, "linuxrc.init=/linuxrc"), -1);
	expect_said("linuxrc is no init");
	assert_int_equal(take_conf("root=/dev/ram0"), -1);
	expect_said("the initrd is not the real root");
	take(CONTRACT_INITRAMFS, "root=/dev/ram0 init=/linuxrc");
	assert_string_equal(o.root, "/dev/ram0");
	assert_string_equal(o.init, "/linuxrc");
}

static void
a_prefixed_word_beats_the_bare_one_of_its_text(void **state)
{
	(void)state;
	take(CONTRACT_INITRAMFS, "linuxrc.root=/dev/a root=/dev/b");
	assert_string_equal(o.root, "/dev/a");
	take(CONTRACT_INITRAMFS, "root=/dev/b real_root=/dev/c");
	assert_string_equal(o.root, "/dev/c");
	take(CONTRACT_INITRAMFS, "linuxrc.ro rw");
	assert_false(o.rw);
}

static void
a_later_text_beats_an_earlier_one(void **state)
{
	(void)state;
	take_conf("linuxrc.root=/dev/a rw");
	assert_int_equal(o.origin[OPT_ROOT], ORIGIN_FILE);
	options_take(&o, "root=/dev/b", ORIGIN_CMDLINE, CONTRACT_INITRAMFS,
		&e);
	assert_string_equal(o.root, "/dev/b");
	assert_int_equal(o.origin[OPT_ROOT], ORIGIN_CMDLINE);
	assert_int_equal(o.origin[OPT_RW], ORIGIN_FILE);
	options_take(&o, "root=/dev/c", ORIGIN_DIALOG, CONTRACT_RAM0, &e);
	assert_string_equal(o.root, "/dev/c");
	assert_int_equal(o.origin[OPT_ROOT], ORIGIN_DIALOG);
	assert_int_equal(o.origin[OPT_INIT], ORIGIN_DEFAULT);
}

static void
fallbacks_add_up_within_a_source(void **state)
{
	(void)state;
	options_defaults(&o);
	options_take_conf(&o, "linuxrc.rootfallback=/dev/a\n", 28,
		CONTRACT_RAM0, &e);
	options_take_conf(&o, "linuxrc.rootfallback=/dev/b\n", 28,
		CONTRACT_RAM0, &e);
	assert_int_equal(o.fallbacks, 2);
	assert_string_equal(o.rootfallback[0], "/dev/a");
	assert_string_equal(o.rootfallback[1], "/dev/b");
	assert_int_equal(o.origin[OPT_ROOTFALLBACK], ORIGIN_FILE);
	/* the command line takes the place of all of them */
	options_take(&o, "linuxrc.rootfallback=\"LABEL=my disk\" root=/dev/x "
		"linuxrc.rootfallback=8:1", ORIGIN_CMDLINE, CONTRACT_RAM0,
		&e);
	assert_int_equal(o.fallbacks, 2);
	assert_string_equal(o.rootfallback[0], "LABEL=my disk");
	assert_string_equal(o.rootfallback[1], "8:1");
	options_take(&o, "linuxrc.rootfallback=", ORIGIN_DIALOG,
		CONTRACT_RAM0, &e);
	assert_int_equal(o.fallbacks, 0);
	options_take(&o, "linuxrc.rootfallback=/dev/c "
		"linuxrc.rootfallback=/dev/d", ORIGIN_DIALOG, CONTRACT_RAM0,
		&e);
	assert_int_equal(o.fallbacks, 2);
	assert_string_equal(o.rootfallback[1], "/dev/d");
}

static void
fallbacks_have_a_limit_and_a_length(void **state)
{
	char word[ROOT_TEXT_SIZE + 32] = "linuxrc.rootfallback=";
	size_t len = strlen(word);

	(void)state;
	options_defaults(&o);
	memset(word + len, 'x', ROOT_TEXT_SIZE);
	assert_int_equal(options_take(&o, word, ORIGIN_CMDLINE,
		CONTRACT_RAM0, &e), -1);
	assert_non_null(strstr(e.text, "longer than 1023 bytes"));
	assert_int_equal(o.fallbacks, 0);
	word[len + ROOT_TEXT_SIZE - 1] = '\0';
	for (unsigned i = 0; i < FALLBACKS_MAX; i++)
		assert_int_equal(options_take(&o, word, ORIGIN_CMDLINE,
			CONTRACT_RAM0, &e), 0);
	assert_int_equal(options_take(&o, word, ORIGIN_CMDLINE,
		CONTRACT_RAM0, &e), -1);
	assert_non_null(strstr(e.text, "more than 7 fallbacks"));
	assert_int_equal(o.fallbacks, FALLBACKS_MAX);
	assert_int_equal(strlen(o.rootfallback[FALLBACKS_MAX - 1]),
		ROOT_TEXT_SIZE - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ram0_leaves_the_initrds_words_alone),
		cmocka_unit_test(ram0_has_words_for_the_real_root),
		cmocka_unit_test(
			linuxrc_takes_the_kernels_words_for_the_real_root),
		cmocka_unit_test(linuxrc_cannot_choose_init_and_says_so),
		cmocka_unit_test(the_initrd_and_linuxrc_are_not_the_real_ones),
		cmocka_unit_test(
			a_prefixed_word_beats_the_bare_one_of_its_text),
		cmocka_unit_test(a_later_text_beats_an_earlier_one),
		cmocka_unit_test(fallbacks_add_up_within_a_source),
		cmocka_unit_test(fallbacks_have_a_limit_and_a_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
