/* SPDX-License-Identifier: MIT */
/*
 * What ip= and BOOTIF= may look like.
 */
#include "unit.h"

#include <string.h>

#include "lib/ipaddr.h"
#include "lib/ipspec.h"

static struct err e;
static struct ipspec list[IPSPEC_MAX];

static const struct ipspec *
one(const char *text)
{
	memset(list, 0xff, sizeof list);
	if (ipspec_parse(text, list, &e) != 1)
		fail_msg("\"%s\" is not one: %s", text, e.text);
	return &list[0];
}

static void
refused(const char *text, const char *why)
{
	if (ipspec_parse(text, list, &e) != -1)
		fail_msg("\"%s\" is taken", text);
	if (!strstr(e.text, why))
		fail_msg("\"%s\" lacks \"%s\"", e.text, why);
}

static void
is_address(uint32_t ip, const char *expected)
{
	char text[IPADDR_TEXT_SIZE];

	assert_string_equal(ipaddr_write(ip, text), expected);
}

static void
all_ten_fields_are_taken(void **state)
{
	const struct ipspec *s = one("10.0.0.2:10.0.0.1:10.0.0.3:255.255.0.0:"
		"box.example.org:eth0:off:10.0.0.4:10.0.0.5:10.0.0.6");

	(void)state;
	is_address(s->client, "10.0.0.2");
	is_address(s->server, "10.0.0.1");
	is_address(s->gateway, "10.0.0.3");
	is_address(s->netmask, "255.255.0.0");
	assert_string_equal(s->host, "box");
	assert_string_equal(s->nis_domain, "example.org");
	assert_string_equal(s->device, "eth0");
	assert_int_equal(s->how, IPSPEC_STATIC);
	is_address(s->dns[0], "10.0.0.4");
	is_address(s->dns[1], "10.0.0.5");
	is_address(s->ntp, "10.0.0.6");
}

static void
what_follows_the_tenth_is_ignored(void **state)
{
	(void)state;
	is_address(one(":::::::::10.0.0.6:junk:more")->ntp, "10.0.0.6");
}

static void
an_empty_field_and_all_zeros_are_unset(void **state)
{
	const struct ipspec *s = one("0.0.0.0::0.0.0.0::::");

	(void)state;
	assert_int_equal(s->client, 0);
	assert_int_equal(s->gateway, 0);
	assert_int_equal(s->how, IPSPEC_ANY);
	assert_string_equal(s->device, "");
}

static void
one_word_is_the_protocol(void **state)
{
	static const struct {
		const char *word;
		enum ipspec_how how;
	} words[] = {
		{ "on", IPSPEC_ANY }, { "any", IPSPEC_ANY },
		{ "dhcp", IPSPEC_DHCP }, { "dhcpcd", IPSPEC_DHCP },
		{ "dhcp:x:y", IPSPEC_DHCP }, { "bootp", IPSPEC_BOOTP },
		{ "both", IPSPEC_BOOTP }, { "rarp", IPSPEC_RARP },
		{ "off", IPSPEC_OFF }, { "none", IPSPEC_OFF },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof words / sizeof words[0]; i++)
		assert_int_equal(one(words[i].word)->how, words[i].how);
}

static void
the_protocol_may_be_the_seventh_field(void **state)
{
	(void)state;
	assert_int_equal(one(":::::eth1:dhcp")->how, IPSPEC_DHCP);
	assert_string_equal(list[0].device, "eth1");
	assert_int_equal(one("::::::both")->how, IPSPEC_BOOTP);
	assert_int_equal(one("10.0.0.2::::::dhcp")->how, IPSPEC_DHCP);
}

/* Anything unknown there turns it off, or leaves only what was given. */
static void
off_with_an_address_is_static(void **state)
{
	(void)state;
	assert_int_equal(one("10.0.0.2::::::off")->how, IPSPEC_STATIC);
	assert_int_equal(one("10.0.0.2::::::none")->how, IPSPEC_STATIC);
	assert_int_equal(one("10.0.0.2::::::static")->how, IPSPEC_STATIC);
	assert_int_equal(one("::::::off")->how, IPSPEC_OFF);
	assert_int_equal(one("::::::junk")->how, IPSPEC_OFF);
	assert_int_equal(one("10.0.0.2")->how, IPSPEC_ANY);
}

static void
a_client_identifier_follows_dhcp(void **state)
{
	const struct ipspec *s = one("dhcp,1,ab:cd,ef");

	(void)state;
	assert_int_equal(s->id_type, 1);
	assert_string_equal(s->id, "ab:cd,ef");
	s = one(":::::eth0:dhcp,0xff,name");
	assert_int_equal(s->id_type, 255);
	assert_string_equal(s->id, "name");
	assert_string_equal(one("dhcp,1")->id, "");
	refused("dhcp,256,x", "number from 0 to 255");
	refused("dhcp,x,y", "number from 0 to 255");
	refused("dhcp,12345678901,y", "number from 0 to 255");
}

static void
a_netmask_may_be_a_number_of_bits(void **state)
{
	(void)state;
	is_address(one(":::24:::")->netmask, "255.255.255.0");
	is_address(one(":::32:::")->netmask, "255.255.255.255");
	refused(":::33:::", "no address");
	refused(":::255.0.255.0:::", "holes");
}

static void
what_is_no_address_is_named(void **state)
{
	(void)state;
	refused("10.0.0", "address 10.0.0 is no address");
	refused("eth0:dhcp:", "address eth0 is no address");
	refused("eth0", "neither an address nor one of");
	refused("10.0.0.2:nas", "the server nas");
	refused("::10.0.0.256", "the gateway");
	refused(":::::::8.8.8.8.8", "the name server");
	refused(":::::::::pool", "the time server");
}

static void
device_and_protocol_are_enough(void **state)
{
	(void)state;
	assert_int_equal(one("eth0:dhcp")->how, IPSPEC_DHCP);
	assert_string_equal(list[0].device, "eth0");
	assert_int_equal(one("eth0:off")->how, IPSPEC_OFF);
	assert_int_equal(ipspec_parse("eth0:dhcp eth1:bootp", list, &e), 2);
	assert_string_equal(list[1].device, "eth1");
	refused("eth0.5:dhcp", "VLAN");
	refused("eth0:dhcp6", "IPv6");
}

static void
what_is_not_there_yet_is_named(void **state)
{
	(void)state;
	refused("dhcp6", "IPv6");
	refused("auto6", "IPv6");
	refused("either6", "IPv6");
	refused("[2001:db8::1]::::::off", "IPv6");
	refused(":::::eth0.5:dhcp", "VLAN");
	refused("ibft", "iBFT");
}

static void
names_have_their_limits(void **state)
{
	char text[100] = "::::";

	(void)state;
	memset(text + 4, 'a', IPSPEC_NAME_SIZE - 1);
	assert_string_equal(one(text)->host, text + 4);
	text[4 + IPSPEC_NAME_SIZE - 1] = 'a';
	refused(text, "up to 64");
	refused("::::a'b", "the host name");
	refused("::::.b", "the host name");
	assert_string_equal(one(":::::abcdefghijklmno")->device,
		"abcdefghijklmno");
	refused(":::::abcdefghijklmnop", "up to 15");
	refused(":::::../x", "the device");
}

static void
lines_add_up(void **state)
{
	const struct ipspec *s = one("dhcp ::::box");

	(void)state;
	assert_int_equal(s->how, IPSPEC_DHCP);
	assert_string_equal(s->host, "box");
	s = one("10.0.0.2:::::eth0 10.0.0.3:10.0.0.1");
	is_address(s->client, "10.0.0.3");
	is_address(s->server, "10.0.0.1");
	assert_string_equal(s->device, "eth0");
	assert_int_equal(one("off dhcp")->how, IPSPEC_DHCP);
	assert_int_equal(one("dhcp off")->how, IPSPEC_OFF);
	assert_int_equal(one("off :::::eth0")->how, IPSPEC_ANY);
}

static void
two_devices_are_two_configurations(void **state)
{
	(void)state;
	assert_int_equal(ipspec_parse("10.0.0.2:::::eth0:off "
		":::::eth1:dhcp :10.0.0.1 :::8::eth0", list, &e), 2);
	assert_string_equal(list[0].device, "eth0");
	is_address(list[0].client, "10.0.0.2");
	is_address(list[0].netmask, "255.0.0.0");
	assert_int_equal(list[0].server, 0);
	assert_string_equal(list[1].device, "eth1");
	assert_int_equal(list[1].how, IPSPEC_DHCP);
	assert_int_equal(list[1].client, 0);
	is_address(list[1].server, "10.0.0.1");
	refused(":::::a :::::b :::::c :::::d :::::e", "more than 4 devices");
}

static void
without_a_line_there_is_none(void **state)
{
	(void)state;
	assert_int_equal(ipspec_parse("", list, &e), 0);
}

static void
a_line_has_a_limit(void **state)
{
	static char text[600];

	(void)state;
	memset(text, ':', sizeof text - 1);
	refused(text, "longer than 511 bytes");
}

static void
bootif_is_an_address_of_ethernet(void **state)
{
	static const uint8_t expected[] = { 0x88, 0x99, 0xaa, 0xbb, 0xcc,
		0xdd };
	static const char *const good[] = { "01-88-99-AA-BB-CC-DD",
		"01:88:99:aa:bb:cc:dd", "88-99-aa-bb-cc-dd" };
	static const char *const bad[] = { "", "01", "eth0",
		"01-88-99-AA-BB", "01-88-99-AA-BB-CC-DG",
		"88-99-aa-bb-cc-d", "88-99-aa-bb-cc-dd-",
		"88.99.aa.bb.cc.dd", "01-88-99-AA-BB-CC-DD-EE" };
	uint8_t mac[IPSPEC_MAC_SIZE];

	(void)state;
	for (unsigned i = 0; i < sizeof good / sizeof good[0]; i++) {
		memset(mac, 0, sizeof mac);
		assert_int_equal(ipspec_bootif(good[i], mac, &e), 0);
		assert_memory_equal(mac, expected, sizeof mac);
	}
	for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (ipspec_bootif(bad[i], mac, &e) == 0)
			fail_msg("BOOTIF=%s is taken", bad[i]);
	assert_non_null(strstr(e.text, "not like 01-88-99"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_ten_fields_are_taken),
		cmocka_unit_test(what_follows_the_tenth_is_ignored),
		cmocka_unit_test(an_empty_field_and_all_zeros_are_unset),
		cmocka_unit_test(one_word_is_the_protocol),
		cmocka_unit_test(the_protocol_may_be_the_seventh_field),
		cmocka_unit_test(off_with_an_address_is_static),
		cmocka_unit_test(a_client_identifier_follows_dhcp),
		cmocka_unit_test(a_netmask_may_be_a_number_of_bits),
		cmocka_unit_test(what_is_no_address_is_named),
		cmocka_unit_test(device_and_protocol_are_enough),
		cmocka_unit_test(what_is_not_there_yet_is_named),
		cmocka_unit_test(names_have_their_limits),
		cmocka_unit_test(lines_add_up),
		cmocka_unit_test(two_devices_are_two_configurations),
		cmocka_unit_test(without_a_line_there_is_none),
		cmocka_unit_test(a_line_has_a_limit),
		cmocka_unit_test(bootif_is_an_address_of_ethernet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
