/* SPDX-License-Identifier: MIT */
/*
 * Tests of lib/options: the form of linuxrc.conf, and conf/linuxrc.conf. There
 * a line that begins with #WORD shows an option and "# " begins prose; each
 * option is there once and has its default, except those whose default is to
 * be absent. Runs from the top of the tree.
 */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "opttaken.h"

static struct boot_options defaults;
static void
conf_has_comments_lines_and_white_space(void **state)
{
	static const char text[] = "# root=/dev/a\r\nroot=LABEL=a#b\trw # no\n"
		"\0linuxrc.debug\r\n\n  linuxrc.putold=\"#old\" #";

	(void)state;
	options_defaults(&o);
	assert_int_equal(options_take_conf(&o, text, sizeof(text),
		CONTRACT_RAM0, &e), 0);
	assert_string_equal(o.root, "LABEL=a#b");
	assert_true(o.rw);
	assert_true(o.debug);
	assert_string_equal(o.putold, "#old");
	assert_string_equal(o.unknown, "");
	assert_int_equal(o.origin[OPT_PUTOLD], ORIGIN_FILE);
}

static void
conf_has_no_words_of_others(void **state)
{
	(void)state;
	assert_int_equal(take_conf("roots=/dev/a\nquiet -- rw"), 0);
	assert_string_equal(o.unknown, "roots= quiet --");
	assert_true(o.rw);
}

static void
conf_has_words_for_modules(void **state)
{
	(void)state;
	assert_int_equal(take_conf("virtio_blk.queue_depth=16 rw a.b # c.d\n"
		"modprobe.blacklist=c,d \"e.f=g h\"\n"
		"module_blacklist=i j.k=\"l m\" n.o=p\" \"q\n"), 0);
	assert_string_equal(o.module_words, "virtio_blk.queue_depth=16 a.b "
		"modprobe.blacklist=c,d e.f=\"g h\" module_blacklist=i "
		"j.k=\"l m\" n.o=p\" \"q");
	assert_string_equal(o.unknown, "");
	assert_int_equal(take_conf(".a=1 b.=2 ."), 0);
	assert_string_equal(o.unknown, ".a= b.= .");
}

static void
too_many_words_for_modules_are_said(void **state)
{
	char text[2 * MODULE_WORDS_SIZE] = "a.b=1\nc.d=";

	(void)state;
	memset(text + 10, 'x', MODULE_WORDS_SIZE);
	assert_int_equal(take_conf(text), -1);
	assert_non_null(strstr(e.text, "xxx...: too long with the other words "
		"for modules, in line 2"));
	assert_string_equal(o.module_words, "a.b=1");
}

static void
a_fault_in_conf_has_its_line(void **state)
{
	(void)state;
	assert_int_equal(take_conf("rw\n\npanic=x\npanic=y\n"), -1);
	assert_string_equal(e.text, "panic=x: must be a number from "
		"-2147483648 to 2147483647, in line 3 (and 1 more)");
}

static void
a_quote_in_conf_ends_with_its_line(void **state)
{
	(void)state;
	assert_int_equal(take_conf("root=\"LABEL=a b\nrw\n"), 0);
	assert_string_equal(o.root, "LABEL=a b");
	assert_true(o.rw);
	assert_int_equal(take_conf("root=\"LABEL=c d\r\n\r\nro\r"), 0);
	assert_string_equal(o.root, "LABEL=c d");
	assert_false(o.rw);
}

static bool
is_absent_by_default(enum option option)
{
	return option == OPT_ROOTWAIT || option == OPT_TIMEOUT ||
		option == OPT_PANIC || option == OPT_DEBUG ||
		option == OPT_EXPLAIN || option == OPT_NORESUME ||
		option == OPT_COMPAT || option == OPT_NOINITRD ||
		option == OPT_NFSADDRS;
}

static bool
is_as_by_default(void)
{
	return strcmp(o.root, defaults.root) == 0 &&
		strcmp(o.rootfstype, defaults.rootfstype) == 0 &&
		strcmp(o.rootflags, defaults.rootflags) == 0 &&
		strcmp(o.init, defaults.init) == 0 &&
		strcmp(o.nfsroot, defaults.nfsroot) == 0 &&
		strcmp(o.nfsaddrs, defaults.nfsaddrs) == 0 &&
		strcmp(o.bootif, defaults.bootif) == 0 &&
		strcmp(o.dhcpclass, defaults.dhcpclass) == 0 &&
		o.carrier_timeout_s == defaults.carrier_timeout_s &&
		strcmp(o.putold, defaults.putold) == 0 &&
		o.fallbacks == defaults.fallbacks &&
		strcmp(o.resume, defaults.resume) == 0 &&
		o.resume_offset == defaults.resume_offset &&
		o.resumedelay_s == defaults.resumedelay_s &&
		o.noresume == defaults.noresume &&
		o.compat == defaults.compat &&
		strcmp(o.compat_at, defaults.compat_at) == 0 &&
		o.noinitrd == defaults.noinitrd &&
		o.ramdisk == defaults.ramdisk &&
		o.ramdisk_start == defaults.ramdisk_start &&
		o.ramdisk_size == defaults.ramdisk_size &&
		o.rw == defaults.rw &&
		o.initrd_free == defaults.initrd_free &&
		o.debug == defaults.debug &&
		o.explain == defaults.explain &&
		o.rootwait_s == defaults.rootwait_s &&
		o.rootdelay_s == defaults.rootdelay_s &&
		o.timeout_s == defaults.timeout_s &&
		o.panic_s == defaults.panic_s &&
		o.handover == defaults.handover &&
		o.onfail == defaults.onfail &&
		o.coldplug == defaults.coldplug;
}

/* Take one line; count the options that it sets. */
static void
take_shown_line(const char *line, unsigned seen[OPT_COUNT])
{
	unsigned set = 0;

	options_defaults(&o);
	if (options_take_conf(&o, line, strlen(line), CONTRACT_INITRAMFS,
	    &e) != 0)
		fail_msg("%s", e.text);
	assert_string_equal(o.unknown, "");
	for (enum option i = 0; i < OPT_COUNT; i++) {
		if (o.origin[i] != ORIGIN_FILE)
			continue;
		set++;
		seen[i]++;
		if (is_as_by_default() == is_absent_by_default(i))
			fail_msg("not what the default is: %s", line);
	}
	if (set != 1)
		fail_msg("sets %u options: %s", set, line);
}

static void
conf_shows_each_option_once_with_its_default(void **state)
{
	FILE *f = fopen("conf/linuxrc.conf", "r");
	unsigned seen[OPT_COUNT] = { 0 };
	char line[256];

	(void)state;
	assert_non_null(f);
	options_defaults(&defaults);
	while (fgets(line, sizeof(line), f) != NULL) {
		if (line[0] != '\n' && line[0] != '#')
			fail_msg("not commented: %s", line);
		if (line[0] == '#' && strchr(" \n", line[1]) == NULL)
			take_shown_line(line + 1, seen);
	}
	fclose(f);
	for (enum option i = 0; i < OPT_COUNT; i++)
		if (seen[i] != 1)
			fail_msg("%s is there %u times", options_name(i),
				seen[i]);
}

static void
the_manual_names_each_option(void **state)
{
	FILE *f = fopen("conf/linuxrc.conf.5", "r");
	static char text[65536];

	(void)state;
	assert_non_null(f);
	assert_in_range(fread(text, 1, sizeof(text) - 1, f), 1000,
		sizeof(text) - 2);
	fclose(f);
	for (enum option i = 0; i < OPT_COUNT; i++) {
		char item[64];

		snprintf(item, sizeof(item), ".It Cm %.*s",
			(int)strcspn(options_name(i), "="), options_name(i));
		if (strstr(text, item) == NULL)
			fail_msg("no \"%s\"", item);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conf_has_comments_lines_and_white_space),
		cmocka_unit_test(conf_has_no_words_of_others),
		cmocka_unit_test(conf_has_words_for_modules),
		cmocka_unit_test(too_many_words_for_modules_are_said),
		cmocka_unit_test(a_fault_in_conf_has_its_line),
		cmocka_unit_test(a_quote_in_conf_ends_with_its_line),
		cmocka_unit_test(conf_shows_each_option_once_with_its_default),
		cmocka_unit_test(the_manual_names_each_option),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
