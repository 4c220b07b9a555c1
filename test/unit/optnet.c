/* SPDX-License-Identifier: MIT */
/*
 * How the words of the network are stored.
 */
#include "unit.h"

#include <string.h>

#include "lib/options.h"

static struct boot_options o;
static struct err e;

static int
take(const char *words, enum origin origin)
{
	return options_take(&o, words, origin, CONTRACT_INITRAMFS, &e);
}

static void
lines_of_one_source_add_up(void **state)
{
	(void)state;
	options_defaults(&o);
	assert_int_equal(take("ip=dhcp nfsaddrs=::::box ip=", ORIGIN_FILE), 0);
	assert_string_equal(o.nfsaddrs, "dhcp ::::box off");
	assert_int_equal(take("ip=bootp", ORIGIN_CMDLINE), 0);
	assert_string_equal(o.nfsaddrs, "bootp");
	assert_int_equal(take("ip=", ORIGIN_DIALOG), 0);
	assert_string_equal(o.nfsaddrs, "off");
}

static void
what_is_typed_takes_the_place_of_what_was_typed_before(void **state)
{
	(void)state;
	options_defaults(&o);
	assert_int_equal(take("ip=:::::eth0:dhcp ip=off", ORIGIN_DIALOG), 0);
	assert_string_equal(o.nfsaddrs, ":::::eth0:dhcp off");
	assert_int_equal(take("rw ip=:::::eth1:dhcp", ORIGIN_DIALOG), 0);
	assert_string_equal(o.nfsaddrs, ":::::eth1:dhcp");
	assert_int_equal(take("linuxrc.rootfallback=a linuxrc.rootfallback=b",
		ORIGIN_DIALOG), 0);
	assert_int_equal(o.fallbacks, 2);
	assert_int_equal(take("linuxrc.rootfallback=c", ORIGIN_DIALOG), 0);
	assert_int_equal(o.fallbacks, 1);
	assert_string_equal(o.rootfallback[0], "c");
}

static void
too_many_are_refused_and_the_rest_stays(void **state)
{
	static char words[NET_SIZE + 8] = "ip=";

	(void)state;
	options_defaults(&o);
	assert_int_equal(take("ip=dhcp", ORIGIN_CMDLINE), 0);
	memset(words + 3, 'a', NET_SIZE - 8);
	assert_int_equal(take(words, ORIGIN_CMDLINE), -1);
	assert_string_equal(o.nfsaddrs, "dhcp");
	assert_non_null(strstr(e.text, "longer than 511 bytes"));
}

static void
a_blank_or_a_vlan_is_refused(void **state)
{
	(void)state;
	options_defaults(&o);
	assert_int_equal(take("ip=\"dhcp off\"", ORIGIN_CMDLINE), -1);
	assert_string_equal(o.nfsaddrs, "");
	assert_int_equal(take("vlan=eth0.5:eth0", ORIGIN_CMDLINE), -1);
	assert_non_null(strstr(e.text, "VLANs are not there yet"));
	assert_string_equal(o.nfsaddrs, "");
}

static void
the_others_are_single(void **state)
{
	(void)state;
	options_defaults(&o);
	assert_int_equal(o.carrier_timeout_s, 120);
	assert_int_equal(take("BOOTIF=01-88-99-AA-BB-CC-DD dhcpclass=lab "
		"carrier_timeout=7", ORIGIN_CMDLINE), 0);
	assert_string_equal(o.bootif, "01-88-99-AA-BB-CC-DD");
	assert_string_equal(o.dhcpclass, "lab");
	assert_int_equal(o.carrier_timeout_s, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_one_source_add_up),
		cmocka_unit_test(
			what_is_typed_takes_the_place_of_what_was_typed_before),
		cmocka_unit_test(too_many_are_refused_and_the_rest_stays),
		cmocka_unit_test(a_blank_or_a_vlan_is_refused),
		cmocka_unit_test(the_others_are_single),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
