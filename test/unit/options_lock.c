/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/options: linuxrc.lock, and every word that would be a way
 * round it.
 */
#include "unit.h"

#include <string.h>

#include "lib/options.h"

static struct boot_options o;
static struct err e;

static int
take_conf(const char *text)
{
	options_defaults(&o);
	return options_take_conf(&o, text, strlen(text), CONTRACT_INITRAMFS,
		&e);
}

static int
take(const char *words, enum origin origin)
{
	return options_take(&o, words, origin, CONTRACT_INITRAMFS, &e);
}

static void
no_word_of_the_command_line_is_a_way_round(void **state)
{
	static const char *const words[] = {
		"root=/dev/b", "linuxrc.root=/dev/b", "real_root=/dev/b",
		"linuxrc.rootfallback=/dev/b", "rootfstype=9p",
		"rootflags=subvol=b", "rw", "init=/bin/sh",
		"linuxrc.init=/bin/sh", "linuxrc.image=/b",
		"linuxrc.overlay=tmpfs", "resume=/dev/b", "resume_offset=1",
		"nfsroot=b", "ip=dhcp", "linuxrc.handover=change_root",
		"linuxrc.initrd=free", "linuxrc.putold=etc",
		"linuxrc.coldplug=all", "linuxrc.nomodules",
		"linuxrc.modules=b", "linuxrc.onfail=shell",
		"linuxrc.onfail=exit", "linuxrc.compat=/b",
		"linuxrc.ramdisk=brd", "linuxrc.watchdog=keep",
		"linuxrc.rescue",
	};
	static struct boot_options before;

	(void)state;
	for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++) {
		assert_int_equal(take_conf("linuxrc.lock root=/dev/a"), 0);
		before = o;
		assert_int_equal(take(words[i], ORIGIN_CMDLINE), 0);
		assert_string_equal(o.refused, words[i]);
		before.modules_refused = o.modules_refused;
		strcpy(before.refused, o.refused);
		assert_memory_equal(&before, &o, sizeof o);
	}
}

static void
what_changes_nothing_and_what_is_harmless_counts(void **state)
{
	(void)state;
	take_conf("linuxrc.lock root=/dev/a init=/sbin/a "
		"linuxrc.rootfallback=/dev/c rw\n");
	assert_int_equal(take("root=/dev/a rw init=/sbin/a rootwait=5 panic=9 "
		"rootdelay=3 linuxrc.timeout=4 linuxrc.debug "
		"linuxrc.onfail=poweroff quiet noresume "
		"linuxrc.ui=line", ORIGIN_CMDLINE), 0);
	assert_string_equal(o.refused, "");
	assert_string_equal(o.root, "/dev/a");
	assert_int_equal(o.rootwait_s, 5);
	assert_int_equal(o.panic_s, 9);
	assert_int_equal(o.timeout_s, 4);
	assert_int_equal(o.onfail, ONFAIL_POWEROFF);
	assert_true(o.noresume && o.debug);
	assert_int_equal(o.fallbacks, 1);
}

static void
every_refused_word_is_named(void **state)
{
	char text[2 * REFUSED_SIZE] = "";

	(void)state;
	take_conf("root=/dev/a\nlinuxrc.lock\nrw");
	take("root=/dev/b ro x.y=z linuxrc.lock init=/bin/sh", ORIGIN_CMDLINE);
	assert_string_equal(o.refused, "root=/dev/b ro init=/bin/sh");
	assert_true(o.modules_refused);
	assert_string_equal(o.root, "/dev/a");
	assert_true(o.rw);
	for (unsigned i = 0; i < 80; i++)
		strcat(text, "root=/dev/b ");
	assert_int_equal(take(text, ORIGIN_CMDLINE), -1);
	assert_non_null(strstr(e.text, "refused, as too many others are"));
}

static void
lock_counts_for_later_texts_only(void **state)
{
	(void)state;
	take_conf("root=/dev/a");
	/* who locks a command line wrote all of it */
	assert_int_equal(take("root=/dev/b linuxrc.lock init=/b",
		ORIGIN_CMDLINE), 0);
	assert_string_equal(o.root, "/dev/b");
	assert_string_equal(o.init, "/b");
	assert_string_equal(o.refused, "");
	assert_int_equal(take("root=/dev/c linuxrc.lock", ORIGIN_DIALOG), 0);
	assert_string_equal(o.root, "/dev/b");
	assert_string_equal(o.refused, "root=/dev/c");
}

static void
init_that_the_kernel_would_run_is_remembered(void **state)
{
	(void)state;
	take_conf("linuxrc.lock root=/dev/a");
	options_take(&o, "init=/bin/sh", ORIGIN_CMDLINE, CONTRACT_LINUXRC, &e);
	assert_true(o.init_refused);
	take_conf("linuxrc.lock root=/dev/a");
	options_take(&o, "root=/dev/ram0 init=/linuxrc rw", ORIGIN_CMDLINE,
		CONTRACT_RAM0, &e);
	assert_false(o.init_refused);
	assert_string_equal(o.refused, "");	/* the initrd's own */
}

#define T(test) cmocka_unit_test(test)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		T(no_word_of_the_command_line_is_a_way_round),
		T(what_changes_nothing_and_what_is_harmless_counts),
		T(every_refused_word_is_named),
		T(lock_counts_for_later_texts_only),
		T(init_that_the_kernel_would_run_is_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
