/* SPDX-License-Identifier: MIT */
/*
 * The boot loader's line with what was typed, and an option as its word.
 */
#include "unit.h"

#include <string.h>

#include "lib/optline.h"
#include "lib/options.h"
#include "lib/optshow.h"

static char line[256];

static const char *
correct(const char *cmdline, const char *typed, enum contract contract)
{
	assert_int_equal(optline_correct(cmdline, typed, contract, line,
		sizeof line), 0);
	return line;
}

static void
typed_word_takes_the_place_of_the_wrong_one(void **state)
{
	(void)state;
	assert_string_equal(correct("BOOT_IMAGE=/vmlinuz root=/dev/vdx ro "
		"quiet", "root=/dev/vda", CONTRACT_INITRAMFS),
		"BOOT_IMAGE=/vmlinuz ro quiet root=/dev/vda");
	/* however it is spelt, and whatever sets the same option */
	assert_string_equal(correct("linuxrc.root=/dev/vdx ro a.b=c",
		"root=UUID=1 rw", CONTRACT_INITRAMFS),
		"a.b=c root=UUID=1 rw");
	assert_string_equal(correct("", "root=/dev/vda", CONTRACT_INITRAMFS),
		"root=/dev/vda");
}

static void
later_of_two_typed_words_counts(void **state)
{
	(void)state;
	assert_string_equal(correct("root=a ro", "root=b init=/x root=c "
		"virtio_blk.num=1", CONTRACT_INITRAMFS),
		"ro init=/x root=c virtio_blk.num=1");
	assert_string_equal(correct("root=a", "linuxrc.rootfallback=b "
		"linuxrc.rootfallback=c", CONTRACT_INITRAMFS),
		"root=a linuxrc.rootfallback=b linuxrc.rootfallback=c");
	assert_string_equal(correct("ip=dhcp", "ip=:::::eth0:dhcp "
		"ip=:::::eth1:dhcp", CONTRACT_INITRAMFS),
		"ip=:::::eth0:dhcp ip=:::::eth1:dhcp");
}

static void
what_belongs_to_init_stays_behind_its_dashes(void **state)
{
	(void)state;
	assert_string_equal(correct("root=a word -- root=x last", "root=b",
		CONTRACT_LINUXRC), "word root=b -- root=x last");
}

static void
under_ram0_the_kernels_own_word_stays_the_initrds(void **state)
{
	(void)state;
	assert_string_equal(correct("root=/dev/ram0 init=/linuxrc rw "
		"real_root=/dev/vdx", "root=/dev/vda ro panic=5",
		CONTRACT_RAM0), "root=/dev/ram0 init=/linuxrc rw "
		"linuxrc.root=/dev/vda linuxrc.ro panic=5");
}

static void
quotes_stay_as_they_are(void **state)
{
	(void)state;
	assert_string_equal(correct("a=\"b c\" root=\"LABEL=x y\"",
		"root=\"LABEL=my disk\" ro", CONTRACT_INITRAMFS),
		"a=\"b c\" root=\"LABEL=my disk\" ro");
}

static void
too_long_is_none(void **state)
{
	static char text[512];

	(void)state;
	memset(text, 'x', sizeof text - 1);
	assert_int_equal(optline_correct(text, "ro", CONTRACT_RAM0, line,
		sizeof line), -1);
	assert_string_equal(line, "");
}

static void
of_an_edited_line_only_what_is_new_counts(void **state)
{
	static const char cmdline[] = "console=ttyS0 root=/dev/vdx  ro "
		"q=\"a b\"";

	(void)state;
	assert_int_equal(optline_changes(cmdline, "console=ttyS0 "
		"root=/dev/vda ro q=\"a b\" rw", line, sizeof line), 0);
	assert_string_equal(line, "root=/dev/vda rw");
	assert_int_equal(optline_changes(cmdline, cmdline, line,
		sizeof line), 0);
	assert_string_equal(line, "");
	assert_int_equal(optline_changes("", "root=x", line, 6), -1);
}

static const char *
shown(const char *words, enum option option)
{
	static struct boot_options o;
	struct err e;

	options_defaults(&o);
	assert_int_equal(options_take(&o, words, ORIGIN_CMDLINE,
		CONTRACT_INITRAMFS, &e), 0);
	optshow_word(&o, option, line, sizeof line);
	return line;
}

/* What is shown can be typed, and then means the same. */
static void
option_is_shown_as_its_word(void **state)
{
	static const struct {
		enum option option;
		const char *word;
	} given[] = {
		{ OPT_ROOT, "root=LABEL=x" }, { OPT_RW, "rw" },
		{ OPT_ROOTWAIT, "rootwait" }, { OPT_ROOTWAIT, "rootwait=7" },
		{ OPT_ROOTDELAY, "rootdelay=3" }, { OPT_PANIC, "panic=-1" },
		{ OPT_HANDOVER, "linuxrc.handover=change_root" },
		{ OPT_INITRD, "linuxrc.initrd=free" },
		{ OPT_ONFAIL, "linuxrc.onfail=halt" },
		{ OPT_UI, "linuxrc.ui=line" }, { OPT_DEBUG, "linuxrc.debug" },
		{ OPT_RESUME_OFFSET, "resume_offset=34816" },
		{ OPT_ROOTFALLBACK, "linuxrc.rootfallback=LABEL=y" },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof given / sizeof given[0]; i++)
		assert_string_equal(shown(given[i].word, given[i].option),
			given[i].word);
	assert_string_equal(shown("", OPT_ROOT), "root=");
	assert_string_equal(shown("", OPT_RW), "ro");
	assert_string_equal(shown("", OPT_ROOTWAIT), "");
	assert_string_equal(shown("", OPT_TIMEOUT), "linuxrc.timeout=");
	assert_string_equal(shown("", OPT_OVERLAY), "linuxrc.overlay=none");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typed_word_takes_the_place_of_the_wrong_one),
		cmocka_unit_test(later_of_two_typed_words_counts),
		cmocka_unit_test(what_belongs_to_init_stays_behind_its_dashes),
		cmocka_unit_test(
			under_ram0_the_kernels_own_word_stays_the_initrds),
		cmocka_unit_test(quotes_stay_as_they_are),
		cmocka_unit_test(too_long_is_none),
		cmocka_unit_test(of_an_edited_line_only_what_is_new_counts),
		cmocka_unit_test(option_is_shown_as_its_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
