/* SPDX-License-Identifier: MIT */
/*
 * What is said about a module: blacklists, install lines, and parameters in
 * their order.
 */
#include "unit.h"

#include <string.h>

#include "lib/modrule.h"

static struct modconf conf;
static struct modrules rules;
static struct err e;
static char text[1024];

/* These lines and these words. */
static void
with(const char *lines, const char *cmdline, const char *typed)
{
	conf.count = 0;
	strcpy(text, lines);
	assert_int_equal(modconf_take(&conf, "etc/modprobe.d/a.conf", text,
		strlen(lines), &e), 0);
	rules = (struct modrules){ .words = { NULL, cmdline, typed },
		.conf = &conf };
}

static const char *
blacklisted(const char *name)
{
	static char why[MODRULE_WHY_SIZE];

	return modrule_blacklisted(&rules, name, why) ? why : "no";
}

static void
blacklists_say_who_wants_it(void **state)
{
	(void)state;
	with("\nblacklist ata-piix\n", "modprobe.blacklist=x,usb-storage,y "
		"module_blacklist=e1000", "modprobe.blacklist=xfs");
	assert_string_equal(blacklisted("ata_piix"),
		"etc/modprobe.d/a.conf:2 blacklists it");
	assert_string_equal(blacklisted("usb_storage"),
		"modprobe.blacklist= names it");
	assert_string_equal(blacklisted("e1000"),
		"module_blacklist= names it");
	assert_string_equal(blacklisted("xfs"),
		"modprobe.blacklist= names it");
	assert_string_equal(blacklisted("ata"), "no");
	assert_string_equal(blacklisted("usb"), "no");
	rules.conf = NULL;
	assert_string_equal(blacklisted("ata_piix"), "no");
}

static const char *
allowed(const char *name)
{
	return modrule_allowed(&rules, name, &e) == 0 ? "yes" : e.text;
}

static void
module_blacklist_forbids_names_too(void **state)
{
	(void)state;
	with("blacklist a\n", "module_blacklist=usb-storage "
		"modprobe.blacklist=b", NULL);
	assert_string_equal(allowed("usb_storage"), "module usb_storage: "
		"module_blacklist= forbids it");
	assert_string_equal(allowed("a"), "yes");
	assert_string_equal(allowed("b"), "yes");
}

static void
install_lines_forbid_their_module(void **state)
{
	(void)state;
	with("install a /bin/true\ninstall b-* /usr/bin/false x\n"
		"install c :\ninstall d /sbin/modprobe e; /bin/true\n"
		"install a never\n", NULL, NULL);
	assert_string_equal(allowed("a"), "module a: etc/modprobe.d/a.conf:1 "
		"forbids it (install /bin/true)");
	assert_string_equal(allowed("b_x"), "module b_x: etc/modprobe.d/"
		"a.conf:2 forbids it (install /usr/bin/false x)");
	assert_string_equal(allowed("c"), "module c: etc/modprobe.d/a.conf:3 "
		"forbids it (install :)");
	assert_string_equal(allowed("d"), "module d: etc/modprobe.d/a.conf:4 "
		"wants a command instead of it (/sbin/modprobe e; /bin/true) "
		"-- no command is run before there is a root, so leave that "
		"line out of the image");
	assert_string_equal(allowed("e"), "yes");
	with("install f /bin/truely\ninstall g /bin/tr\n", NULL, NULL);
	assert_non_null(strstr(allowed("f"), "wants a command"));
	assert_non_null(strstr(allowed("g"), "wants a command"));
}

static void
check_params(const char *cmdline, const char *want)
{
	char params[MODRULE_PARAMS_SIZE];

	with("", cmdline, NULL);
	assert_int_equal(modrule_params(&rules, "usb_storage", NULL, params,
		&e), 0);
	assert_string_equal(params, want);
}

static void
parameters_come_from_the_command_line(void **state)
{
	(void)state;
	check_params("root=/dev/sda usb_storage.quirks=1:2:u ro",
		"quirks=1:2:u");
	check_params("usb-storage.a=1 usb_storage.b usb-storage.c= x",
		"a=1 b c=");
	check_params("usb_storage.name=\"two words\" usb_storage.b=1",
		"name=\"two words\" b=1");
	check_params("\"usb_storage.name=two words\" quiet",
		"\"name=two words\"");
	check_params("usb_storage.name=a\" \"b", "name=a\" \"b");
	check_params("usb_storage.a=1 -- usb_storage.b=2", "a=1");
	check_params("usb_storage. usb_storage usb_storage2.a=1 "
		"usb.b=1 xusb_storage.c=1", "");
	check_params("usb_storage.a=\"open end", "a=\"open end");
	check_params("", "");
	check_params(NULL, "");
}

static void
options_come_first_and_what_was_typed_last(void **state)
{
	char params[MODRULE_PARAMS_SIZE];

	(void)state;
	with("options e1000 debug=1 x=1\noptions eth0 y=2\noptions e1000e no\n"
		"options e1000 z=3\n", "e1000.debug=4", "e1000.debug=5");
	rules.words[0] = "e1000.w=0";
	assert_int_equal(modrule_params(&rules, "e1000", "eth0", params,
		&e), 0);
	assert_string_equal(params,
		"debug=1 x=1 y=2 z=3 w=0 debug=4 debug=5");
	assert_int_equal(modrule_params(&rules, "e1000", NULL, params,
		&e), 0);
	assert_string_equal(params, "debug=1 x=1 z=3 w=0 debug=4 debug=5");
}

static void
too_long_parameters_are_an_error(void **state)
{
	static char typed[MODRULE_PARAMS_SIZE] = "a.";
	char params[MODRULE_PARAMS_SIZE];

	(void)state;
	memset(typed + 2, 'x', sizeof typed - 3);
	with("options a 1234567\n", NULL, typed);
	typed[2 + 2047 - 8] = '\0';
	assert_int_equal(modrule_params(&rules, "a", NULL, params, &e), 0);
	assert_int_equal(strlen(params), 2047);
	typed[2 + 2047 - 8] = 'x';
	assert_int_equal(modrule_params(&rules, "a", NULL, params, &e), -1);
	assert_string_equal(e.text, "module a: its parameters are longer than "
		"2047 bytes");
	typed[2] = '\0';
	assert_int_equal(modrule_params(&rules, "a", NULL, params, &e), 0);
	assert_string_equal(params, "1234567");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blacklists_say_who_wants_it),
		cmocka_unit_test(module_blacklist_forbids_names_too),
		cmocka_unit_test(install_lines_forbid_their_module),
		cmocka_unit_test(parameters_come_from_the_command_line),
		cmocka_unit_test(options_come_first_and_what_was_typed_last),
		cmocka_unit_test(too_long_parameters_are_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
