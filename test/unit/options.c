/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/options: which word sets which option, and what is said about
 * a bad one.
 */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "opttaken.h"

static void
the_kernels_words_are_taken_as_the_kernel_does(void **state)
{
	(void)state;
	assert_int_equal(take(CONTRACT_INITRAMFS, "root=\"LABEL=my disk\" "
		"rootfstype=ext4,xfs rootflags=subvol=@ rw init=/bin/sh "
		"rootdelay=0x10 panic=-7 nfsroot=/srv,v3 ip=dhcp quiet"), 0);
	assert_string_equal(o.root, "LABEL=my disk");
	assert_string_equal(o.rootfstype, "ext4,xfs");
	assert_string_equal(o.rootflags, "subvol=@");
	assert_true(o.rw);
	assert_string_equal(o.init, "/bin/sh");
	assert_int_equal(o.rootdelay_s, 16);
	assert_int_equal(o.panic_s, -1);
	assert_string_equal(o.nfsroot, "/srv,v3");
	assert_string_equal(o.nfsaddrs, "dhcp");
	assert_string_equal(o.unknown, "");
}

static void
the_last_word_wins(void **state)
{
	(void)state;
	take(CONTRACT_INITRAMFS, "root=/dev/a rw root=/dev/b ro init=/a "
		"init= nfsroot=1 nfs-root-name=2");
	assert_string_equal(o.root, "/dev/b");
	assert_false(o.rw);
	assert_string_equal(o.init, "");
	assert_string_equal(o.nfsroot, "2");
}

static void
words_after_a_double_dash_are_inits(void **state)
{
	(void)state;
	take(CONTRACT_INITRAMFS, "root=/dev/a -- root=/dev/b rw");
	assert_string_equal(o.root, "/dev/a");
	assert_false(o.rw);
}

static void
words_with_another_end_are_not_the_kernels(void **state)
{
	(void)state;
	assert_int_equal(take(CONTRACT_INITRAMFS, "ro rw=1 rwx root init "
		"rootwaits=3 roots=/dev/a x.root=/dev/a rootdelay"), 0);
	assert_false(o.rw);
	assert_string_equal(o.root, "");
	assert_int_equal(o.rootwait_s, NOT_GIVEN);
	assert_string_equal(o.unknown, "");
}

static void
rootwait_has_no_limit_or_the_given_one(void **state)
{
	(void)state;
	assert_int_equal(take(CONTRACT_INITRAMFS, "quiet"), 0);
	assert_int_equal(o.rootwait_s, NOT_GIVEN);
	assert_int_equal(take(CONTRACT_INITRAMFS, "rootwait"), 0);
	assert_int_equal(o.rootwait_s, WAIT_FOREVER);
	assert_int_equal(take(CONTRACT_RAM0, "rootwait rootwait=5"), 0);
	assert_int_equal(o.rootwait_s, 5);
	assert_int_equal(take(CONTRACT_INITRAMFS, "rootwait=0"), 0);
	assert_int_equal(o.rootwait_s, 0);
}

static void
a_bad_rootwait_has_no_limit_and_is_said(void **state)
{
	static const char *const bad[] = { "rootwait=", "rootwait=5s",
		"rootwait=-1", "rootwait=2147484", "rootwait=9999999999" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(take(CONTRACT_INITRAMFS, bad[i]), -1);
		expect_said("must be a number from 0 to 2147483");
		assert_int_equal(o.rootwait_s, WAIT_FOREVER);
		assert_int_equal(o.origin[OPT_ROOTWAIT], ORIGIN_CMDLINE);
	}
}

static void
a_bad_rootdelay_is_0_and_is_said(void **state)
{
	(void)state;
	assert_int_equal(take(CONTRACT_INITRAMFS, "rootdelay=5 rootdelay=x"),
		-1);
	expect_said("rootdelay=x: must be a number");
	assert_int_equal(o.rootdelay_s, 0);
}

static void
a_relative_init_is_taken_from_the_root(void **state)
{
	(void)state;
	take(CONTRACT_INITRAMFS, "init=bin/sh");
	assert_string_equal(o.init, "/bin/sh");
}

static void
our_words_have_their_values(void **state)
{
	(void)state;
	assert_int_equal(take(CONTRACT_RAM0, "linuxrc.handover=change_root "
		"linuxrc.initrd=free linuxrc.putold=mnt/old "
		"linuxrc.onfail=exit linuxrc.coldplug=all linuxrc.timeout=9 "
		"linuxrc.debug linuxrc.explain"), 0);
	assert_int_equal(o.handover, HANDOVER_CHANGE_ROOT);
	assert_true(o.initrd_free);
	assert_string_equal(o.putold, "mnt/old");
	assert_int_equal(o.onfail, ONFAIL_EXIT);
	assert_int_equal(o.coldplug, COLDPLUG_ALL);
	assert_int_equal(o.timeout_s, 9);
	assert_true(o.debug);
	assert_true(o.explain);
	take(CONTRACT_RAM0, "linuxrc.coldplug=all linuxrc.nomodules");
	assert_int_equal(o.coldplug, COLDPLUG_NONE);
	take(CONTRACT_RAM0, "linuxrc.initrd=free linuxrc.initrd=keep");
	assert_false(o.initrd_free);
}

static void
every_policy_has_its_word(void **state)
{
	static const char *const words[] = { "dialog", "shell", "reboot",
		"poweroff", "halt", "exit" };
	char text[64];

	(void)state;
	for (int i = ONFAIL_DIALOG; i <= ONFAIL_EXIT; i++) {
		snprintf(text, sizeof(text), "linuxrc.onfail=%s", words[i]);
		assert_int_equal(take(CONTRACT_RAM0, text), 0);
		assert_int_equal(o.onfail, i);
	}
}

static void
a_bad_value_is_said_and_changes_nothing(void **state)
{
	(void)state;
	assert_int_equal(take(CONTRACT_RAM0, "linuxrc.onfail=halt "
		"linuxrc.onfail=hal linuxrc.timeout=-3 panic=x"), -1);
	assert_string_equal(e.text, "linuxrc.onfail=hal: must be one of "
		"dialog|shell|reboot|poweroff|halt|exit (and 2 more)");
	assert_int_equal(o.onfail, ONFAIL_HALT);
	assert_int_equal(o.timeout_s, NOT_GIVEN);
	assert_int_equal(o.panic_s, NOT_GIVEN);
	assert_int_equal(take(CONTRACT_RAM0, "linuxrc.onfail="), -1);
	assert_int_equal(take(CONTRACT_RAM0, "linuxrc.onfail=halt|exit"), -1);
}

static void
putold_is_a_path_below_the_root(void **state)
{
	static const char *const bad[] = { "", "/initrd", "..", "a/../b",
		"a/", "a//b", ".", "./a" };
	char text[64];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		snprintf(text, sizeof(text), "linuxrc.putold=%s", bad[i]);
		assert_int_equal(take(CONTRACT_RAM0, text), -1);
		expect_said("directory below the real root");
		assert_string_equal(o.putold, "initrd");
	}
	assert_int_equal(take(CONTRACT_RAM0, "linuxrc.putold=..a/.b"), 0);
	assert_string_equal(o.putold, "..a/.b");
}

static void
a_value_that_is_too_long_names_the_limit(void **state)
{
	char text[ROOT_TEXT_SIZE + 32] = "root=/dev/a root=";

	(void)state;
	memset(text + strlen(text), 'x', ROOT_TEXT_SIZE);
	assert_int_equal(take(CONTRACT_INITRAMFS, text), -1);
	expect_said("root=xxxx");
	expect_said("...: longer than 1023 bytes");
	assert_string_equal(o.root, "/dev/a");
	text[12 + 5 + ROOT_TEXT_SIZE - 1] = '\0';
	assert_int_equal(take(CONTRACT_INITRAMFS, text), 0);
	assert_int_equal(strlen(o.root), ROOT_TEXT_SIZE - 1);
}

static void
unknown_words_of_ours_are_listed(void **state)
{
	(void)state;
	assert_int_equal(take(CONTRACT_RAM0, "linuxrc.foo=1 bar=2 "
		"linuxrc.overlays=tmpfs linuxrc.debug=1 linuxrc.root"), 0);
	assert_string_equal(o.unknown, "linuxrc.foo= linuxrc.overlays= "
		"linuxrc.debug= linuxrc.root");
	assert_false(o.debug);
}

static void
layers_of_the_root_are_options_of_ours(void **state)
{
	(void)state;
	assert_int_equal(take(CONTRACT_INITRAMFS, "image=/a overlay=tmpfs"),
		0);
	assert_string_equal(o.image, "");
	assert_false(o.overlay);
	assert_int_equal(take(CONTRACT_INITRAMFS, "linuxrc.image=/a#1:ext4 "
		"linuxrc.overlay=tmpfs"), 0);
	assert_string_equal(o.image, "/a#1:ext4");
	assert_true(o.overlay);
	assert_int_equal(take(CONTRACT_INITRAMFS, "linuxrc.image= "
		"linuxrc.overlay=none"), 0);
	assert_string_equal(o.image, "");
	assert_false(o.overlay);
	assert_int_equal(take(CONTRACT_INITRAMFS, "linuxrc.overlay=ram"), -1);
	expect_said("linuxrc.overlay=ram: must be one of none|tmpfs");
}

static void
words_for_modules_are_known_everywhere(void **state)
{
	(void)state;
	options_defaults(&o);
	assert_int_equal(options_take(&o, "virtio_blk.queue_depth=16 "
		"module_blacklist=a modprobe.blacklist=b", ORIGIN_DIALOG,
		CONTRACT_RAM0, &e), 0);
	assert_string_equal(o.unknown, "");
	assert_string_equal(o.module_words, "");
	assert_int_equal(options_take(&o, "linuxrc.modules=a,b", ORIGIN_DIALOG,
		CONTRACT_RAM0, &e), 0);
	assert_string_equal(o.modules, "a,b");
}

static void
too_many_unknown_words_are_said(void **state)
{
	char text[2 * UNKNOWN_SIZE] = "linuxrc.a ";

	(void)state;
	memcpy(text + 10, "linuxrc.", 8);
	memset(text + 18, 'x', UNKNOWN_SIZE);
	assert_int_equal(take(CONTRACT_RAM0, text), -1);
	assert_string_equal(o.unknown, "linuxrc.a");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			the_kernels_words_are_taken_as_the_kernel_does),
		cmocka_unit_test(the_last_word_wins),
		cmocka_unit_test(words_after_a_double_dash_are_inits),
		cmocka_unit_test(words_with_another_end_are_not_the_kernels),
		cmocka_unit_test(rootwait_has_no_limit_or_the_given_one),
		cmocka_unit_test(a_bad_rootwait_has_no_limit_and_is_said),
		cmocka_unit_test(a_bad_rootdelay_is_0_and_is_said),
		cmocka_unit_test(a_relative_init_is_taken_from_the_root),
		cmocka_unit_test(our_words_have_their_values),
		cmocka_unit_test(every_policy_has_its_word),
		cmocka_unit_test(a_bad_value_is_said_and_changes_nothing),
		cmocka_unit_test(putold_is_a_path_below_the_root),
		cmocka_unit_test(a_value_that_is_too_long_names_the_limit),
		cmocka_unit_test(unknown_words_of_ours_are_listed),
		cmocka_unit_test(layers_of_the_root_are_options_of_ours),
		cmocka_unit_test(words_for_modules_are_known_everywhere),
		cmocka_unit_test(too_many_unknown_words_are_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
